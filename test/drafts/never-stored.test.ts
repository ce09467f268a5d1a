import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { type DraftsDependencies, serveDrafts } from '../../lambdas/drafts/drafts.ts';
import { type AskForm, formFacts } from '../../lambdas/drafts/form-facts.ts';
import type { CitizenRequest } from '../../lambdas/http/request.ts';
import { dogForm, draftBody } from '../cases/fixture.ts';

/** A saving, or a draft's beginning, while the form in use is as said. */
const put = async (headers: Record<string, string>, facts: AskForm) => {
  const kept: string[] = [];
  const keep = (how: string) => async () => {
    kept.push(how);
    return { revision: 2 };
  };
  const serve = serveDrafts({
    drafts: { save: keep('saved'), create: keep('begun') },
    facts,
  } as unknown as DraftsDependencies);
  const request = {
    routeKey: 'PUT /api/drafts/{id}',
    parameters: { id: 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f' },
    headers,
    body: draftBody(dogForm),
    session: { owner: 'o' },
    now: 1_800_000_000_000,
  };
  try {
    await serve(request as unknown as CitizenRequest);
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return [...kept, error.message];
  }
  return kept;
};

const begin = { 'if-none-match': '*' };
const save = { 'if-match': '"1"' };
const facts = (stored: boolean) => ({ service: 's', stored });

test('a form that has come to be never stored is kept in no version, neither begun nor saved', async () => {
  const ask: AskForm = async (_, version) => facts(version !== undefined);
  assert.deepEqual(await put(begin, ask), ['invalid-request']);
  assert.deepEqual(await put(save, ask), ['invalid-request']);
});

test('one that is kept again is begun only in a version that is kept', async () => {
  const ask: AskForm = async (_, version) => facts(version === undefined);
  assert.deepEqual(await put(begin, ask), ['invalid-request']);
  assert.deepEqual(await put(save, ask), ['saved']);
});

test('a saving is not lost because nobody can say what form is in use, and nothing is begun then', async () => {
  const ask: AskForm = async () => {
    throw new Refusal({ kind: 'unavailable' });
  };
  assert.deepEqual(await put(save, ask), ['saved']);
  assert.deepEqual(await put(begin, ask), ['unavailable']);
});

test('a draft is begun by what is in use at that moment, whatever was in use a minute ago', async () => {
  let stored = true;
  const answer = async () => Response.json({ service: 's', settings: { stored } });
  const ask = formFacts('https://portal.example', answer as typeof fetch, () => 0);
  assert.deepEqual(await put(begin, ask), ['begun']);
  stored = false;
  assert.deepEqual(await put(begin, ask), ['invalid-request']);
  // And from then on nothing is saved either.
  assert.deepEqual(await put(save, ask), ['invalid-request']);
});

test('which form is in use is asked once a minute, however often a draft is saved', async () => {
  const asked: string[] = [];
  let now = 0;
  const answer = async (address: URL) => {
    asked.push(address.href);
    return Response.json({ service: 's', settings: { stored: asked.length === 1 } });
  };
  const ask = formFacts('https://portal.example', answer as typeof fetch, () => now);
  for (const [at, stored] of [
    [0, true],
    [59_000, true],
    [60_000, false],
  ] as const) {
    now = at;
    assert.deepEqual(await ask('a'), { service: 's', stored });
  }
  assert.deepEqual(asked, ['https://portal.example/api/forms/a', 'https://portal.example/api/forms/a']);
});
