import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { OAuthScope, ResourceServerScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type DepartmentClient, departmentScopes, type Stage } from './stage.ts';

/** `department/cases.read` is the scope `cases.read` of the resource server `department`. */
const [resourceServer] = departmentScopes[0].split('/') as [string];
const scopeName = (scope: string): string => scope.slice(resourceServer.length + 1);

/** Who department systems are: OAuth 2.0 client credentials (RFC 6749, section 4.4). No person signs in here. */
export class DepartmentClients extends Construct {
  /** Issuer of the tokens. */
  readonly issuer: string;
  /** Where the keys are that its tokens are signed with. */
  readonly keySet: string;
  /** JSON for `DEPARTMENT_CLIENTS`: client id → name and the services whose cases it may see. */
  readonly directory: string;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const clients = stage.departmentIssuer
      ? Object.fromEntries(stage.departmentClients.map(client => [client.id, entry(client)]))
      : undefined;
    const pool = clients ? undefined : this.pool();
    this.issuer = stage.departmentIssuer ?? pool?.userPoolProviderUrl ?? '';
    this.keySet = `${this.issuer}/.well-known/jwks.json`;
    this.directory = Stack.of(this).toJsonString(clients ?? this.register(pool as UserPool, stage));
  }

  private pool(): UserPool {
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      passwordPolicy: {
        minLength: 16,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const domain = pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${Stack.of(this).stackName}-${Aws.ACCOUNT_ID}` },
    });
    new CfnOutput(this, 'TokenEndpoint', { value: `${domain.baseUrl()}/oauth2/token` });
    Validations.of(pool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'The pool has no users: only systems with client credentials.' },
      {
        id: 'AwsSolutions-COG3',
        reason: 'Threat protection watches the sign-ins of users, and the pool has none.',
      },
      { id: 'AwsSolutions-COG8', reason: 'The Plus plan protects users, and the pool has none.' },
    );
    return pool;
  }

  private register(pool: UserPool, stage: Stage): Record<string, unknown> {
    const scopes = departmentScopes.map(
      scope => new ResourceServerScope({ scopeName: scopeName(scope), scopeDescription: scope }),
    );
    const server = pool.addResourceServer('Api', { identifier: resourceServer, scopes });
    const scopeOf = (scope: string) =>
      OAuthScope.resourceServer(
        server,
        scopes[departmentScopes.indexOf(scope as never)] as ResourceServerScope,
      );
    return Object.fromEntries(
      stage.departmentClients.map(client => {
        const { userPoolClientId } = pool.addClient(client.id, {
          generateSecret: true,
          oAuth: { flows: { clientCredentials: true }, scopes: client.scopes.map(scopeOf) },
          accessTokenValidity: Duration.minutes(15),
          authFlows: {},
          enableTokenRevocation: true,
        });
        return [userPoolClientId, entry(client)];
      }),
    );
  }
}

const entry = ({ name, services }: DepartmentClient) => ({ name, services });
