import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysToWarnOf, draftExpiry, expiryDay } from '../../lambdas/domain/draft.ts';
import { warnOfExpiry } from '../../lambdas/drafts/warn.ts';
import { draftWarningTexts } from '../../lambdas/notifications/draft-warning.ts';
import type { Recipient } from '../../lambdas/notifications/send.ts';

const city = {
  name: { fi: 'Helsingin kaupunki', sv: 'Helsingfors stad', en: 'City of Helsinki' },
  helpline: { name: { fi: 'Neuvonta', sv: 'Rådgivning', en: 'Helpline' }, phone: '(09) 310 88800' },
};
const noon = Date.parse('2026-11-23T10:20:00Z');
const day = 86_400_000;

/** People with drafts that go on these days, and what became of them. */
const room = (goes: Readonly<Record<string, readonly string[]>>) => {
  const marks = new Set<string>();
  const sent: { to: Recipient; text: string }[] = [];
  const state = { now: noon, outcome: 'sent' as 'sent' | 'failed' | 'unknown' };
  const run = () =>
    warnOfExpiry({
      warnings: {
        ownersOn: async on => goes[on] ?? [],
        claim: async (owner, on) => {
          const isNew = !marks.has(`${owner} ${on}`);
          marks.add(`${owner} ${on}`);
          return isNew;
        },
        release: async (owner, on) => void marks.delete(`${owner} ${on}`),
      },
      profile: async owner =>
        owner === 'mute'
          ? undefined
          : { language: owner === 'sven' ? 'sv' : 'fi', email: `${owner}@example.fi` },
      texts: (language, on) => draftWarningTexts(language, on, city, 'https://asiointi.example'),
      notify: async (to, texts) => {
        if (state.outcome === 'sent') sent.push({ to, text: `${texts.email.subject}\n${texts.email.text}` });
        return state.outcome;
      },
      now: () => state.now,
      hasTime: () => true,
    });
  return { run, sent, state };
};

test('whose draft goes within a week is told once, in their language, and of nothing in it', async () => {
  const { run, sent } = room({ '2026-11-30': ['aino', 'sven'], '2026-12-01': ['late'] });
  assert.deepEqual(await run(), { sent: 2, failed: 0, unknown: 0, left: 0 });
  assert.deepEqual(await run(), { sent: 0, failed: 0, unknown: 0, left: 0 });
  assert.match(sent[0]?.text ?? '', /luonnos[\s\S]*30\.11\.2026[\s\S]*asiointi\.example\/fi\/asiointikansio/);
  assert.match(sent[1]?.text ?? '', /utkast[\s\S]*30\.11\.2026/);
});

test('a day that was missed is made up for, with one letter a person and run', async () => {
  const { run, sent } = room({ '2026-11-26': ['aino'], '2026-11-29': ['aino'] });
  await run();
  assert.equal(sent.length, 1);
  assert.match(sent[0]?.text ?? '', /26\.11\.2026/);
});

test('what surely was not sent is tried again, what may have been is not', async () => {
  const { run, sent, state } = room({ '2026-11-30': ['aino'], '2026-11-29': ['mute'] });
  state.outcome = 'failed';
  assert.deepEqual(await run(), { sent: 0, failed: 2, unknown: 0, left: 0 });
  state.outcome = 'unknown';
  assert.equal((await run()).unknown, 1);
  state.outcome = 'sent';
  await run();
  assert.equal(sent.length, 0);
});

test('a letter that failed leaves every day of its person to be told of', async () => {
  const { run, sent, state } = room({ '2026-11-24': ['aino'], '2026-11-25': ['aino'] });
  state.outcome = 'failed';
  assert.deepEqual(await run(), { sent: 0, failed: 1, unknown: 0, left: 0 });
  state.outcome = 'sent';
  // The first day is past warning of; the second is not.
  state.now = noon + day;
  await run();
  assert.equal(sent.length, 1);
  assert.match(sent[0]?.text ?? '', /25\.11\.2026/);
  await run();
  assert.equal(sent.length, 1);
});

test('nothing is sent outside 9 to 20', async () => {
  const { run, state } = room({ '2026-11-30': ['aino'] });
  for (const hour of [4, 19]) {
    state.now = Date.parse(`2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`);
    assert.equal((await run()).sent, 0);
  }
});

test('a draft is among those to be warned of on seven days, the last of them the day before it goes', () => {
  const gone = expiryDay(draftExpiry(noon));
  const warned = Array.from({ length: 90 }, (_, on) => on).filter(on =>
    daysToWarnOf(noon + on * day).includes(gone),
  );
  assert.deepEqual(warned, [83, 84, 85, 86, 87, 88, 89]);
});
