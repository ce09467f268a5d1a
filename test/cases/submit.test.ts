import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SubmitDependencies, submitCase } from '../../lambdas/cases/submit.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
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

const mapForm = (() => {
  const map = { type: 'object', title: 'Kartta' };
  const page = { type: 'object', title: 'Sivu', properties: { map } };
  const schema = { type: 'object', title: 'Kartta', properties: { page } };
  const { form, problems } = compileForm({
    id: 'kartta',
    schema,
    uiSchema: { page: { map: { 'ui:field': 'atvFile' } } },
  });
  assert.ok(form, JSON.stringify(problems));
  return form;
})();

const file = {
  ...{ id: 'the-file', name: 'kartta.pdf', size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) },
  state: 'uploaded',
} as const;

/** Sends a form with one file, which was checked, and left its first place, after it was listed. */
const sendWithFile = (inUse: CompiledForm, delivered: (sent: object) => void) => {
  const map = { integrationID: file.id, fileName: file.name, fileType: 0, size: file.size };
  const flags = { isNewAttachment: true, isDeliveredLater: false, isIncludedInOtherFile: false };
  const { headers, body } = sending(mapForm, 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f', {
    answers: { page: { map: { ...map, ...flags } } },
  });
  const session = { owner: 'o', person: 'o', kind: 'person', identity: { name: 'Maija Meikäläinen' } };
  const outcome = (stored: boolean) => async (sent: object) => {
    delivered(sent);
    return { caseNumber: 'HEL-2026-000001', stored };
  };
  return submitCase(
    { headers, body, session, now: 1_800_000_000_000 } as unknown as CitizenRequest,
    {
      forms: { get: async (_: string, version?: string) => (version === undefined ? inUse : mapForm) },
      submissions: { find: async () => undefined, submit: outcome(true), deliver: outcome(false) },
      attachments: {
        list: async () => [file],
        // Read eventually, it would still say what it said before.
        custody: async () => new Map([[file.id, { state: 'uploaded' }]]),
        records: async () => [{ ...file, state: 'checked' }],
      },
      uploads: { arrived: async () => false },
    } as unknown as SubmitDependencies,
  );
};

test('a file that is checked while its form is being sent is not missing', async () => {
  const { status } = await sendWithFile(mapForm, () => {});
  assert.equal(status, 201);
});

test('files of a form that has come to be never stored are refused, and never lost', async () => {
  const inUse = { ...mapForm, version: '0123456789ab', settings: { ...mapForm.settings, stored: false } };
  const sent: object[] = [];
  await assert.rejects(
    sendWithFile(inUse, one => sent.push(one)),
    { message: 'attachments-not-taken' },
  );
  assert.deepEqual(sent, []);
});
