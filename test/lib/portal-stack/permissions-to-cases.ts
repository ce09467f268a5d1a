/** Who may do what to cases, their files, and what is known of who looked. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { synthesise } from '../app.ts';
import { list, rightsIn } from './template.ts';

const stack = await synthesise('prod');
const { statements, actionsOn, bundles, bundlesWith } = rightsIn(stack);

describe('who may do what to cases', () => {
  test('the folder sees headers and marks, and can open nothing', () => {
    assert.deepEqual(
      new Set(actionsOn('cases-folder', /TablesCases/)),
      new Set(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']),
    );
    const partitions = statements('cases-folder')
      .filter(({ Resource }) => /TablesCases/.test(JSON.stringify(Resource)))
      .map(({ Action, Condition = {} }) => [
        [Action].flat().length,
        ...Object.values(Condition['ForAllValues:StringLike'] ?? {}).flat(),
      ]);
    // It writes its own copy of a large folder's list, and nothing else.
    assert.deepEqual(partitions, [
      [3, 'OWNER#*', 'SEEN#*', 'CARD#*'],
      [1, 'CARD#*'],
      [1, 'OWNER#*'],
    ]);
    assert.deepEqual(actionsOn('cases-folder', /KeysSealing|KeysIdentity/), []);
  });

  test('only the one who hears the scanner can put a file where departments read, and they read nowhere else', () => {
    const who = (action: string, place: RegExp): string[] =>
      bundles
        .filter(bundle =>
          statements(bundle).some(
            ({ Effect, Action, Resource }) =>
              Effect === 'Allow' &&
              list(Action).includes(action) &&
              /BucketsUploads/.test(JSON.stringify(Resource)) &&
              place.test(JSON.stringify(Resource)),
          ),
        )
        .sort();
    assert.deepEqual(who('s3:PutObject', /clean/), ['attachments-verdict']);
    assert.deepEqual(who('s3:GetObject', /clean/), ['department-department']);
    assert.ok(!who('s3:GetObject', /quarantine/).includes('department-department'));
  });

  test('receipts are signed by who hands them out, alone or with the whole case, and never what a form that is not stored has said', () => {
    const may = (action: string) => bundlesWith(bundle => actionsOn(bundle, /KeysReceipts/).includes(action));
    assert.deepEqual(may('kms:Sign'), ['receipts-receipt', 'records-bundle']);
    assert.deepEqual(may('kms:GetPublicKey'), ['receipts-keys', 'receipts-receipt', 'records-bundle']);
    const touching = bundlesWith(bundle => actionsOn(bundle, /TablesDeliveries/).length > 0);
    assert.deepEqual(touching, ['cases-submit', 'deliveries-watch', 'department-department']);
    assert.deepEqual(actionsOn('cases-submit', /TablesDeliveries/), ['dynamodb:PutItem']);
    assert.deepEqual(actionsOn('deliveries-watch', /KeysSealing/), [], 'it counts and can open nothing');
  });

  test('the log of who looked grows and never changes, and who writes it cannot read it but to answer with it', () => {
    const rights = bundles.flatMap(bundle => {
      const actions = actionsOn(bundle, /TablesAccessLog/);
      return actions.length > 0 ? [[bundle, ...new Set(actions)]] : [];
    });
    const readers = rights.filter(([, ...actions]) => actions.includes('dynamodb:Query'));
    assert.deepEqual(readers.sort(), [
      ['access-log-entries', 'dynamodb:Query'],
      // Its answer is made of the log, and is a reading itself.
      ['gdpr-query', 'dynamodb:PutItem', 'dynamodb:Query'],
      ['my-data-export', 'dynamodb:Query'],
    ]);
    const writers = rights.filter(right => !readers.includes(right));
    assert.ok(writers.length > 0);
    for (const [bundle, ...actions] of writers) assert.deepEqual(actions, ['dynamodb:PutItem'], bundle);
  });

  test('who reads all of a person deletes nothing; who deletes can open nothing and touch no log', () => {
    for (const bundle of ['my-data-export', 'gdpr-query']) {
      const actions = actionsOn(bundle, /Tables(?!Sessions|AccessLog)/);
      assert.ok(actions.length > 0);
      for (const action of actions) assert.match(action, /:(GetItem|Query)$/, bundle);
    }
    for (const bundle of ['my-data-remove', 'gdpr-remove']) {
      assert.ok(actionsOn(bundle, /TablesDrafts/).includes('dynamodb:DeleteItem'), bundle);
      assert.deepEqual(
        actionsOn(bundle, /KeysSealing|KeysIdentity|TablesAccessLog|TablesDeliveries/),
        [],
        bundle,
      );
    }
  });

  test('digests read what belongs to cases and profiles, and write into a case only that it was told of', () => {
    const touching = statements('digests-send').filter(({ Resource }) =>
      /TablesCases|TablesProfiles/.test(JSON.stringify(Resource)),
    );
    const writes = touching.filter(
      ({ Action }) => !/^dynamodb:(GetItem|Query)$/.test([Action].flat().join()),
    );
    assert.ok(touching.length > writes.length);
    assert.deepEqual(
      writes.map(({ Action, Condition }) => [Action, Condition]),
      [
        [
          'dynamodb:UpdateItem',
          {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CASE#*'] },
            'ForAllValues:StringEquals': {
              'dynamodb:Attributes': ['pk', 'sk', 'outcome', 'channel', 'toldAt'],
            },
            StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
          },
        ],
      ],
    );
    assert.deepEqual(actionsOn('digests-send', /KeysSealing/), ['kms:Decrypt']);
  });
});
