import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { ApiFailure } from '../../../web/client/api.ts';
import {
  draftKeeper,
  longestSeconds,
  quietSeconds,
  type SaveState,
  type Start,
} from '../../../web/pages/form/draft-keeper.ts';
import { mayBeSent } from '../../../web/pages/form/use-sending.ts';

/** A page whose time goes by hand, a server that answers when it is told to, and a device that takes what it is given. */
const openPage = (start?: Start) => {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  let typed = 0;
  let answers: (() => Promise<DraftSummary>)[] = [];
  const device: { kept: number | undefined; works: boolean } = { kept: undefined, works: true };
  const saved: { text: number; revision: number | undefined; at: number; outlives: boolean }[] = [];
  const states: SaveState['kind'][] = [];
  const keeper = draftKeeper(
    {
      content: () => ({ answers: { typed } }) as unknown as DraftRequest,
      save: (content, revision, outlives) => {
        saved.push({ text: content.answers.typed as number, revision, at: now / 1000, outlives });
        const next = answers.shift();
        return next ? next() : Promise.resolve({ revision: (revision ?? 0) + 1 } as DraftSummary);
      },
      keep: async content => {
        if (device.works) device.kept = content.answers.typed as number;
        return device.works;
      },
      forget: async () => {
        device.kept = undefined;
      },
      show: state => states.push(state.kind),
      now: () => now,
      setTimer: (act, milliseconds) => {
        const timer = { at: now + milliseconds, act };
        timers.push(timer);
        return timer;
      },
      clearTimer: old => {
        timers = timers.filter(timer => timer !== old);
      },
    },
    start,
  );
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const due = (end: number) => timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    keeper,
    saved,
    states,
    device,
    settle,
    type: () => {
      typed += 1;
      keeper.changed();
    },
    answer: (...next: typeof answers) => {
      answers = next;
    },
    pass: async (seconds: number) => {
      const end = now + seconds * 1000;
      for (let timer = due(end); timer; timer = due(end)) {
        const ended = timer;
        timers = timers.filter(one => one !== ended);
        now = Math.max(now, ended.at);
        ended.act();
        await settle();
      }
      now = end;
    },
  };
};

const fails = (status: number) => () => Promise.reject(new ApiFailure('kind', status));

it('saves when typing has been quiet, once, with the newest of it', async () => {
  const page = openPage();
  page.type();
  await page.pass(quietSeconds - 1);
  page.type();
  await page.pass(quietSeconds - 1);
  assert.deepEqual(page.saved, []);
  await page.pass(1);
  assert.deepEqual(page.saved, [{ text: 2, revision: undefined, at: 2 * quietSeconds - 1, outlives: false }]);
  assert.equal(page.states.at(-1), 'saved');
  await page.pass(3600);
  assert.equal(page.saved.length, 1);
});

it('saves every five minutes at the latest while typing goes on', async () => {
  const page = openPage();
  for (let second = 0; second < 2 * longestSeconds; second += 5) {
    page.type();
    await page.pass(5);
  }
  assert.deepEqual(
    page.saved.map(({ at }) => at),
    [longestSeconds, 2 * longestSeconds],
  );
  assert.deepEqual(
    page.saved.map(({ revision }) => revision),
    [undefined, 1],
  );
});

it('keeps what is typed on the device within a second, typing or not, until the server has it', async () => {
  const page = openPage();
  for (let tenth = 0; tenth < 30; tenth += 1) {
    page.type();
    await page.pass(0.1);
    assert.ok((page.device.kept ?? 0) >= tenth + 1 - 10, `${tenth}: ${page.device.kept}`);
  }
  await page.pass(1);
  assert.equal(page.device.kept, 30);
  assert.equal(page.keeper.isOnlyHere(), false);
  await page.pass(quietSeconds);
  assert.deepEqual([page.device.kept, page.saved.length], [undefined, 1]);
});

