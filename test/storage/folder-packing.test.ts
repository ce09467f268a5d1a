import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { statuses } from '../../lambdas/domain/status.ts';
import { type FolderEntry, packFolder, unpackFolder } from '../../lambdas/storage/folder-packing.ts';
import { readNames, sortNames } from '../../lambdas/storage/header-rows.ts';

const time = fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 });
const text = fc.stringMatching(/^[a-zåäö_-]{1,12}$/);
const sometimes = fc.constantFrom(true, false, false);

const entry: fc.Arbitrary<FolderEntry> = fc
  .record({
    service: text,
    form: text,
    names: fc.record({ fi: text, sv: text, en: text }).map(names => readNames(sortNames(names))),
    status: fc.constantFrom(...statuses),
    submittedAt: time,
    length: fc.nat(100_000_000),
    has: fc.record({ content: sometimes, others: sometimes, seen: sometimes, letters: sometimes }),
    by: fc.option(text),
    day: fc.option(fc.constantFrom('2026-12-24', undefined)),
    newest: fc.option(fc.constantFrom('message', 'status', 'decision')),
  })
  .map(({ length, has, by, day, newest, ...one }) => {
    const updatedAt = one.submittedAt + length;
    return {
      ...one,
      caseNumber: '',
      updatedAt,
      contentUpdatedAt: has.content ? one.submittedAt : updatedAt,
      ...(by !== null && { contentUpdatedBy: by }),
      ...(has.others && { othersUpdatedAt: one.submittedAt }),
      ...(has.seen && { seenAt: one.submittedAt }),
      ...(has.letters && { letters: 1 + (length % 7) }),
      ...(newest !== null && { newest: { by: 'department' as const, type: newest } }),
      ...(day !== null && { waitsFor: day === undefined ? {} : { dueDate: day } }),
    };
  });

const folder = fc
  .array(entry, { maxLength: 40 })
  .map(entries =>
    entries.map((one, n) => ({ ...one, caseNumber: `HEL-2026-${String(n).padStart(6, '0')}` })),
  );

test('what a list shows of a folder comes out of the packing as it went in', () =>
  fc.assert(
    fc.asyncProperty(folder, async entries => {
      const packed = await unpackFolder(await packFolder(entries));
      assert.deepEqual(packed.listed.map(packed.entry), entries);
      assert.deepEqual(
        packed.listed.map(({ place: _, ...listed }) => listed),
        entries.map(({ caseNumber, service, names, status, updatedAt }) => ({
          ...{ caseNumber, service, names, status, updatedAt },
        })),
      );
    }),
  ));

test('a status is packed by its name: one that this version does not know is not read as another', async () => {
  const [one] = fc.sample(entry, { numRuns: 1, seed: 1 });
  assert.ok(one);
  const packed = inflateRawSync(
    await packFolder([{ ...one, caseNumber: 'x', status: 'waiting' }]),
  ).toString();
  for (const strange of [
    packed.replace('"waiting"', '"paused"'),
    packed.replace('"status":[0]', '"status":[]'),
  ]) {
    assert.notEqual(strange, packed);
    await assert.rejects(unpackFolder(new Uint8Array(deflateRawSync(strange))));
  }
});
