import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from '../../lambdas/http/api.ts';
import { notFound } from '../../lambdas/http/not-found.ts';
import { type Call, call, environment } from './call.ts';

const pages = {
  fi: '<h1>Sivua ei löytynyt</h1>',
  sv: '<h1>Sidan hittades inte</h1>',
  en: '<h1>Page not found</h1>',
};
const handler = api(request => notFound(request, pages), {
  ...{ access: 'public', environment, log: () => {} },
  fromElsewhere: 'all',
  bodyAsText: 'all',
});
const ask = (route: string, more: Partial<Call> = {}) => call(handler, { route, ...more });

test('under the API an unknown address is a problem, whatever the method, sender and body', async () => {
  for (const route of ['GET /api/x', 'GET /api', 'POST /api/x', 'OPTIONS /api/session', 'HEAD /api/x']) {
    const answer = await ask(route, {
      body: '{',
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
    });
    assert.deepEqual([answer.status, answer.body.type], [404, '/problems/not-found'], route);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  }
});

test('elsewhere it is the page, in the language of the address or the one remembered', async () => {
  const languages: [string, string[], string][] = [
    ['GET /sv/finns-inte/', [], pages.sv],
    ['GET /en/', ['language=sv'], pages.en],
    ['GET /catalogue/20261122-1/sv/tjanster/x/index.html', [], pages.sv],
    ['GET /apis/', [], pages.fi],
    ['GET /x', ['language=sv'], pages.sv],
    ['GET /x', ['language=de'], pages.fi],
  ];
  for (const [route, cookies, page] of languages) {
    const answer = await ask(route, { cookies });
    assert.deepEqual([answer.status, answer.text], [404, page], route);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(
      answer.headers['content-security-policy'] ?? '',
      /script-src 'self'.*frame-ancestors 'none'/,
    );
  }
  const posted = await ask('POST /fi/');
  assert.deepEqual([posted.status, posted.headers.allow], [405, 'GET, HEAD']);
});