it('says that it is on this device only, and sends it when the network is back', async () => {
  const page = openPage();
  page.answer(fails(0), fails(0));
  page.type();
  await page.pass(quietSeconds);
  assert.deepEqual([page.states.at(-1), page.device.kept], ['device', 1]);
  page.type();
  assert.equal(page.keeper.isOnlyHere(), true);
  await page.pass(1);
  assert.deepEqual([page.states.at(-1), page.device.kept], ['device', 2]);
  page.answer();
  page.keeper.retry();
  await page.settle();
  assert.deepEqual([page.states.at(-1), page.device.kept, page.saved.at(-1)?.text], ['saved', undefined, 2]);
});

it('asks a failing server no more often than every 15 seconds, however long it fails and is typed on', async () => {
  const page = openPage();
  page.answer(...Array.from({ length: 500 }, () => fails(503)));
  for (let second = 0; second < 900; second += 1) {
    page.type();
    await page.pass(1);
  }
  const gaps = page.saved.slice(1).map(({ at }, index) => at - (page.saved[index]?.at ?? 0));
  assert.ok(page.saved.length > 10 && gaps.every(gap => gap >= quietSeconds), String(gaps));
});

it('goes on from what a crashed window had left', async () => {
  const page = openPage({ revision: 4, unsavedSince: -60_000 });
  assert.equal(page.keeper.isDirty(), true);
  await page.keeper.flush();
  assert.deepEqual(page.saved[0]?.revision, 4);
});

it('does not save over what went on elsewhere while its window was closed', async () => {
  const page = openPage({ revision: 4, unsavedSince: -60_000, isContested: true });
  assert.equal(await page.keeper.flush(), false);
  await page.pass(3600);
  assert.deepEqual([page.saved.length, page.keeper.isContested()], [0, true]);
});

it('saves the place with the next saving, without a word, and never for its own sake before there is a draft', async () => {
  const page = openPage();
  page.keeper.moved();
  await page.pass(3600);
  assert.equal(page.saved.length, 0);
  page.type();
  await page.pass(quietSeconds);
  const said = page.states.length;
  page.keeper.moved();
  await page.pass(quietSeconds);
  assert.deepEqual([page.saved.length, page.states.length], [2, said]);
});

it('tries again by itself when the server did not answer, and loses nothing', async () => {
  const page = openPage();
  page.device.works = false;
  page.answer(fails(0), fails(503));
  page.type();
  await page.pass(quietSeconds);
  assert.equal(page.states.at(-1), 'failed');
  assert.ok(page.keeper.isDirty());
  await page.pass(120);
  assert.deepEqual(
    page.saved.map(({ text }) => text),
    [1, 1, 1],
  );
  assert.ok(!page.keeper.isDirty());
});

it('never overwrites what was saved elsewhere: it stops until somebody has chosen', async () => {
  const page = openPage();
  page.answer(fails(412));
  page.type();
  assert.equal(await page.keeper.flush(), false);
  page.type();
  await page.pass(3600);
  assert.equal(await page.keeper.flush(), false);
  assert.deepEqual([page.states.at(-1), page.saved.length], ['conflict', 1]);
  assert.equal(page.keeper.isContested(), true);
  page.keeper.resume(7, true);
  assert.equal(page.keeper.isContested(), false);
  assert.equal(await page.keeper.flush(), true);
  assert.deepEqual(page.saved[1]?.revision, 7);
});

it('keeps nobody from sending what is gone from the server: perhaps it was sent from here, and the answer lost', async () => {
  for (const status of [404, 409]) {
    const page = openPage({ revision: 3 });
    page.answer(fails(status));
    page.type();
    assert.equal(await page.keeper.flush(), false);
    assert.deepEqual([page.states.at(-1), page.keeper.isContested()], ['conflict', false]);
    page.type();
    await page.pass(3600);
    assert.equal(page.saved.length, 1);
  }
});

it('does not offer to begin anew what may have been sent', () => {
  assert.ok(mayBeSent({ state: 'sending' }));
  assert.ok(mayBeSent({ state: 'failed', why: 'sendFailed.network' }));
  assert.ok(mayBeSent({ state: 'failed', why: 'sendFailed.other' }));
  // The server has answered: that draft was sent with other answers than these.
  assert.ok(!mayBeSent({ state: 'failed', why: 'sendFailed.again' }));
  assert.ok(!mayBeSent({ state: 'idle' }));
});

