import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { getForm } from '../../lambdas/forms/form.ts';
import { publishForm } from '../../lambdas/forms/publish.ts';
import { api } from '../../lambdas/http/api.ts';
import { forms } from '../../lambdas/storage/forms.ts';
import { call, environment } from '../http/call.ts';

const compile = (title: string): CompiledForm => {
  const schema = {
    type: 'object',
    title,
    properties: { page: { type: 'object', properties: { a: { type: 'string' } } } },
  };
  const settings = {
    application_open: '2026-01-01T00:00:00',
    application_close: '2026-12-31T23:59:59',
    service: 'koe',
  };
  const { form } = compileForm({ id: 'koe-lomake', schema, settings });
  assert.ok(form);
  return form;
};

/** A bucket in memory, behind the two commands the storage uses. */
const bucket = () => {
  const objects = new Map<string, string>();
  const reads: string[] = [];
  const send = async ({ input }: { input: { Key: string; Body?: string } }) => {
    if (input.Body !== undefined) return objects.set(input.Key, input.Body);
    reads.push(input.Key);
    const text = objects.get(input.Key);
    if (text === undefined) throw Object.assign(new Error('missing'), { name: 'NoSuchKey' });
    return { Body: { transformToString: async () => text } };
  };
  return { objects, reads, forms: forms({ send } as never, 'content') };
};

const opened = (at: string, store: ReturnType<typeof bucket>) =>
  api(request => getForm(request, store), {
    access: 'public',
    environment,
    now: () => Date.parse(at),
    log: () => undefined,
  });
const route = 'GET /api/forms/{id}';
const parameters = { id: 'koe-lomake' };

describe('a published form', () => {
  it('is served to everybody, its version for ever, the newest with whether it is open', async () => {
    const store = bucket();
    const first = compile('Ensimmäinen');
    await publishForm({ definition: first }, store);
    await publishForm({ definition: compile('Toinen') }, store);
    const handler = opened('2026-06-01T12:00:00Z', store);
    const current = await call(handler, { route, parameters });
    assert.deepEqual(
      [current.status, current.body.availability, current.headers['cache-control']],
      [200, 'open', 'no-store'],
    );
    assert.equal((current.body.title as { fi: string }).fi, 'Toinen');
    const old = await call(handler, { route, parameters, query: { version: first.version } });
    assert.deepEqual(old.body, JSON.parse(JSON.stringify(first)));
    assert.match(old.headers['cache-control'] ?? '', /immutable/);
    await call(handler, { route, parameters, query: { version: first.version } });
    assert.equal(store.reads.filter(key => key.includes(first.version)).length, 1, 'a version is read once');
  });

  it('closes on the clock of the server', async () => {
    const store = bucket();
    await publishForm({ definition: compile('Koe') }, store);
    const at = async (iso: string) =>
      (await call(opened(iso, store), { route, parameters })).body.availability;
    assert.deepEqual(
      [await at('2025-12-31T21:59:59Z'), await at('2026-12-31T21:59:59Z'), await at('2026-12-31T22:00:00Z')],
      ['not-open-yet', 'open', 'closed'],
    );
  });

  it('is not found where there is none, whatever is asked for', async () => {
    const handler = opened('2026-06-01T12:00:00Z', bucket());
    for (const [id, query] of [
      ['koe-lomake', {}],
      ['../x', {}],
      ['koe-lomake', { version: 'zzz' }],
      ['koe-lomake', { version: '0123456789ab' }],
    ] as const)
      assert.equal((await call(handler, { route, parameters: { id }, query })).status, 404);
  });

  it('tells the catalogue of its service', async () => {
    const store = bucket();
    await publishForm({ definition: compile('Koe') }, store);
    assert.deepEqual(JSON.parse(store.objects.get('services/published/koe.json') ?? ''), {
      id: 'koe',
      form: 'koe-lomake',
      version: compile('Koe').version,
      name: { fi: 'Koe', sv: 'Koe', en: 'Koe' },
      applicants: ['person', 'organisation'],
      stored: true,
    });
  });

  it('is refused when it is not what its version says', async () => {
    const store = bucket();
    await assert.rejects(
      publishForm({ definition: { ...compile('Koe'), service: 'muu' } }, store),
      /version/,
    );
    assert.equal(store.objects.size, 0);
  });
});
