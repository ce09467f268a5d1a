import assert from 'node:assert/strict';
import { test } from 'node:test';
import { departmentRoutes, openapiRoute } from '../../lambdas/department/department.ts';
import openapi from '../../lambdas/department/openapi.json' with { type: 'json' };
import { base } from './desk.ts';

test('the description has every route and no other', () => {
  const described = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${base}${path}`),
  );
  const served = [...Object.keys(departmentRoutes({} as never)), openapiRoute];
  assert.deepEqual(described.sort(), served.sort());
});

test('the description refers to nothing that is not there', () => {
  const references = [...JSON.stringify(openapi).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  assert.ok(references.length > 30);
  for (const path of references) {
    const found = path
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], openapi);
    assert.ok(found, path);
  }
});