it('stops when the session is over', async () => {
  const page = openPage();
  page.answer(fails(401));
  page.type();
  await page.keeper.flush();
  page.type();
  await page.pass(3600);
  assert.deepEqual([page.states.at(-1), page.saved.length, page.keeper.isDirty()], ['signed-out', 1, true]);
});

it('saves once more where a person asks for it: signed in again in another tab', async () => {
  const page = openPage({ revision: 3 });
  page.answer(fails(401));
  page.type();
  await page.keeper.flush();
  page.type();
  assert.equal(await page.keeper.flush(), true);
  assert.deepEqual([page.states.at(-1), page.saved.at(-1)?.text], ['saved', 2]);
  page.type();
  await page.pass(quietSeconds);
  assert.equal(page.saved.length, 3);
});

it('says to everybody who asked how the saving of their changes ended', async () => {
  const page = openPage();
  const ends: ((error: ApiFailure) => void)[] = [];
  const comes = () => new Promise<DraftSummary>((_, fail) => ends.push(fail));
  page.answer(comes, comes);
  page.type();
  const first = page.keeper.flush();
  page.type();
  const others = [page.keeper.flush(), page.keeper.flush()];
  ends[0]?.(new ApiFailure('network', 0));
  assert.equal(await first, false);
  await page.settle();
  ends[1]?.(new ApiFailure('network', 0));
  assert.deepEqual([await Promise.all(others), page.saved.length], [[false, false], 2]);
});

it('saves again what was typed while a saving was under way, after it and never beside it', async () => {
  const page = openPage();
  let arrive: (summary: DraftSummary) => void = () => undefined;
  page.answer(() => new Promise(resolve => (arrive = resolve)));
  page.type();
  const first = page.keeper.flush();
  page.type();
  const second = page.keeper.flush();
  await page.settle();
  assert.equal(page.saved.length, 1);
  arrive({ revision: 1 } as DraftSummary);
  assert.deepEqual(await Promise.all([first, second]), [false, true]);
  assert.deepEqual(
    page.saved.map(({ text, revision }) => [text, revision]),
    [
      [1, undefined],
      [2, 1],
    ],
  );
});

it('saves as the page goes away, and only what is not saved', async () => {
  const page = openPage();
  page.keeper.leave();
  page.type();
  page.keeper.leave();
  await page.settle();
  page.keeper.leave();
  assert.deepEqual(
    page.saved.map(({ outlives }) => outlives),
    [true],
  );
  assert.equal(page.keeper.revision(), 1);
});

it('takes nothing for saved that has not been answered, and begins no other saving before it is', async () => {
  const page = openPage({ revision: 3 });
  let arrive: (summary: DraftSummary) => void = () => undefined;
  page.answer(() => new Promise(resolve => (arrive = resolve)));
  page.type();
  page.keeper.leave();
  await page.settle();
  assert.equal(page.keeper.isDirty(), true);
  page.type();
  const back = page.keeper.flush();
  await page.settle();
  assert.equal(page.saved.length, 1);
  arrive({ revision: 4 } as DraftSummary);
  assert.equal(await back, true);
  assert.deepEqual(
    page.saved.map(({ revision, outlives }) => [revision, outlives]),
    [
      [3, true],
      [4, false],
    ],
  );
});

it('tries again by itself what could not be saved as the page went away', async () => {
  const page = openPage({ revision: 3 });
  page.answer(fails(0));
  page.type();
  page.keeper.leave();
  await page.settle();
  assert.deepEqual([page.states.at(-1), page.keeper.isDirty()], ['device', true]);
  await page.pass(60);
  assert.deepEqual([page.saved.length, page.keeper.isDirty()], [2, false]);
});

it('what is over stays over: going back through the steps of a form that was sent keeps nothing', async () => {
  const { keeper, saved, device, settle, pass } = openPage({ revision: 1 });
  await keeper.stop();
  keeper.changed();
  assert.equal(await keeper.flush(), true);
  await pass(longestSeconds);
  await settle();
  assert.deepEqual([saved.length, device.kept, keeper.isDirty()], [0, undefined, false]);
});
