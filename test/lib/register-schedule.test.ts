import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsSolutionsChecks } from 'cdk-nag';
import { outcomes } from '../../lambdas/catalogue/report.ts';
import { parseStage, readContext } from '../../lib/stage.ts';
import { synthesise } from './app.ts';

const registerUrl = 'https://register.example/services.json';

const withRegister = (url: string) => {
  const context = readContext();
  const stages = context.stages as Record<string, object>;
  return { ...context, stage: 'prod', stages: { ...stages, prod: { ...stages.prod, registerUrl: url } } };
};

test('where a stage knows the register, it is taken in once a day; what fails is kept and told', async () => {
  const { app, ofType } = await synthesise('prod');
  assert.deepEqual(new AwsSolutionsChecks().validateScope(app).violations, []);
  const daily = ofType('AWS::Scheduler::Schedule').find(({ id }) => id.includes('Register'))?.Properties;
  const { registerUrl: url } = parseStage({ ...readContext(), stage: 'prod' });
  assert.deepEqual(JSON.parse(daily.Target.Input), { url });
  assert.equal(daily.ScheduleExpression, 'cron(30 4 * * ? *)');
  assert.equal(daily.ScheduleExpressionTimezone, 'Europe/Helsinki');
  const failed = daily.Target.DeadLetterConfig.Arn['Fn::GetAtt'][0];
  const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  const watching = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric);
  assert.ok(JSON.stringify(watching('ApproximateNumberOfMessagesVisible')).includes(failed));
  assert.ok(JSON.stringify(watching('InvocationDroppedCount')).includes(daily.GroupName));
});

test('a register that is refused raises an alarm, and one that has not come for two days', async () => {
  const { ofType } = await synthesise('prod');
  const [refused] = ofType('AWS::CloudWatch::Alarm').filter(
    ({ Properties }) => Properties.MetricName === outcomes.refused,
  );
  assert.equal(refused?.Properties.Threshold, 1);
  assert.equal(refused?.Properties.TreatMissingData, 'notBreaching');
  const [stale] = ofType('AWS::CloudWatch::Alarm').filter(
    ({ Properties }) => Properties.MetricName === outcomes.taken,
  );
  const { Period, EvaluationPeriods, ComparisonOperator, TreatMissingData } = stale?.Properties ?? {};
  assert.deepEqual(
    [Period, EvaluationPeriods, ComparisonOperator, TreatMissingData],
    [86_400, 2, 'LessThanThreshold', 'breaching'],
  );
  for (const word of [outcomes.refused, outcomes.taken]) {
    const filter = ofType('AWS::Logs::MetricFilter').find(
      ({ Properties }) => Properties.FilterPattern === `"${word}"`,
    );
    const [{ MetricName, MetricNamespace }] = filter?.Properties.MetricTransformations ?? [];
    assert.deepEqual([MetricName, MetricNamespace], [word, 'asiointi-prod']);
    assert.match(JSON.stringify(filter?.Properties.LogGroupName), /CataloguePublishLog/);
  }
});

test('where no address is known there is no schedule, and no alarm that it did not run', async () => {
  const { ofType } = await synthesise('local');
  assert.deepEqual(
    ofType('AWS::Scheduler::Schedule').filter(({ id }) => id.includes('Register')),
    [],
  );
  const watched = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.MetricName);
  assert.ok(watched.includes(outcomes.refused) && !watched.includes(outcomes.taken));
});

test('a register is fetched over https only', () => {
  assert.equal(parseStage(withRegister(registerUrl)).registerUrl, registerUrl);
  assert.throws(() => parseStage(withRegister('http://register.example/')), /registerUrl/);
});
