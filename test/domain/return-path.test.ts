import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toReturnPath } from '../../lambdas/domain/return-path.ts';

test('pages of ours, with their query', () => {
  for (const path of [
    '/fi/',
    '/fi',
    '/sv/blankett/koirailmoitus/',
    '/en/folder/HEL-2026-000123/?tab=messages#reply',
    '/fi/lomake/x/?a=%C3%A4',
  ])
    assert.equal(toReturnPath(path), path);
  assert.equal(toReturnPath('/fi/lomake/../oma/'), '/fi/oma/');
});

test('nothing else', () => {
  for (const path of [
    undefined,
    '',
    'fi/',
    '/',
    '/de/',
    '/fi.evil.example/',
    '//evil.example/fi/',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example/',
    '/%2f%2fevil.example',
    '/%2Fevil.example/fi/',
    '/%5cevil.example',
    '/fi/%5c%5cevil.example/',
    '/fi/..//evil.example/',
    '/fi/%2e%2e//evil.example/',
    '/fi//evil.example/',
    '/fi/%2f/evil.example',
    'https://evil.example/fi/',
    'https:/fi/',
    'javascript:alert(1)',
    '/fi/\r\nLocation: https://evil.example',
    '/fi/%0d%0aLocation:',
    '/api/auth/sign-out',
    '/fi/../api/session',
    '/fi/%2e%2e/api/session',
    '/fi/%252e%252e/%zz',
    '/@evil.example/',
    `/fi/${'x'.repeat(1000)}`,
  ])
    assert.equal(toReturnPath(path), undefined, String(path));
});

test('whatever it lets through, a browser stays on the site, under a language', () => {
  const pieces = [
    '/',
    '//',
    '\\',
    'fi',
    'sv',
    'api',
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '%00',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    '\t',
    'https:',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), parts => {
      const path = toReturnPath(`/${parts.join('')}`);
      if (path === undefined) return;
      const url = new URL(path, 'https://portal.example/api/auth/callback');
      assert.equal(url.origin, 'https://portal.example');
      assert.match(url.pathname, /^\/(fi|sv|en)(\/|$)/);
      assert.equal(toReturnPath(path), path);
    }),
    { numRuns: 5000 },
  );
});
