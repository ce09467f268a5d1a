import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Meter, startMeter } from '../../lib/local/meter.ts';
import { caseStore, message, monday, submission } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from './dynamodb-local.ts';

/** Ids as long as real ones: what a row costs hangs on them. */
const owner = 'AbCdEfGhIjKlMnOpQrStUv';
const person = 'ZyXwVuTsRqPoNmLkJiHgFe';
const names = {
  fi: 'Liikunta, suunnistuskartta-avustushakemus',
  sv: 'Idrott, ansökan om bidrag',
  en: 'Sports grant',
};
const service = 'liikunta_suunnistuskartta_avustu';

describe('what a folder holds and costs', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  let meter: Meter;
  let client: DynamoDBDocumentClient;
  const numbers: string[] = [];

  before(async () => {
    local = await startDynamodbLocal();
    meter = await startMeter(local.url);
    client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: meter.url,
        region: 'eu-north-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
      { marshallOptions: { removeUndefinedValues: true } },
    );
    const { submissions, events } = caseStore(local.client);
    for (let n = 0; n < 60; n++) {
      const sent = submission(owner, `draft-${n}-000`, {
        person,
        service,
        form: service,
        title: names,
        at: monday + n,
      });
      const { caseNumber } = await submissions.submit(sent);
      numbers.push(caseNumber);
      const actor = { kind: 'citizen', person } as const;
      if (n >= 35) await events.add(message(owner, caseNumber, 'k1'));
      if (n >= 35) await events.add(message(owner, caseNumber, 'k2', { actor, tell: false }));
    }
  });
  after(async () => {
    client.destroy();
    await meter.close();
    await local.stop();
  });

  const measured = async (work: () => Promise<unknown>) => {
    meter.take();
    await work();
    const taken = meter.take();
    return taken;
  };

  test('pages follow each other without gap or repetition, both ways', async () => {
    const { folder } = caseStore(local.client);
    const walk = async (order: 'asc' | 'desc', after?: string): Promise<string[]> => {
      const page = await folder.page(owner, order, after);
      const found = page.headers.map(({ caseNumber }) => caseNumber);
      return page.next ? [...found, ...(await walk(order, page.next))] : found;
    };
    assert.deepEqual(await walk('asc'), numbers);
    assert.deepEqual(await walk('desc'), numbers.toReversed());
  });

  test("a cursor with another's case number stays in one's own folder", async () => {
    const { folder, submissions } = caseStore(local.client);
    const theirs = await submissions.submit(submission('stranger', 'draft-stranger'));
    const page = await folder.page(owner, 'desc', theirs.caseNumber);
    assert.ok(page.headers.every(({ caseNumber }) => numbers.includes(caseNumber)));
    assert.deepEqual((await folder.page('stranger', 'desc', numbers[3])).headers, []);
  });

  test('25 headers of the largest kind are one call and at most two read units', async () => {
    const cost = await measured(() => caseStore(client).folder.page(owner, 'desc'));
    assert.deepEqual(cost, { reads: cost.reads, writes: 0, calls: 1 });
    assert.ok(cost.reads <= 2, `${cost.reads} read units`);
  });

  test('a small form is sent for at most 14 write units', async () => {
    const { submissions } = caseStore(client);
    const cost = await measured(() => submissions.submit(submission('thrift', 'draft-thrift')));
    assert.ok(cost.writes <= 14, `${cost.writes} write units`);
  });

  test('a case of ten events opens for at most two read units, is seen for at most two write units', async () => {
    const { events, submissions } = caseStore(local.client);
    const { caseNumber } = await submissions.submit(submission('ten', 'draft-ten-00'));
    for (let n = 0; n < 9; n++) await events.add(message('ten', caseNumber, `k${n}`));
    const opened = await measured(() => caseStore(client).cases.open('ten', caseNumber));
    assert.ok(opened.reads <= 2, `${opened.reads} read units`);
    const looked = await measured(() =>
      caseStore(client).seen.mark({ owner: 'ten', person: 'ten' }, caseNumber, 10, monday),
    );
    assert.deepEqual(looked, { reads: 0, writes: looked.writes, calls: 1 });
    assert.ok(looked.writes <= 2, `${looked.writes} write units`);
  });
});
