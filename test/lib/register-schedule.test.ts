import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../../lib/app.ts';
import { parseStage, readContext } from '../../lib/stage.ts';
import { synthesise } from './app.ts';

const registerUrl = 'https://register.example/services.json';

const withRegister = (url: string) => {
  const context = readContext();
  const stages = context.stages as Record<string, object>;
  return { ...context, stage: 'prod', stages: { ...stages, prod: { ...stages.prod, registerUrl: url } } };
};

interface Schedule {
  readonly Type: string;
  readonly Properties: {
    readonly ScheduleExpression: string;
    readonly ScheduleExpressionTimezone: string;
    readonly Target: { readonly Input: string };
  };
}

test('where a stage knows the register, it is taken in once a day; cdk-nag finds nothing', async () => {
  // Builds what a template points at, where it is not there yet.
  const { ofType } = await synthesise('prod');
  assert.equal(ofType('AWS::Scheduler::Schedule').length, 1);
  const outdir = mkdtempSync(join(tmpdir(), 'asiointi-synth-'));
  try {
    const app = createApp({ outdir, context: withRegister(registerUrl) });
    const { stacks } = app.synth();
    assert.deepEqual(new AwsSolutionsChecks().validateScope(app).violations, []);
    const template = stacks.find(({ stackName }) => stackName === 'asiointi-prod')?.template;
    const daily = (Object.values(template?.Resources ?? {}) as Schedule[]).find(
      ({ Type, Properties }) =>
        Type === 'AWS::Scheduler::Schedule' && Properties.Target.Input.includes(registerUrl),
    )?.Properties;
    assert.deepEqual(JSON.parse(daily?.Target.Input ?? ''), { url: registerUrl });
    assert.equal(daily?.ScheduleExpression, 'cron(30 4 * * ? *)');
    assert.equal(daily?.ScheduleExpressionTimezone, 'Europe/Helsinki');
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test('a register is fetched over https only', () => {
  assert.equal(parseStage(withRegister(registerUrl)).registerUrl, registerUrl);
  assert.throws(() => parseStage(withRegister('http://register.example/')), /registerUrl/);
});
