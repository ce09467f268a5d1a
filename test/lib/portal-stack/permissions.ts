/** Who may do what, to sessions and profiles above all. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { synthesise } from '../app.ts';
import { list, ours, rightsIn, type Statement } from './template.ts';

const stack = await synthesise('prod');
const { permissions, statements, actionsOn, bundlesWith } = rightsIn(stack);

describe('who may do what', () => {
  test('no role may do everything, or anything to everything', () => {
    const own = permissions().filter(({ policy }) => ours(policy));
    assert.ok(own.length > 40);
    for (const {
      policy: { id },
      statements,
    } of own)
      for (const { Effect, Action, Resource } of statements) {
        if (Effect === 'Deny') continue;
        for (const action of list(Action)) assert.doesNotMatch(action, /\*/, `${id}: ${action}`);
        // A text message has no resource of its own; topics are denied beside it.
        if (list(Resource).includes('*')) assert.deepEqual(list(Action), ['sns:Publish'], id);
      }
    assert.ok(
      statements('digests-send').some(({ Effect, Action }) => Effect === 'Deny' && Action === 'sns:Publish'),
    );
  });

  test('no role has a policy somebody else manages', () => {
    for (const { id, Properties } of stack.ofType('AWS::IAM::Role').filter(ours))
      assert.equal(Properties.ManagedPolicyArns, undefined, id);
  });

  test('nobody may scan a table, and CloudFront alone reads the site', () => {
    const actions = permissions().flatMap(({ statements }) =>
      statements.flatMap(({ Action }) => list(Action)),
    );
    assert.ok(!actions.some(action => /dynamodb:(Scan|\w*Table)/.test(action)));
    const readers = stack
      .ofType('AWS::S3::BucketPolicy')
      .filter(({ Properties }) => /BucketsSite/.test(JSON.stringify(Properties.Bucket)))
      .flatMap(
        ({ Properties }) => Properties.PolicyDocument.Statement as (Statement & { Principal: unknown })[],
      )
      .filter(({ Effect }) => Effect === 'Allow');
    assert.deepEqual(
      readers.map(({ Principal }) => Principal),
      [{ Service: 'cloudfront.amazonaws.com' }],
    );
  });

  test('a signed-in request can use a session and neither make nor end one', () => {
    for (const bundle of [
      'cases-folder',
      'cases-submit',
      'cases-case',
      'drafts-drafts',
      'drafts-attachments',
    ])
      assert.deepEqual(
        actionsOn(bundle, /TablesSessions/),
        ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        bundle,
      );
  });

  test('only identification turns an identity code into a look-up key', () => {
    const users = bundlesWith(bundle => actionsOn(bundle, /KeysIdentity/).length > 0);
    assert.deepEqual(users, ['identity-sign-in', 'mandates-mandates']);
  });

  test('who writes into a profile can seal it', () => {
    for (const bundle of ['identity-sign-in', 'mandates-mandates', 'profile-profile']) {
      assert.ok(actionsOn(bundle, /TablesProfiles/).includes('dynamodb:PutItem'), bundle);
      assert.deepEqual(actionsOn(bundle, /KeysSealing/), ['kms:Decrypt', 'kms:GenerateDataKey'], bundle);
    }
  });

  test('who speaks to the register of mandates changes sessions, and deletes none', () => {
    const access = statements('mandates-mandates')
      .filter(({ Resource }) => /TablesSessions/.test(JSON.stringify(Resource)))
      .flatMap(({ Action, Condition }) => {
        const partitions = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
        return list(partitions as string[]).flatMap(partition =>
          list(Action).map(action => `${partition} ${action}`),
        );
      });
    assert.deepEqual([...new Set(access)].sort(), [
      'MANDATE#* dynamodb:DeleteItem',
      'MANDATE#* dynamodb:PutItem',
      'PERSON#* dynamodb:PutItem',
      'SESSION#* dynamodb:GetItem',
      'SESSION#* dynamodb:PutItem',
      'SESSION#* dynamodb:UpdateItem',
    ]);
  });

  test('bulletins and counts lie in one table, and none who may touch the ones can touch the others', () => {
    const access = (bundle: string) =>
      statements(bundle)
        .filter(({ Resource }) => /TablesCatalogue/.test(JSON.stringify(Resource)))
        .map(({ Action, Condition }) => [
          list(Action).sort(),
          Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
        ]);
    assert.deepEqual(access('bulletins-bulletins'), [[['dynamodb:Query'], ['BULLETIN']]]);
    assert.deepEqual(access('openings-openings'), [
      [['dynamodb:Query', 'dynamodb:UpdateItem'], ['OPENINGS#*']],
    ]);
    assert.deepEqual(access('department-department'), [
      [['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query'], ['BULLETIN']],
    ]);
    for (const bundle of ['bulletins-bulletins', 'openings-openings'])
      assert.deepEqual(
        actionsOn(bundle, /TablesSessions|TablesProfiles|TablesCases|KeysSealing/),
        [],
        bundle,
      );
  });
});
