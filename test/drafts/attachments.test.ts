import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttachmentsDependencies, serveAttachments } from '../../lambdas/drafts/attachments.ts';
import type { CitizenRequest } from '../../lambdas/http/request.ts';

/** What is read while a draft's files are asked for. */
const readFor = async (kind: 'person' | 'organisation') => {
  const read: string[] = [];
  const reading =
    <Value>(what: string, value: Value) =>
    async () => {
      read.push(what);
      return value;
    };
  const serve = serveAttachments({
    attachments: { draft: reading('draft', { form: 'f' }), custody: reading('files', new Map()) },
    forms: { get: reading('form', { settings: {} }) },
  } as unknown as AttachmentsDependencies);
  const { status } = await serve({
    routeKey: 'GET /api/drafts/{id}/attachments',
    parameters: { id: 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f' },
    session: { owner: 'o', kind, mandate: { roles: [] } },
    now: 1_800_000_000_000,
  } as unknown as CitizenRequest);
  return [status, read.toSorted()];
};

test('how far a draft’s files are costs one look at the draft, and no form in one’s own matters', async () => {
  assert.deepEqual(await readFor('person'), [200, ['draft', 'files']]);
  assert.deepEqual(await readFor('organisation'), [200, ['draft', 'files', 'form']]);
});
