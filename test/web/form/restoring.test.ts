import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { Schema } from '../../../lambdas/domain/forms/types.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { DraftAnswer, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import type { DeviceCopy } from '../../../web/client/on-device.ts';
import { type Brought, copiesHere } from '../../../web/pages/form/opening.ts';
import { asNew, fromDraft, goOn, offer, weigh } from '../../../web/pages/form/restoring.ts';

const saving = (by: string, number: number) => ({ by, number });
const draft = { revision: 4, saving: saving('this', 7), answers: { a: 'server' } };
const copy = { revision: 3, saving: saving('this', 8), answers: { a: 'device' } };

test('what the same window had saved later is old; what it had not come to save goes on from there', () => {
  assert.equal(weigh(draft, copy), 'newer');
  assert.equal(weigh(draft, { ...copy, saving: saving('this', 7) }), 'old');
  assert.equal(weigh(draft, { ...copy, saving: saving('this', 3) }), 'old');
});

test('another window’s is newer only on the ground of the draft as it is, and else a person chooses', () => {
  const others = { ...copy, saving: saving('other', 1) };
  assert.equal(weigh(draft, others), 'contested');
  assert.equal(weigh(draft, { ...others, revision: 4 }), 'newer');
  assert.equal(weigh(draft, { ...others, revision: undefined }), 'contested');
  assert.equal(weigh(draft, { ...others, answers: { a: 'server' } }), 'old');
});

const schemaOf = (...names: readonly string[]): Schema => ({
  type: 'object',
  properties: {
    s: { type: 'object', properties: Object.fromEntries(names.map(name => [name, { type: 'string' }])) },
  },
});

const version = '0123456789ab';
const form = { id: 'lomake', version } as FormInUse;
const common = { form: 'lomake', formVersion: version, language: 'fi', page: 0 } as const;
const saved = { ...common, ...draft, id: 'draft-123', updatedAt: 1, page: 1 } as unknown as DraftAnswer;
const brought: Brought = { ...common, revision: 4, page: 2, answers: { a: 'on the screen' } };
const left: DeviceCopy = { ...common, ...copy, draft: 'draft-123', at: 5, answers: brought.answers };

test('what the other language brought is what was on the screen, where the server could not be given it', async () => {
  const { place, start, draftId } = await fromDraft(form, saved, [], brought);
  assert.deepEqual([place.answers, place.page, draftId], [brought.answers, 2, 'draft-123']);
  assert.equal(start?.revision, 4);
  assert.ok(Date.now() - (start?.unsavedSince ?? 0) < 60_000);
  assert.equal(start?.isContested, false);
});

test('what was brought on the ground of an older draft is for a person to choose', async () => {
  const { place, start } = await fromDraft(form, saved, [], { ...brought, revision: 3 });
  assert.deepEqual([place.answers, start?.isContested], [brought.answers, true]);
});

test('what was brought and is saved goes on as the draft, at the step one was at', async () => {
  const { place, start } = await fromDraft(form, saved, [], { ...brought, answers: draft.answers });
  assert.deepEqual([place.answers, place.page, start], [draft.answers, 2, { revision: 4 }]);
});

test('a draft that was carried over to the new version is saved under it at once: a file may be what comes next', async t => {
  const { form: old } = compileForm({ id: 'lomake', schema: schemaOf('a') });
  const { form: current } = compileForm({ id: 'lomake', schema: schemaOf('a', 'b') });
  assert.ok(old && current);
  t.mock.method(globalThis, 'fetch', async () => Response.json(old));
  const begun = { ...saved, formVersion: old.version, answers: { s: { a: 'x' } } } as DraftAnswer;
  const inUse = { ...current, availability: 'open', now: 0 } as const;
  const { form: now, start, isCarriedOver } = await fromDraft(inUse, begun, [], undefined);
  assert.deepEqual([now.version, isCarriedOver, start?.revision], [current.version, true, 4]);
  assert.ok(start?.unsavedSince !== undefined);
});

