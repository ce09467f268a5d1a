/** What holds in every stage. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../../../lib/app.ts';
import { stageNames } from '../../../lib/stage.ts';
import { type Synthesised, synthesise } from '../app.ts';
import { ours, portalFunctions } from './template.ts';

const findings = (app: Parameters<AwsSolutionsChecks['validateScope']>[0]): string[] =>
  new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId }) => `${ruleName} ${resourceLogicalId}`),
    );

for (const stage of stageNames)
  describe(`stage ${stage}`, () => {
    let stack: Synthesised;
    before(async () => {
      stack = await synthesise(stage);
    });

    test('cdk-nag finds nothing', () => assert.deepEqual(findings(stack.app), []));

    test('every function is Node 24 on arm64, with a role and a log of its own', () => {
      const functions = portalFunctions(stack);
      assert.equal(
        new Set(functions.map(({ Properties }) => JSON.stringify(Properties.Role))).size,
        functions.length,
      );
      for (const { Properties } of functions) {
        assert.equal(Properties.Runtime, 'nodejs24.x');
        assert.deepEqual(Properties.Architectures, ['arm64']);
        assert.ok(Properties.LoggingConfig.LogGroup);
      }
    });

    test('every log group is encrypted and forgets', () => {
      for (const { id, Properties } of stack.ofType('AWS::Logs::LogGroup').filter(ours)) {
        assert.ok(Properties.KmsKeyId, id);
        assert.ok(Properties.RetentionInDays <= 90, id);
      }
    });

    test('tables are on demand, sealed with our key and free of scans', () => {
      const tables = stack.ofType('AWS::DynamoDB::Table');
      assert.deepEqual(tables.map(({ id }) => /^Tables(\w+)Table/.exec(id)?.[1]).sort(), [
        'AccessLog',
        'Attachments',
        'Cases',
        'Catalogue',
        'Deliveries',
        'Digests',
        'Drafts',
        'Profiles',
        'Sessions',
      ]);
      for (const { Properties } of tables) {
        assert.equal(Properties.BillingMode, 'PAY_PER_REQUEST');
        assert.ok(Properties.SSESpecification.KMSMasterKeyId);
      }
    });

    test('what must last can be brought back, and in production not be deleted', () => {
      for (const { id, Properties, DeletionPolicy } of stack.ofType('AWS::DynamoDB::Table')) {
        const lasting = !id.startsWith('TablesSessions');
        // A backup would keep for weeks what a department has acknowledged (R6.7).
        const backedUp = lasting && !id.startsWith('TablesDeliveries');
        assert.equal(Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, backedUp, id);
        assert.equal(Properties.DeletionProtectionEnabled, lasting && stage === 'prod', id);
        assert.equal(DeletionPolicy, lasting && stage === 'prod' ? 'Retain' : 'Delete', id);
      }
      for (const { id, DeletionPolicy } of stack.ofType('AWS::KMS::Key'))
        assert.equal(DeletionPolicy, 'Retain', id);
    });

    test('rows that end say so in `expiresAt`; profiles have no end, files and deliveries go otherwise', () => {
      for (const { id, Properties } of stack.ofType('AWS::DynamoDB::Table'))
        assert.equal(
          Properties.TimeToLiveSpecification?.AttributeName,
          /Profiles|Attachments|Deliveries/.test(id) ? undefined : 'expiresAt',
        );
    });
  });

test('a finding makes the check fail', () => {
  const app = createApp();
  new Bucket(new Stack(app, 'Careless'), 'Open');
  assert.ok(findings(app).some(finding => finding.startsWith('AwsSolutions-S10')));
});
