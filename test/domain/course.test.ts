import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseEvent } from '../../lambdas/domain/case.ts';
import { abandoned, claimMs, courseStateOf, hasPlace, rankOf } from '../../lambdas/domain/course.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 80 });

test('never more than the places have one, and as many as there are people do', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 200 }),
      (left, places, last) => {
        const gone = new Set(left);
        const people = Array.from({ length: last }, (_, index) => index + 1).filter(one => !gone.has(one));
        const granted = people.filter(one => hasPlace({ rank: rankOf(one, gone), places }));
        assert.deepEqual(granted, people.slice(0, places), 'in order of arrival');
      },
    ),
  );
});

test('whoever leaves, nobody falls back', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 200 }),
      (left, one, other) => {
        const before = rankOf(one, new Set(left));
        const after = rankOf(one, new Set([...left, other]));
        assert.ok(after === before || (after === before - 1 && other < one));
      },
    ),
  );
});

test('a number is abandoned only when it is nobody’s and its time is over', () => {
  const now = 100 * claimMs;
  const taken = (arrival: number, at: number) => ({ arrival, at, state: 'taken' as const });
  const long = now - claimMs;
  assert.deepEqual(abandoned(3, now, [], now), [], 'just taken');
  assert.deepEqual(abandoned(3, long, [], now), [1, 2, 3]);
  assert.deepEqual(abandoned(4, now, [taken(3, long), taken(1, long)], now), [2], 'before one that is old');
  assert.deepEqual(abandoned(3, now, [taken(3, long + 1)], now), []);
  assert.deepEqual(abandoned(2, long, [taken(1, long), { ...taken(2, long), state: 'gone' }], now), []);
});

test('what the case says of its place is told by its own events', () => {
  const event = { id: '', sequence: 1, at: 0, actor: { kind: 'citizen', person: '' } } as const;
  const sent = (rank: number) => [{ ...event, type: 'submitted', place: { rank, places: 20 } }] as const;
  const state = (...given: Parameters<typeof courseStateOf>) => courseStateOf(...given)?.state;
  assert.equal(state('sent', sent(20)), 'place');
  assert.equal(state('sent', sent(21)), 'waiting');
  assert.equal(state('received', [...sent(21), { ...event, type: 'place' }]), 'place');
  assert.equal(state('cancelled', sent(3)), 'left');
  for (const status of ['cancelled', 'rejected'] as const)
    for (const now of ['closed', 'processing'] as const) {
      const after = [
        ...sent(3),
        { ...event, type: 'status', status },
        { ...event, type: 'status', status: now },
      ];
      assert.equal(state(now, after as CaseEvent[]), 'left', `${status}, then ${now}`);
    }
  assert.equal(state('sent', [{ ...event, type: 'submitted' }]), undefined);
});

test('settings of a course are checked', () => {
  const schema = {
    type: 'object',
    properties: {
      who: { type: 'object', title: 'Kuka', properties: { name: { type: 'string', title: 'Nimi' } } },
    },
  };
  const compiled = (settings: object) => compileForm({ id: 'kurssi', schema, uiSchema: {}, settings });
  const pointers = (settings: object) =>
    compiled(settings)
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ pointer }) => pointer);
  assert.deepEqual(compiled({ course: { places: 20 } }).form?.settings.course, {
    places: 20,
    waitingList: 0,
  });
  for (const course of [
    20,
    {},
    { places: 0 },
    { places: 2.5 },
    { places: 20, seats: 1 },
    { places: 20, round: 'Kevät 1' },
  ])
    assert.deepEqual(pointers({ course }), ['/course'], JSON.stringify(course));
  assert.deepEqual(pointers({ course: { places: 20 }, stored: false }), ['/course']);
  assert.deepEqual(pointers({ requiresConsent: 'No such' }), ['/requiresConsent']);
});