test('a draft opens where the field stands that it was left at, whatever pages are before it', async () => {
  const names = ['tausta', 'hakija', 'hakija2'];
  const pages = names.map(name => [name, { type: 'object', properties: { nimi: { type: 'string' } } }]);
  const { form: current } = compileForm({
    id: 'lomake',
    schema: { type: 'object', properties: Object.fromEntries(pages) },
  });
  assert.ok(current);
  const opensAt = async (page: number, field?: string) => {
    const left = { ...saved, formVersion: current.version, page, field, answers: {} } as DraftAnswer;
    const opened = await goOn({ ...current, availability: 'open', now: 0 } as const, left, []);
    return opened.kind === 'filling' ? names[opened.opening.place.page] : opened.kind;
  };
  assert.equal(await opensAt(0, '/hakija/nimi'), 'hakija');
  assert.equal(await opensAt(0, '/hakija2/nimi'), 'hakija2');
  assert.equal(await opensAt(1, '/poistettu/nimi'), 'hakija');
  assert.equal(await opensAt(1), 'hakija');
});

test('the device’s copy of what was brought goes with the next saving, that of another window stays', async () => {
  assert.equal((await fromDraft(form, saved, [left], brought)).copy, left);
  const others = { ...left, answers: { a: 'another window' } };
  const { place, copy: taken } = await fromDraft(form, saved, [others], brought);
  assert.deepEqual([place.answers, taken], [brought.answers, undefined]);
});

test('files stay with the draft they were sent for', async () => {
  const file = (id: string) => ({ integrationID: id, fileName: `${id}.pdf`, isNewAttachment: true });
  const answers = {
    page: {
      name: 'Meri',
      one: file('a'),
      many: { files: [file('b'), file('c')] },
      later: { isDeliveredLater: true },
    },
    list: [{ text: 'x', one: file('d') }, { text: 'y' }],
  };
  const opening = await asNew(form, { ...left, answers } as unknown as DeviceCopy);
  assert.notEqual(opening.draftId, left.draft);
  assert.deepEqual(opening.place.answers, {
    page: { name: 'Meri', later: { isDeliveredLater: true } },
    list: [{ text: 'x' }, { text: 'y' }],
  });
  assert.equal(opening.start?.revision, undefined);
});

test('a new form never goes on with the change of a sent one', async () => {
  const amends = 'amend-HEL-2026-000123-1';
  const change = { ...saved, id: amends } as unknown as DraftSummary;
  const begun = { ...saved, id: 'draft-123' } as unknown as DraftSummary;
  const unsaved: DeviceCopy = { ...left, draft: amends, revision: undefined };
  const opened = await offer(form, [change], [unsaved]);
  assert.ok(opened.kind === 'filling');
  assert.notEqual(opened.opening.draftId, amends);
  assert.equal(opened.opening.place.answers, undefined);
  const among = await offer(form, [change, begun], [unsaved]);
  assert.ok(among.kind === 'choice');
  assert.deepEqual(among.candidates, [{ kind: 'draft', draft: begun }]);
});

/** A store on this device with so many copies in it. */
const storeWith = (t: TestContext, count: number): void => {
  const asked = (result: unknown) => {
    const request = { result, onsuccess: () => {} };
    queueMicrotask(() => request.onsuccess());
    return request;
  };
  const store = { count: () => asked(count) };
  const database = { transaction: () => ({ objectStore: () => store }) };
  Object.assign(globalThis, { indexedDB: { open: () => asked(database) } });
  t.after(() => Reflect.deleteProperty(globalThis, 'indexedDB'));
};

test('copies that wait for a script that does not come are not passed over; a store that cannot be read is', async t => {
  assert.deepEqual(await copiesHere(), []);
  storeWith(t, 1);
  // Without a browser the script cannot be loaded.
  await assert.rejects(copiesHere());
});
