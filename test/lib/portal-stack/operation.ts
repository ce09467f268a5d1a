/** Schedules, queues, scans and alarms. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { overdueMetric } from '../../../lambdas/attachments/overdue-metric.ts';
import { waitingMetric } from '../../../lambdas/deliveries/watch.ts';
import { departmentScopes, readStage } from '../../../lib/stage.ts';
import { synthesise } from '../app.ts';
import { portalFunctions } from './template.ts';

const stack = await synthesise('prod');

describe('in operation', () => {
  test('every object in quarantine is scanned, and each verdict is heard', () => {
    const [plan] = stack.ofType('AWS::GuardDuty::MalwareProtectionPlan');
    assert.deepEqual(plan?.Properties.ProtectedResource.S3Bucket.ObjectPrefixes, ['quarantine/']);
    const rule = stack
      .ofType('AWS::Events::Rule')
      .find(({ Properties }) => Properties.EventPattern?.source?.includes('aws.guardduty'));
    assert.deepEqual(rule?.Properties.EventPattern['detail-type'], [
      'GuardDuty Malware Protection Object Scan Result',
    ]);
    assert.match(JSON.stringify(rule?.Properties.Targets), /AttachmentsVerdict/);
    const [uploads] = stack.ofType('AWS::S3::Bucket').filter(({ id }) => id.startsWith('BucketsUploads'));
    assert.equal(
      uploads?.Properties.NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled,
      true,
    );
    const alarm = stack
      .ofType('AWS::CloudWatch::Alarm')
      .find(({ Properties }) => Properties.MetricName === overdueMetric.name);
    assert.equal(alarm?.Properties.Namespace, overdueMetric.namespace);
  });

  test('a delivery that no department acknowledges is heard of', () => {
    const alarm = stack
      .ofType('AWS::CloudWatch::Alarm')
      .find(({ Properties }) => Properties.MetricName === waitingMetric.name);
    assert.equal(alarm?.Properties.Namespace, waitingMetric.namespace);
    assert.equal(alarm?.Properties.Threshold, 72);
  });

  test('the digest goes out on the hour, 9 to 20, by the clock of the city', () => {
    const schedule = stack
      .ofType('AWS::Scheduler::Schedule')
      .find(({ id }) => id.startsWith('DigestsSchedule'));
    assert.equal(schedule?.Properties.ScheduleExpression, 'cron(0 9-20 * * ? *)');
    assert.equal(schedule?.Properties.ScheduleExpressionTimezone, 'Europe/Helsinki');
    assert.equal(schedule?.Properties.Target.Input, '{"at":"<aws.scheduler.scheduled-time>"}');
    assert.ok(schedule?.Properties.Target.DeadLetterConfig.Arn);
  });

  test('a digest message stays hidden longer than its sender may take, and fails into a queue', () => {
    const queue = stack
      .ofType('AWS::SQS::Queue')
      .find(({ Properties }) => Properties.RedrivePolicy)?.Properties;
    const sender = portalFunctions(stack).find(({ Properties }) =>
      Properties.FunctionName.endsWith('digests-send'),
    );
    assert.ok(queue.VisibilityTimeout > sender?.Properties.Timeout);
    assert.equal(stack.ofType('AWS::Lambda::EventSourceMapping')[0]?.Properties.BatchSize, 1);
  });

  test('every function has its alarms, and every dead-letter queue', () => {
    const alarms = stack
      .ofType('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => `${Properties.MetricName} ${JSON.stringify(Properties.Dimensions)}`);
    for (const { id } of portalFunctions(stack))
      for (const metric of ['Errors', 'Throttles'])
        assert.ok(
          alarms.some(alarm => alarm.startsWith(`${metric} `) && alarm.includes(`"${id}"`)),
          `${metric} of ${id}`,
        );
    assert.equal(alarms.filter(alarm => alarm.startsWith('ApproximateNumberOfMessagesVisible')).length, 3);
  });

  test('department clients get tokens for themselves, with the scopes they are configured with', () => {
    const clients = stack.ofType('AWS::Cognito::UserPoolClient');
    const prod = readStage('prod');
    assert.ok(clients.length > 0);
    for (const { id: clientId, Properties } of clients) {
      assert.deepEqual(Properties.AllowedOAuthFlows, ['client_credentials']);
      assert.equal(Properties.GenerateSecret, true);
      const configured = prod.departmentClients.find(({ id }) => clientId.includes(id.replaceAll('-', '')));
      const scopes = JSON.stringify(Properties.AllowedOAuthScopes);
      for (const scope of departmentScopes)
        assert.equal(scopes.includes(`/${scope.split('/')[1]}`), configured?.scopes.includes(scope), scope);
    }
  });
});
