import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseEvent, CaseHeader } from '../../lambdas/domain/case.ts';
import {
  conversation,
  eventTime,
  isFlooding,
  isNew,
  readAt,
  readCursor,
  replyLimit,
  sortByName,
  withEvent,
  writeCursor,
} from '../../lambdas/domain/folder.ts';

const header: CaseHeader = {
  caseNumber: 'HEL-2026-000001',
  owner: 'club',
  service: 's',
  form: 's',
  formVersion: '0123456789ab',
  status: 'sent',
  submittedAt: 1_000,
  updatedAt: 1_000,
  contentUpdatedAt: 1_000,
  contentUpdatedBy: 'anna',
  revision: 1,
};

/** What somebody does: an event of a person or of the department, or a look. */
type Act = { readonly by?: 'anna' | 'bert' } | { readonly sees: 'anna' | 'bert' };
const act: fc.Arbitrary<Act> = fc.constantFrom<Act>(
  {},
  { by: 'anna' },
  { by: 'bert' },
  { sees: 'anna' },
  { sees: 'bert' },
);

test("new is what others did after one's last look, whatever the clocks say", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(act, fc.integer({ min: 0, max: 5_000 })), { maxLength: 30 }), acts => {
      let now = header;
      const seen: Record<string, number> = {};
      const missed: Record<string, boolean> = { anna: false, bert: true };
      for (const [done, clock] of acts)
        if ('sees' in done) {
          seen[done.sees] = now.updatedAt;
          missed[done.sees] = false;
        } else {
          now = withEvent(now, { at: eventTime(now, clock), ...done });
          for (const person of ['anna', 'bert']) if (person !== done.by) missed[person] = true;
        }
      for (const person of ['anna', 'bert'])
        assert.equal(isNew(now, person, seen[person]), missed[person], person);
    }),
  );
});

test('an event moves the revision by one and time forward', () => {
  const after = withEvent(header, { at: eventTime(header, 0), status: 'processing' });
  const { contentUpdatedBy, ...rest } = header;
  const times = { updatedAt: 1_001, contentUpdatedAt: 1_001, othersUpdatedAt: 1_000 };
  assert.deepEqual(after, { ...rest, ...times, status: 'processing', revision: 2 });
  assert.equal(contentUpdatedBy, 'anna');
});

test('an official starts; a closed case is silent', () => {
  const by = (kind: 'citizen' | 'department', type: CaseEvent['type']) => ({
    type,
    actor: kind === 'citizen' ? ({ kind, person: 'p' } as const) : ({ kind, client: 'c' } as const),
  });
  assert.equal(conversation('sent', []), 'not-started');
  assert.equal(conversation('processing', [by('department', 'status')]), 'not-started');
  assert.equal(conversation('processing', [by('citizen', 'message')]), 'not-started');
  assert.equal(conversation('processing', [by('department', 'message')]), 'open');
  assert.equal(conversation('waiting', [by('department', 'request')]), 'open');
  assert.equal(conversation('closed', [by('department', 'message')]), 'closed');
  const ended = [by('department', 'message'), by('department', 'conversation-closed')];
  assert.equal(conversation('processing', ended), 'closed');
  assert.equal(conversation('processing', [...ended, by('citizen', 'attachment')]), 'closed');
  assert.equal(conversation('processing', [...ended, by('department', 'message')]), 'open');
});

const items = (names: readonly string[]) =>
  names.map((name, n) => ({ name, caseNumber: `HEL-2026-${String(n + 1).padStart(6, '0')}` }));

test('names sort as the language does: ä after z in Finnish, with a in English', () => {
  const names = items(['Äitiys', 'Asunto', 'Zoo', 'asunto']);
  const sorted = (language: 'fi' | 'en', order: 'asc' | 'desc') =>
    sortByName(names, language, order).map(({ name }) => name);
  assert.deepEqual(sorted('fi', 'asc'), ['asunto', 'Asunto', 'Zoo', 'Äitiys']);
  assert.deepEqual(sorted('fi', 'desc'), ['Äitiys', 'Zoo', 'asunto', 'Asunto']);
  assert.equal(sorted('en', 'asc').indexOf('Äitiys'), 0);
});

test('names that a language takes for the same keep their cases together, the newest first, in either order', () => {
  const names = fc.array(fc.constantFrom('Asunto', 'asunto', 'Äiti', 'Zoo 10', 'Zoo 9', ''), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(names, fc.constantFrom('asc', 'desc'), (given, order) => {
      const { compare } = new Intl.Collator('fi', { sensitivity: 'accent', numeric: true });
      const direction = order === 'asc' ? 1 : -1;
      assert.deepEqual(
        sortByName(items(given), 'fi', order),
        items(given).toSorted(
          (one, other) =>
            direction * compare(one.name, other.name) || (one.caseNumber < other.caseNumber ? 1 : -1),
        ),
      );
    }),
  );
});

test('a cursor names a case number and nothing else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), n => {
      const caseNumber = `HEL-2026-${String(n).padStart(6, '0')}`;
      assert.equal(readCursor('HEL', writeCursor(caseNumber)), caseNumber);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), text => {
      const read = readCursor('HEL', text);
      assert.ok(read === undefined || /^HEL-\d{4}-\d{6,}$/.test(read));
    }),
  );
  assert.equal(readCursor('HEL', btoa('OWNER#other')), undefined);
  assert.equal(readCursor('HEL', '%%%'), undefined);
});

test('a letter was read when it was first shown, whoever says so and in whatever order', () => {
  const letter = { type: 'message', actor: { kind: 'department', client: 'd' }, at: 100 } as const;
  const opening = fc.record({ to: fc.integer({ min: 0, max: 200 }), at: fc.integer({ min: 0, max: 400 }) });
  fc.assert(
    fc.property(fc.array(opening), openings => {
      const times = openings.filter(({ to }) => to >= 100).map(({ at }) => at);
      const expected = times.length === 0 ? undefined : Math.min(...times);
      assert.equal(readAt(letter, openings), expected);
      assert.equal(readAt({ ...letter, actor: { kind: 'citizen', person: 'p' } }, openings), undefined);
      assert.equal(readAt({ ...letter, type: 'status' }, openings), undefined);
    }),
  );
});

test('only answers of the last hour are too many', () => {
  const hour = 3_600_000;
  const answers = (count: number, at: number, kind: 'citizen' | 'department') =>
    Array.from({ length: count }, () => ({ type: 'message' as const, actor: { kind } as never, at }));
  assert.equal(isFlooding(answers(replyLimit - 1, hour, 'citizen'), hour), false);
  assert.equal(isFlooding(answers(replyLimit, hour, 'citizen'), hour), true);
  assert.equal(isFlooding(answers(replyLimit, hour, 'citizen'), 2 * hour), false);
  assert.equal(isFlooding(answers(replyLimit, hour, 'department'), hour), false);
});
