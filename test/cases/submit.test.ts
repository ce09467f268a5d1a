import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SubmitDependencies, submitCase } from '../../lambdas/cases/submit.ts';
import type { CitizenRequest } from '../../lambdas/http/request.ts';
import { dogForm, sending } from './fixture.ts';

test('a form that has come to be never stored is not stored in an older version either', async () => {
  const inUse = { ...dogForm, version: '0123456789ab', settings: { ...dogForm.settings, stored: false } };
  const outcome = async (stored: boolean) => ({ caseNumber: 'HEL-2026-000001', stored });
  const { headers, body } = sending(dogForm, 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f');
  const session = { owner: 'o', person: 'o', kind: 'person', identity: { name: 'Maija Meikäläinen' } };
  const answer = await submitCase(
    { headers, body, session, now: 1_800_000_000_000 } as unknown as CitizenRequest,
    {
      forms: { get: async (_, version) => (version === undefined ? inUse : dogForm) },
      submissions: {
        find: async () => undefined,
        submit: () => outcome(true),
        deliver: () => outcome(false),
      },
    } as Pick<SubmitDependencies, 'forms' | 'submissions'> as SubmitDependencies,
  );
  assert.deepEqual(answer.body, { caseNumber: 'HEL-2026-000001', stored: false });
});
