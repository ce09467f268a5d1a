/** CloudFormation's intrinsic functions, as far as the CDK writes them. */
import type { Resource, Stack, Template } from './template.ts';

export interface Surroundings {
  readonly account: string;
  /** What `Ref` gives for a resource. */
  ref(resource: Resource): string;
  /** What `Fn::GetAtt` gives for a resource. */
  attribute(resource: Resource, name: string): string;
  /** The value behind a dynamic reference to the secret of this logical id (or name). */
  secret(id: string): string;
}

export interface Resolver {
  /** A value of the template with every intrinsic function replaced. Throws at one it does not know. */
  value(value: unknown, stack: string): unknown;
  /** A resource's properties, resolved. */
  properties<T>(resource: Resource): T;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const noValue = Symbol('AWS::NoValue');

const pseudo = (name: string, stack: Stack, account: string): unknown =>
  ({
    'AWS::Region': stack.region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${account}:stack/${stack.name}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  })[name];

export const createResolver = (template: Template, surroundings: Surroundings): Resolver => {
  const stackOf = (name: string): Stack => {
    const stack = template.stacks.get(name);
    if (stack === undefined) throw new Error(`no stack ${name}`);
    return stack;
  };

  const resourceOf = (id: string, stack: Stack): Resource => {
    const resource = stack.resources.get(id);
    if (resource === undefined) throw new Error(`${stack.name} has no resource ${id}`);
    return resource;
  };

  const ref = (id: string, stack: Stack): unknown => {
    if (id.startsWith('AWS::')) return pseudo(id, stack, surroundings.account);
    const parameter = stack.parameters[id];
    if (isNode(parameter)) return parameter.Default ?? '';
    return surroundings.ref(resourceOf(id, stack));
  };

  const getAttribute = (argument: unknown, stack: Stack): string => {
    const [id, ...name] = (typeof argument === 'string' ? argument.split('.') : (argument as unknown[])).map(
      String,
    );
    return surroundings.attribute(resourceOf(id ?? '', stack), name.join('.'));
  };

  const substitute = (argument: unknown, stack: Stack): string => {
    const [text, own] = typeof argument === 'string' ? [argument, {}] : (argument as [string, Node]);
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      if (name in own) return String(value(own[name], stack));
      return String(name.includes('.') ? getAttribute(name, stack) : ref(name, stack));
    });
  };

  const condition = (name: string, stack: Stack): boolean => value(stack.conditions[name], stack) === true;

  const importValue = (name: unknown): unknown => {
    for (const stack of template.stacks.values())
      for (const exported of stack.exports)
        if (value(exported.name, stack.name) === name) return value(exported.value, stack.name);
    throw new Error(`no stack exports ${String(name)}`);
  };

  const functions: Readonly<Record<string, (argument: unknown, stack: Stack) => unknown>> = {
    Ref: (argument, stack) => ref(String(argument), stack),
    Condition: (argument, stack) => condition(String(argument), stack),
    'Fn::GetAtt': getAttribute,
    'Fn::Sub': substitute,
    'Fn::Join': (argument, stack) => {
      const [separator, parts] = argument as [string, unknown];
      return (value(parts, stack) as unknown[]).join(separator);
    },
    'Fn::Select': (argument, stack) => {
      const [index, list] = value(argument, stack) as [number | string, unknown[]];
      return list[Number(index)];
    },
    'Fn::Split': (argument, stack) => {
      const [separator, text] = value(argument, stack) as [string, string];
      return text.split(separator);
    },
    'Fn::If': (argument, stack) => {
      const [name, yes, no] = argument as [string, unknown, unknown];
      return value(condition(name, stack) ? yes : no, stack);
    },
    'Fn::Equals': (argument, stack) => {
      const [left, right] = value(argument, stack) as unknown[];
      return left === right;
    },
    'Fn::Not': (argument, stack) => (value(argument, stack) as unknown[])[0] !== true,
    'Fn::And': (argument, stack) => (value(argument, stack) as unknown[]).every(each => each === true),
    'Fn::Or': (argument, stack) => (value(argument, stack) as unknown[]).some(each => each === true),
    'Fn::FindInMap': (argument, stack) => {
      const [map, first, second] = value(argument, stack) as [string, string, string];
      return (stack.mappings[map] as Record<string, Node> | undefined)?.[first]?.[second];
    },
    'Fn::ImportValue': (argument, stack) => importValue(value(argument, stack)),
    'Fn::Base64': (argument, stack) => Buffer.from(String(value(argument, stack))).toString('base64'),
    'Fn::GetAZs': (_, stack) => ['a', 'b', 'c'].map(zone => `${stack.region}${zone}`),
  };

  /** `{{resolve:secretsmanager:<id>:SecretString:<key>::}}`, where the id may be an ARN with colons of its own. */
  const withSecrets = (text: string): string =>
    text.replace(/\{\{resolve:secretsmanager:(.+?):SecretString:[^}]*\}\}/g, (_, id: string) =>
      surroundings.secret(id),
    );

  const value = (given: unknown, in_: Stack | string): unknown => {
    const stack = typeof in_ === 'string' ? stackOf(in_) : in_;
    if (Array.isArray(given)) return given.map(each => value(each, stack)).filter(each => each !== noValue);
    if (!isNode(given)) return typeof given === 'string' ? withSecrets(given) : given;
    const [name, ...others] = Object.keys(given);
    const call = name !== undefined && others.length === 0 ? functions[name] : undefined;
    if (call) {
      const result = call(given[name as string], stack);
      return typeof result === 'string' ? withSecrets(result) : result;
    }
    if (name?.startsWith('Fn::')) throw new Error(`the local run does not know ${name}`);
    return Object.fromEntries(
      Object.entries(given)
        .map(([key, each]) => [key, value(each, stack)] as const)
        .filter(([, each]) => each !== noValue),
    );
  };

  return {
    value: (given, stack) => value(given, stack),
    properties: <T>(resource: Resource) => value(resource.properties, resource.stack) as T,
  };
};
