import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { overdueMetric } from '../../lambdas/attachments/overdue-metric.ts';
import { waitingMetric } from '../../lambdas/deliveries/watch.ts';
import { createApp } from '../../lib/app.ts';
import { departmentScopes, readStage, stageNames } from '../../lib/stage.ts';
import { type Resource, type Synthesised, synthesise } from './app.ts';

const findings = (app: Parameters<AwsSolutionsChecks['validateScope']>[0]): string[] =>
  new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId }) => `${ruleName} ${resourceLogicalId}`),
    );

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

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

const ours = ({ id }: Resource): boolean => !/^(Custom|AWSCDK)/.test(id);
const portalFunctions = (stack: Synthesised): Resource[] =>
  stack.ofType('AWS::Lambda::Function').filter(ours);

describe('the portal stack', () => {
  let stack: Synthesised;
  before(async () => {
    stack = await synthesise('prod');
  });

  /** What roles may do, said in a role itself or in a policy beside it. */
  const permissions = () => [
    ...stack.ofType('AWS::IAM::Policy').map(policy => ({
      policy,
      roles: (policy.Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref),
      statements: policy.Properties.PolicyDocument.Statement as Statement[],
    })),
    ...stack
      .ofType('AWS::IAM::Role')
      .flatMap(policy =>
        ((policy.Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).map(
          ({ PolicyDocument }) => ({ policy, roles: [policy.id], statements: PolicyDocument.Statement }),
        ),
      ),
  ];
  const statements = (bundle: string): Statement[] => {
    const found = portalFunctions(stack).find(
      ({ Properties }) => Properties.FunctionName === `asiointi-prod-${bundle}`,
    );
    assert.ok(found, `no function ${bundle}`);
    const [role] = found.Properties.Role['Fn::GetAtt'];
    return permissions()
      .filter(({ roles }) => roles.includes(role))
      .flatMap(({ statements }) => statements);
  };
  const actionsOn = (bundle: string, resource: RegExp): string[] =>
    statements(bundle)
      .filter(({ Effect, Resource }) => Effect === 'Allow' && resource.test(JSON.stringify(Resource)))
      .flatMap(({ Action }) => list(Action))
      .sort();

  test('a finding makes the check fail', () => {
    const app = createApp();
    new Bucket(new Stack(app, 'Careless'), 'Open');
    assert.ok(findings(app).some(finding => finding.startsWith('AwsSolutions-S10')));
  });

  test('routes are those of the contract and $default', () => {
    const routes = stack
      .ofType('AWS::ApiGatewayV2::Route')
      .map(({ Properties }) => Properties.RouteKey)
      .sort();
    assert.deepEqual(routes, [...contractRoutes, '$default'].sort());
  });

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

  test('only the one who hears the scanner can put a file where departments read, and they read nowhere else', () => {
    const bundles = portalFunctions(stack).map(({ Properties }) =>
      String(Properties.FunctionName).replace('asiointi-prod-', ''),
    );
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

  const bundlesWith = (isTheirs: (bundle: string) => boolean): string[] =>
    portalFunctions(stack)
      .map(({ Properties }) => String(Properties.FunctionName).replace('asiointi-prod-', ''))
      .filter(isTheirs)
      .sort();

  test('receipts are signed by who hands them out, alone or with the whole case, and never what a form that is not stored has said', () => {
    const may = (action: string) => bundlesWith(bundle => actionsOn(bundle, /KeysReceipts/).includes(action));
    assert.deepEqual(may('kms:Sign'), ['receipts-receipt', 'records-bundle']);
    assert.deepEqual(may('kms:GetPublicKey'), ['receipts-keys', 'receipts-receipt', 'records-bundle']);
    const touching = bundlesWith(bundle => actionsOn(bundle, /TablesDeliveries/).length > 0);
    assert.deepEqual(touching, ['cases-submit', 'deliveries-watch', 'department-department']);
    assert.deepEqual(actionsOn('cases-submit', /TablesDeliveries/), ['dynamodb:PutItem']);
    assert.deepEqual(actionsOn('deliveries-watch', /KeysSealing/), [], 'it counts and can open nothing');
  });

  test('a delivery that no department acknowledges is heard of', () => {
    const alarm = stack
      .ofType('AWS::CloudWatch::Alarm')
      .find(({ Properties }) => Properties.MetricName === waitingMetric.name);
    assert.equal(alarm?.Properties.Namespace, waitingMetric.namespace);
    assert.equal(alarm?.Properties.Threshold, 72);
  });

  test('only identification turns an identity code into a look-up key', () => {
    const users = portalFunctions(stack)
      .map(({ Properties }) => String(Properties.FunctionName).replace('asiointi-prod-', ''))
      .filter(bundle => actionsOn(bundle, /KeysIdentity/).length > 0);
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

  test('what is the same for everybody is cached without cookies, and reports of openings never are', () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    const policies = new Map(
      stack
        .ofType('AWS::CloudFront::CachePolicy')
        .map(({ id, Properties }) => [id, Properties.CachePolicyConfig]),
    );
    for (const path of ['api/bulletins', 'api/popular-services']) {
      const behaviour = distribution.CacheBehaviors.find(
        ({ PathPattern }: { PathPattern: string }) => PathPattern === path,
      );
      const { ParametersInCacheKeyAndForwardedToOrigin: key, ...times } = policies.get(
        behaviour.CachePolicyId.Ref,
      );
      assert.deepEqual([times.MinTTL, times.DefaultTTL], [0, 0], 'the answer says how long');
      assert.deepEqual(
        [
          key.CookiesConfig.CookieBehavior,
          key.HeadersConfig.HeaderBehavior,
          key.QueryStringsConfig.QueryStringBehavior,
        ],
        ['none', 'none', 'none'],
      );
      assert.equal(behaviour.OriginRequestPolicyId, undefined);
    }
  });

  test('the log of who looked grows and never changes, and who writes it cannot read it but to answer with it', () => {
    const rights = portalFunctions(stack).flatMap(({ Properties }) => {
      const bundle = String(Properties.FunctionName).replace('asiointi-prod-', '');
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

  test('pages come from the bucket, and what it lacks from the API in its own words', () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    assert.deepEqual(distribution.OriginGroups.Items[0].FailoverCriteria.StatusCodes.Items, [403, 404]);
    const paths = distribution.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern);
    assert.deepEqual(paths, [
      'assets/*',
      'api/forms/*',
      'api/bulletins',
      '.well-known/*',
      'api/popular-services',
      'api/*',
      'gdpr-api/*',
    ]);
  });

  test("an error is answered as it was given, and one person's is never the next one's", () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    assert.deepEqual(
      distribution.CustomErrorResponses,
      // Those that CloudFront keeps and whose keeping can be set.
      [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map(ErrorCode => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  test('the API is reached with the secret only, and no template says it', () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    const [api] = distribution.Origins.filter(
      (origin: { CustomOriginConfig?: unknown }) => origin.CustomOriginConfig,
    );
    assert.equal(api.OriginCustomHeaders[0].HeaderName, 'x-origin-secret');
    assert.match(JSON.stringify(api.OriginCustomHeaders[0].HeaderValue), /\{\{resolve:secretsmanager:/);
    for (const { Properties } of portalFunctions(stack))
      for (const name of ['ORIGIN_SECRET', 'IDENTITY_CLIENT_SECRET'])
        if (name in Properties.Environment.Variables)
          assert.match(JSON.stringify(Properties.Environment.Variables[name]), /\{\{resolve:secretsmanager:/);
  });

  test('answers of the API keep their own headers: only transport is said for them', () => {
    const policy = stack
      .ofType('AWS::CloudFront::ResponseHeadersPolicy')
      .find(({ id }) => id.startsWith('SiteHeadersApi'));
    assert.deepEqual(
      Object.keys(policy?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig).sort(),
      ['ContentTypeOptions', 'StrictTransportSecurity'],
    );
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

  test('the edge stack has the certificate and a firewall that lets long forms through', () => {
    assert.equal(stack.ofEdgeType('AWS::CertificateManager::Certificate').length, 1);
    const [firewall] = stack.ofEdgeType('AWS::WAFv2::WebACL');
    assert.equal(firewall?.Properties.Scope, 'CLOUDFRONT');
    assert.match(JSON.stringify(firewall?.Properties.Rules), /"Count":\{\}\},"Name":"SizeRestrictions_BODY"/);
    const priorities = firewall?.Properties.Rules.map(({ Priority }: { Priority: number }) => Priority);
    assert.equal(new Set(priorities).size, priorities.length, 'rules need priorities of their own');
  });
});

const department = '/api/department/v1';
const contractRoutes = [
  'GET /api/auth/sign-in',
  'GET /api/auth/callback',
  'POST /api/auth/sign-out',
  'POST /api/auth/backchannel-logout',
  'GET /api/auth/frontchannel-logout',
  'GET /api/auth/jwks.json',
  'GET /api/auth/mandate',
  'GET /api/auth/mandate/callback',
  'GET /api/mandate',
  'PUT /api/mandate',
  'POST /api/mandate/check',
  'GET /api/session',
  'POST /api/session',
  'GET /api/profile',
  'PUT /api/profile',
  'POST /api/profile/codes',
  'POST /api/profile/confirmations',
  'GET /api/services',
  'GET /api/services/{id}',
  'GET /api/forms/{id}',
  'GET /api/forms/{id}/places',
  'GET /api/bulletins',
  'GET /api/popular-services',
  'POST /api/services/{id}/openings',
  'GET /api/drafts',
  'GET /api/drafts/key',
  'GET /api/drafts/{id}',
  'PUT /api/drafts/{id}',
  'DELETE /api/drafts/{id}',
  'GET /api/drafts/{id}/attachments',
  'POST /api/drafts/{id}/attachments',
  'DELETE /api/drafts/{id}/attachments/{attachment}',
  'POST /api/cases',
  'GET /api/cases',
  'GET /api/cases/{caseNumber}',
  'PUT /api/cases/{caseNumber}/seen',
  'POST /api/cases/{caseNumber}/messages',
  'PUT /api/cases/{caseNumber}/messages/draft',
  'GET /api/cases/{caseNumber}/events/{event}/calendar',
  'GET /api/cases/{caseNumber}/receipt',
  'GET /api/readings',
  'GET /api/cases/{caseNumber}/readings',
  'GET /api/sign-ins',
  'POST /api/cases/{caseNumber}/cancellation',
  'GET /api/consents/{form}',
  'GET /.well-known/jwks.json',
  'GET /api/cases/{caseNumber}/attachments',
  'POST /api/cases/{caseNumber}/attachments',
  'PUT /api/cases/{caseNumber}/attachments/{attachment}',
  'DELETE /api/cases/{caseNumber}/attachments/{attachment}',
  `GET ${department}/cases`,
  `GET ${department}/cases/{caseNumber}`,
  `GET ${department}/cases/{caseNumber}/attachments/{id}`,
  `POST ${department}/cases/{caseNumber}/events`,
  `GET ${department}/deliveries`,
  `GET ${department}/deliveries/{id}`,
  `POST ${department}/deliveries/{id}/acknowledgement`,
  `GET ${department}/bulletins`,
  `PUT ${department}/bulletins/{id}`,
  `DELETE ${department}/bulletins/{id}`,
  `GET ${department}/openapi.json`,
  'GET /api/profile/export',
  'DELETE /api/profile',
  'GET /api/cases/{caseNumber}/bundle',
  'GET /gdpr-api/v1/profiles/{id}',
  'DELETE /gdpr-api/v1/profiles/{id}',
];
