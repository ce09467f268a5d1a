import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentSecurityPolicy } from '../../lib/content-security-policy.ts';

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy
      .split('; ')
      .map(directive => [
        directive.slice(0, directive.indexOf(' ')),
        directive.slice(directive.indexOf(' ') + 1),
      ]),
  );

const policy = contentSecurityPolicy({ uploads: 'https://uploads.example' });

test('nothing is allowed that is not named', () => {
  assert.equal(directives(policy)['default-src'], "'none'");
});

test('scripts and styles come from files of the site, never inline and never evaluated', () => {
  assert.equal(directives(policy)['script-src'], "'self'");
  assert.equal(directives(policy)['style-src'], "'self'");
  assert.doesNotMatch(policy, /unsafe|data:|blob:|\*|nonce|http:/);
});

test('scripts speak to the site and send attachments to their bucket, and to nobody else', () => {
  assert.equal(directives(policy)['connect-src'], "'self' https://uploads.example");
});

test('the site is never framed, its base never moved, its forms never sent elsewhere', () => {
  const { 'frame-ancestors': ancestors, 'base-uri': base, 'form-action': forms } = directives(policy);
  assert.deepEqual([ancestors, base, forms], ["'none'", "'none'", "'self'"]);
});

test('no text becomes markup: trusted types are required and none may be made', () => {
  assert.equal(directives(policy)['require-trusted-types-for'], "'script'");
  assert.equal(directives(policy)['trusted-types'], "'none'");
});
