import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noteOutcome } from '../../lambdas/digests/outcome.ts';
import { planDigests } from '../../lambdas/digests/plan.ts';
import { type SendDependencies, type SendSummary, sendDigests } from '../../lambdas/digests/send.ts';
import { type Delivery, shardOf, shards, staleMs } from '../../lambdas/domain/digest.ts';
import { digestTexts } from '../../lambdas/notifications/digest.ts';
import type { EmailTags, Recipient } from '../../lambdas/notifications/send.ts';
import { caseNotices, toldOf } from '../../lambdas/storage/case-notices.ts';
import { digests } from '../../lambdas/storage/digests.ts';
import { caseStore, message, monday, submission } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';

const translated = { fi: 'Kaupunki', sv: 'Staden', en: 'City' };
const city = { name: translated, helpline: { name: translated, phone: '09 310 1' } };
const hourMs = 60 * 60 * 1000;
const nine = Date.parse('2026-11-23T09:00:00+02:00');

describe('telling people on the hour', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const sent: Recipient[] = [];

  const dependencies = (now: number, more: Partial<SendDependencies> = {}): SendDependencies => ({
    digests: digests({ client: local.client, table: tables.digests }),
    cases: caseStore(local.client).cases,
    profile: async owner => ({ channel: 'email', language: 'fi', email: `${owner}@example.fi` }),
    texts: language => digestTexts(language, city, 'https://portal.example'),
    notify: async recipient => {
      sent.push(recipient);
      return 'sent';
    },
    notices: caseNotices({ client: local.client, table: tables.cases }),
    now: () => now,
    hasTime: () => true,
    ...more,
  });

  /** One hour's run over the shard of an owner. */
  const run = (owner: string, at: number, more: Partial<SendDependencies> = {}): Promise<SendSummary> =>
    sendDigests({ shard: shardOf(owner), at, plannedAt: at }, dependencies(at + 1_000, more));

  const mails = (owner: string): number =>
    sent.filter(to => to.channel === 'email' && to.address === `${owner}@example.fi`).length;

  const withNews = async (owner: string): Promise<string> => {
    const { submissions, events } = caseStore(local.client);
    const { caseNumber } = await submissions.submit(submission(owner, `draft-${owner}`));
    await events.add(message(owner, caseNumber, 'first', { now: nine - 60_000 }));
    return caseNumber;
  };

  test('whatever happened, one digest; the next only after something new', async () => {
    const caseNumber = await withNews('one');
    const { events } = caseStore(local.client);
    await events.add(message('one', caseNumber, 'second'));
    await run('one', nine);
    assert.equal(mails('one'), 1);
    await run('one', nine + hourMs);
    assert.equal(mails('one'), 1);
    await events.add(message('one', caseNumber, 'third'));
    await run('one', nine + hourMs);
    assert.equal(mails('one'), 2);
  });

  const shown = async (owner: string, caseNumber: string) =>
    (await caseStore(local.client).cases.open(owner, caseNumber))?.notices.map(({ outcome }) => outcome);

  /** SES tells what became of a digest. */
  const heard = (eventType: string, tags: EmailTags) =>
    noteOutcome(
      {
        source: 'aws.ses',
        detail: {
          eventType,
          mail: {
            timestamp: new Date(nine + 5_000).toISOString(),
            destination: ['somebody@example.fi'],
            tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
          },
        },
      },
      {
        toldOf: toldOf({ client: local.client, table: tables.digests }),
        notices: caseNotices({ client: local.client, table: tables.cases }),
      },
    );

  test('a case shows that it was told of, and what its carrier says became of that', async () => {
    const [first, second] = [await withNews('shown'), await withNews('unshown')];
    const tags: EmailTags[] = [];
    const notify: SendDependencies['notify'] = async (_, __, given) => {
      tags.push(given ?? {});
      return 'sent';
    };
    await run('shown', nine, { notify });
    assert.deepEqual(await shown('shown', first), ['sent']);
    assert.deepEqual(await shown('unshown', second), []);
    const [mine] = tags;
    assert.ok(mine);
    for (const value of Object.values(mine)) assert.match(value, /^[A-Za-z0-9_-]{1,256}$/);
    assert.deepEqual(await heard('Delivery', mine), { noted: 1 });
    assert.deepEqual(await shown('shown', first), ['delivered']);
    await heard('DeliveryDelay', mine);
    assert.deepEqual(await shown('shown', first), ['delivered'], 'word comes in any order');
    await heard('Bounce', mine);
    assert.deepEqual(await shown('shown', first), ['failed']);
    assert.deepEqual(await heard('Delivery', {}), { noted: 0 }, 'an e-mail that is no digest');
    assert.deepEqual(await heard('Open', mine), { noted: 0 });
    await run('unshown', nine);
  });

  test('word that comes before the sender has written down its own is kept', async () => {
    const caseNumber = await withNews('early');
    const notify: SendDependencies['notify'] = async (_, __, given = {}) => {
      await heard('Delivery', given);
      return 'sent';
    };
    await run('early', nine, { notify });
    assert.deepEqual(await shown('early', caseNumber), ['delivered']);
  });

  test('what could not be sent says so once, and a digest does not fail for what cannot be written down', async () => {
    const caseNumber = await withNews('unwritten');
    await run('unwritten', nine, { notify: async () => 'refused' });
    await run('unwritten', nine + hourMs, { notify: async () => 'refused' });
    assert.deepEqual(await shown('unwritten', caseNumber), ['failed']);
    const notices = { note: () => Promise.reject(new Error('the table is away')) };
    assert.equal((await run('unwritten', nine + 2 * hourMs, { notices })).sent, 1);
  });

  test('at most one an hour, and what came after it goes out in the next', async () => {
    const caseNumber = await withNews('hour');
    await run('hour', nine);
    await caseStore(local.client).events.add(message('hour', caseNumber, 'later'));
    await run('hour', nine);
    assert.equal(mails('hour'), 1);
    await run('hour', nine + hourMs);
    assert.equal(mails('hour'), 2);
  });

  test('ten senders at once send one', async () => {
    await withNews('crowd');
    const done = await Promise.all(Array.from({ length: 10 }, () => run('crowd', nine)));
    assert.equal(mails('crowd'), 1);
    assert.equal(
      done.reduce((sum, { sent: n }) => sum + n, 0),
      1,
    );
  });

  test('what was read meanwhile is not told', async () => {
    const caseNumber = await withNews('reader');
    await caseStore(local.client).seen.mark({ owner: 'reader', person: 'reader' }, caseNumber, 2, monday);
    assert.equal((await run('reader', nine)).seen, 1);
    assert.equal(mails('reader'), 0);
    assert.deepEqual(
      (await dependencies(0).digests.waiting(shardOf('reader'))).filter(m => m.owner === 'reader'),
      [],
    );
  });

  test('what happens while a digest is being sent waits for the next', async () => {
    const caseNumber = await withNews('racer');
    const { events } = caseStore(local.client);
    const notify = async (recipient: Recipient): Promise<Delivery> => {
      await events.add(message('racer', caseNumber, 'meanwhile'));
      sent.push(recipient);
      return 'sent';
    };
    await run('racer', nine, { notify });
    await run('racer', nine + hourMs);
    assert.equal(mails('racer'), 2);
  });

  for (const outcome of ['failed', 'refused'] as const)
    test(`${outcome}: waits again, in the same hour too`, async () => {
      await withNews(outcome);
      const summary = await run(outcome, nine, { notify: async () => outcome });
      assert.equal(summary[outcome], 1);
      await run(outcome, nine);
      await run(outcome, nine + hourMs);
      assert.equal(mails(outcome), 1);
    });

  test('no answer: left alone for half an hour, then sent again and counted apart', async () => {
    await withNews('limbo');
    const first = await run('limbo', nine, { notify: async () => 'unknown' });
    assert.deepEqual([first.sent, first.unknown, first.again], [0, 1, 0]);
    const soon = { shard: shardOf('limbo'), at: nine, plannedAt: nine };
    await sendDigests(soon, dependencies(nine + staleMs - 60_000));
    assert.equal(mails('limbo'), 0);
    const later = await run('limbo', nine + hourMs);
    assert.deepEqual([later.sent, later.again], [1, 1]);
    assert.equal(mails('limbo'), 1);
    await run('limbo', nine + 2 * hourMs);
    assert.equal(mails('limbo'), 1);
  });

  test('a crash at any point loses nobody, and repeats only what had left', async () => {
    for (const broken of ['claim', 'finish'] as const)
      for (const done of [false, true]) {
        const owner = `crash-${broken}-${done}`;
        await withNews(owner);
        const { digests: whole } = dependencies(nine);
        const breaking = async (...given: never[]): Promise<never> => {
          if (done) await (whole[broken] as (...given: never[]) => Promise<unknown>)(...given);
          throw new Error('the process ended');
        };
        await run(owner, nine, { digests: { ...whole, [broken]: breaking } });
        await run(owner, nine + hourMs);
        await run(owner, nine + 2 * hourMs);
        assert.equal(mails(owner), broken === 'finish' && !done ? 2 : 1, owner);
      }
  });

  test('what was sent is written down whole or not at all', async () => {
    await withNews('half');
    let writesLeft = Number.POSITIVE_INFINITY;
    const client = {
      send: async (command: never) => {
        if (writesLeft-- <= 0) throw new Error('the table is out of reach');
        return local.client.send(command);
      },
    } as Pick<DynamodbLocal['client'], 'send'>;
    const notify: SendDependencies['notify'] = async recipient => {
      sent.push(recipient);
      writesLeft = 1;
      return 'sent';
    };
    await run('half', nine, { digests: digests({ client, table: tables.digests }), notify });
    await run('half', nine + hourMs);
    assert.equal(mails('half'), 1);
  });

  test('what its carrier took is not sent again where the sender ends before the case says so', async () => {
    await withNews('noted');
    const { notices, digests: book } = dependencies(nine);
    const waiting: boolean[] = [];
    const note: typeof notices.note = async (told, notice) => {
      if (told.owner === 'noted')
        waiting.push((await book.waiting(shardOf('noted'))).some(({ owner }) => owner === 'noted'));
      return notices.note(told, notice);
    };
    await run('noted', nine, { notices: { ...notices, note } });
    assert.deepEqual(waiting, [false]);
  });

  test('a profile that cannot be read keeps nobody else from their digest', async () => {
    await withNews('sick');
    const profile = async () => {
      throw new Error('no such key');
    };
    assert.equal((await run('sick', nine, { profile })).failed, 1);
    await run('sick', nine);
    assert.equal(mails('sick'), 1);
  });

  test('by text message only where that was chosen, and by what there is where an address is missing', async () => {
    await withNews('phone');
    await run('phone', nine, {
      profile: async () => ({ channel: 'sms', language: 'sv', phone: '+358401234567', email: 'a@b.fi' }),
    });
    assert.deepEqual(sent.at(-1), { channel: 'sms', number: '+358401234567' });
    await withNews('mail');
    await run('mail', nine, { profile: async () => ({ channel: 'sms', language: 'en', email: 'a@b.fi' }) });
    assert.deepEqual(sent.at(-1), { channel: 'email', address: 'a@b.fi' });
    await withNews('none');
    assert.equal(
      (await run('none', nine, { profile: async () => ({ channel: 'sms', language: 'en' }) })).refused,
      1,
    );
  });

  test('without time left everybody waits for the next call', async () => {
    await withNews('late');
    assert.ok((await run('late', nine, { hasTime: () => false })).left >= 1);
    await run('late', nine);
    assert.equal(mails('late'), 1);
  });

  test('nothing by night; what waits goes out at nine', async () => {
    await withNews('owl');
    const night = nine - 12 * hourMs;
    const plan = (at: number) => {
      const tasks: string[] = [];
      const hand = async ({ shard }: { shard: string }) => {
        tasks.push(shard);
      };
      return planDigests({ at: new Date(at).toISOString() }, { hand, now: () => at }).then(() => tasks);
    };
    assert.deepEqual(await plan(night), []);
    assert.deepEqual(await plan(nine - hourMs), []);
    assert.deepEqual(await plan(nine), [...shards]);
    await run('owl', night);
    assert.equal(mails('owl'), 0);
    await run('owl', nine);
    assert.equal(mails('owl'), 1);
  });
});
