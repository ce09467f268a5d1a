// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are CloudFormation's placeholders
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createResolver } from '../../lib/local/resolve.ts';
import type { Resource, Stack, Template } from '../../lib/local/template.ts';

const resource = (id: string, properties = {}): Resource => ({
  stack: 'main',
  id,
  type: 'T',
  properties,
  path: id,
});

const stack = (name: string, given: Partial<Stack> = {}): Stack => ({
  name,
  region: 'eu-north-1',
  resources: new Map([['Table', resource('Table')]]),
  conditions: {},
  mappings: {},
  parameters: {},
  exports: [],
  ...given,
});

const resolve = (value: unknown, given: Partial<Stack> = {}, others: Stack[] = []): unknown => {
  const stacks = [stack('main', given), ...others];
  const template: Template = {
    stacks: new Map(stacks.map(each => [each.name, each])),
    ofType: () => [],
    assetPath: key => key,
  };
  const resolver = createResolver(template, {
    account: '000000000000',
    ref: ({ id }) => `ref-${id}`,
    attribute: ({ id }, name) => `${id}/${name}`,
    secret: id => `secret of ${id}`,
  });
  return resolver.value(value, 'main');
};

describe('intrinsic functions', () => {
  test('references', () => {
    assert.equal(resolve({ Ref: 'Table' }), 'ref-Table');
    assert.equal(resolve({ Ref: 'AWS::Region' }), 'eu-north-1');
    assert.equal(resolve({ Ref: 'Bootstrap' }, { parameters: { Bootstrap: { Default: '/cdk' } } }), '/cdk');
    assert.equal(resolve({ 'Fn::GetAtt': ['Table', 'Arn'] }), 'Table/Arn');
    assert.equal(resolve({ 'Fn::GetAtt': 'Table.Stream.Arn' }), 'Table/Stream.Arn');
  });

  test('text', () => {
    assert.equal(resolve({ 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }), 'a-ref-Table');
    assert.equal(
      resolve({ 'Fn::Sub': 'b-${AWS::AccountId}-${Table}-${Table.Arn}-${!Table}' }),
      'b-000000000000-ref-Table-Table/Arn-${Table}',
    );
    assert.equal(resolve({ 'Fn::Sub': ['${own}', { own: { Ref: 'Table' } }] }), 'ref-Table');
    assert.equal(resolve({ 'Fn::Select': [2, { 'Fn::Split': ['/', 'https://host'] }] }), 'host');
  });

  test('conditions leave out what is not wanted', () => {
    const conditions = {
      Local: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-north-1'] },
      Remote: { 'Fn::Not': [{ Condition: 'Local' }] },
    };
    const value = {
      kept: { 'Fn::If': ['Local', 1, 2] },
      gone: { 'Fn::If': ['Remote', 1, { Ref: 'AWS::NoValue' }] },
    };
    assert.deepEqual(resolve(value, { conditions }), { kept: 1 });
  });

  test('what another stack exports', () => {
    const other = stack('edge', { exports: [{ name: 'edge:arn', value: { Ref: 'Table' } }] });
    assert.equal(resolve({ 'Fn::ImportValue': 'edge:arn' }, {}, [other]), 'ref-Table');
    assert.throws(() => resolve({ 'Fn::ImportValue': 'edge:other' }, {}, [other]), /edge:other/);
  });

  test('secrets, also where the reference is joined from parts', () => {
    const joined = {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Table' }, ':SecretString:::}}']],
    };
    assert.equal(resolve(joined), 'secret of ref-Table');
    const arn = 'arn:aws:secretsmanager:eu-north-1:0:secret:Origin';
    assert.equal(resolve(`a {{resolve:secretsmanager:${arn}:SecretString:key::}} b`), `a secret of ${arn} b`);
  });

  test('what is not known is an error, not a value', () => {
    assert.throws(() => resolve({ 'Fn::Transform': {} }), /Fn::Transform/);
    assert.throws(() => resolve({ Ref: 'Missing' }), /Missing/);
  });
});
