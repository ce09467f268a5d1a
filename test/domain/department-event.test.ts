import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { departmentEvent, statusAfter, textLimit } from '../../lambdas/domain/department-event.ts';
import { mayFollow, type Status, statuses, transitions } from '../../lambdas/domain/status.ts';

const good = [
  { type: 'status', status: 'processing' },
  { type: 'status', status: 'solved', label: { fi: 'Valmis', sv: 'Klar', en: 'Done' } },
  { type: 'message', text: 'Hei!\nLähetättekö todistuksen?' },
  { type: 'decision', title: { fi: 'Päätös', sv: 'Beslut', en: 'Decision' }, text: 'Myönnetään.' },
  {
    type: 'decision',
    title: { fi: 'Päätös', sv: 'Beslut', en: 'Decision' },
    text: 'Hylätään.',
    appeal: {
      instructions: { fi: 'Oikaisuvaatimus', sv: 'Omprövning', en: 'Claim a revision' },
      url: 'https://www.hel.fi/oikaisuvaatimus',
      dueDate: '2026-12-24',
    },
  },
  { type: 'conversation-closed' },
  { type: 'request', text: 'Liitteet puuttuvat.', dueDate: '2026-12-24' },
];

const bad = [
  {},
  { type: 'submitted' },
  { type: 'status', status: 'lost' },
  { type: 'status', status: 'solved', label: { fi: 'Valmis' } },
  { type: 'message' },
  { type: 'message', text: '   ' },
  { type: 'message', text: 'a'.repeat(textLimit + 1) },
  { type: 'message', text: 'bell \u0007' },
  { type: 'message', text: 'hello', silent: true },
  { type: 'decision', title: 'Päätös', text: 'Myönnetään.' },
  { type: 'conversation-closed', text: 'Kiitos' },
  ...['javascript:alert(1)', 'http://www.hel.fi/', 'hel.fi'].map(url => ({
    type: 'decision',
    title: { fi: 'Päätös', sv: 'Beslut', en: 'Decision' },
    text: 'Hylätään.',
    appeal: { url },
  })),
  { type: 'request', text: 'Liitteet', dueDate: '2026-02-30' },
  { type: 'request', text: 'Liitteet', dueDate: '24.12.2026' },
  [],
  null,
  'message',
];

test('what the contract names is taken as it is', () => {
  for (const body of good) assert.deepEqual(departmentEvent.parse(body), body);
});

test('anything else is not', () => {
  for (const body of bad) assert.equal(departmentEvent.safeParse(body).success, false, JSON.stringify(body));
});

const status = fc.constantFrom(...statuses);

test('only a status moves the status, and only where it may', () => {
  fc.assert(
    fc.property(status, status, (from, to) => {
      const move = () => statusAfter(from, { type: 'status', status: to });
      if (mayFollow(from, to)) assert.equal(move(), to);
      else assert.throws(move, { message: 'status-not-allowed' });
      assert.equal(statusAfter(from, { type: 'message', text: 'x' }), from);
    }),
  );
});

test('who has left a course does not come back to it: the place may be the next one’s already', () => {
  const place = { course: 'retki#', arrival: 3 };
  const move = (from: Status, to: Status) => () => statusAfter(from, { type: 'status', status: to }, place);
  for (const from of statuses)
    for (const to of transitions[from]) {
      if (from === 'rejected' && to !== 'closed')
        assert.throws(move(from, to), { message: 'status-not-allowed' });
      else assert.equal(move(from, to)(), to);
    }
});

test('no case goes back to sent, every case can be closed, and closed is the end', () => {
  const reach = (from: Status, seen = new Set<Status>()): Set<Status> => {
    for (const to of transitions[from]) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  for (const from of statuses) {
    assert.ok(!transitions[from].includes('sent'));
    assert.ok(from === 'closed' || reach(from).has('closed'), from);
  }
  assert.deepEqual(transitions.closed, []);
});
