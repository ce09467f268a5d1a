/** Ways to ask the synthesised portal stack who may do what. */
import assert from 'node:assert/strict';
import type { Resource, Synthesised } from '../app.ts';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** Not what the CDK brings along. */
export const ours = ({ id }: Resource): boolean => !/^(Custom|AWSCDK)/.test(id);
export const portalFunctions = (stack: Synthesised): Resource[] =>
  stack.ofType('AWS::Lambda::Function').filter(ours);

export const rightsIn = (stack: Synthesised) => {
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

  /** What the role of a function may do. */
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

  const bundles: readonly string[] = portalFunctions(stack).map(({ Properties }) =>
    String(Properties.FunctionName).replace('asiointi-prod-', ''),
  );
  const bundlesWith = (isTheirs: (bundle: string) => boolean): string[] =>
    bundles.filter(isTheirs).toSorted();

  return { permissions, statements, actionsOn, bundles, bundlesWith };
};
