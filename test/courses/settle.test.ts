import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts } from '../../lambdas/courses/places.ts';
import { settleCourses } from '../../lambdas/courses/settle.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';

test('what is counted holds its place until it is given up', () => {
  const course = { places: 20, waitingList: 30 };
  assert.deepEqual(counts(0, course), { places: 20, free: 20, waitingList: 30, waiting: 0 });
  assert.deepEqual(counts(20, course), { places: 20, free: 0, waitingList: 30, waiting: 0 });
  assert.deepEqual(counts(27, course), { places: 20, free: 0, waitingList: 30, waiting: 7 });
});

const form = (course: CompiledForm['settings']['course']) => ({ settings: { course } }) as CompiledForm;

test('a course goes by the places of the form in use, an earlier round by those it had', async () => {
  const settled: [string, number][] = [];
  const listed = [
    { course: 'retki#kevat', form: 'retki', places: 10 },
    { course: 'retki#syksy', form: 'retki', places: 10 },
  ];
  const result = await settleCourses(1, {
    settling: {
      all: async () => listed,
      settle: async (course, places) => {
        settled.push([course, places]);
        return { freed: 1, promoted: 2 };
      },
    },
    forms: { get: async () => form({ places: 12, waitingList: 0, round: 'syksy' }) },
  });
  assert.deepEqual(settled.toSorted(), [
    ['retki#kevat', 10],
    ['retki#syksy', 12],
  ]);
  assert.deepEqual(result, { freed: 2, promoted: 4 });
});

test('a course that fails keeps no other waiting, and is heard of', async () => {
  const settled: string[] = [];
  const run = settleCourses(1, {
    settling: {
      all: async () => ['a#', 'b#'].map(course => ({ course, form: course, places: 1 })),
      settle: async course => {
        if (course === 'a#') throw new Error('broken');
        settled.push(course);
        return { freed: 0, promoted: 0 };
      },
    },
    forms: { get: async () => form(undefined) },
  });
  await assert.rejects(run, /broken/);
  assert.deepEqual(settled, ['b#']);
});
