import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvocationFailure } from '../../lib/local/functions.ts';
import { createGateway, matchRoute, type Route, toEvent } from '../../lib/local/gateway.ts';
import type { HttpRequest } from '../../lib/local/http-message.ts';

const route = (key: string, invoke: (event: unknown) => Promise<unknown> = async () => ({})): Route => ({
  key,
  target: { invoke },
  timeoutMilliseconds: 1_000,
});

const request = (given: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: '/',
  query: '',
  headers: [],
  body: Buffer.alloc(0),
  viewerAddress: '127.0.0.1',
  ...given,
});

const keys = [
  'GET /api/cases',
  'GET /api/cases/{caseNumber}',
  'GET /api/cases/open',
  'PUT /api/cases/{caseNumber}/seen',
  'ANY /api/{proxy+}',
  '$default',
];

describe('the route API Gateway takes', () => {
  const routes = keys.map(key => route(key));
  const taken = (method: string, path: string) => {
    const match = matchRoute(routes, method, path);
    return [match?.route.key, match?.parameters];
  };

  test('the most specific one', () => {
    assert.deepEqual(taken('GET', '/api/cases'), ['GET /api/cases', {}]);
    assert.deepEqual(taken('GET', '/api/cases/open'), ['GET /api/cases/open', {}]);
    assert.deepEqual(taken('GET', '/api/cases/HEL-1'), [
      'GET /api/cases/{caseNumber}',
      { caseNumber: 'HEL-1' },
    ]);
    assert.deepEqual(taken('PUT', '/api/cases/a%2Fb/seen')[1], { caseNumber: 'a/b' });
  });

  test('any method and any rest, else $default', () => {
    assert.deepEqual(taken('DELETE', '/api/cases/1'), ['ANY /api/{proxy+}', { proxy: 'cases/1' }]);
    assert.deepEqual(taken('GET', '/api/cases/'), ['ANY /api/{proxy+}', { proxy: 'cases/' }]);
    assert.deepEqual(taken('GET', '/fi/nowhere/'), ['$default', {}]);
  });

  test('none without a $default', () => {
    assert.equal(matchRoute([route('GET /a')], 'GET', '/b'), undefined);
  });
});

describe('the event', () => {
  const event = (given: Partial<HttpRequest>) =>
    toEvent(request(given), { route: route('POST /a'), parameters: {} }, Date.UTC(2026, 10, 22, 9, 5));

  test('headers of one name are joined, cookies stand apart', () => {
    const { headers, cookies, queryStringParameters } = event({
      query: 'a=1&a=2&b=%C3%A4',
      headers: [
        ['accept', 'x'],
        ['accept', 'y'],
        ['cookie', 'a=1; b=2'],
      ],
    });
    assert.deepEqual(headers, { accept: 'x,y' });
    assert.deepEqual(cookies, ['a=1', 'b=2']);
    assert.deepEqual(queryStringParameters, { a: '1,2', b: 'ä' });
  });

  test('JSON comes as text, forms and files in base64', () => {
    const body = Buffer.from('{"ä":1}');
    const json = event({ body, headers: [['content-type', 'application/json; charset=utf-8']] });
    assert.deepEqual([json.body, json.isBase64Encoded], ['{"ä":1}', false]);
    const form = event({ body, headers: [['content-type', 'application/x-www-form-urlencoded']] });
    assert.deepEqual([form.body, form.isBase64Encoded], [body.toString('base64'), true]);
  });

  test('time in both its forms', () => {
    const { time, timeEpoch } = event({}).requestContext;
    assert.deepEqual([time, timeEpoch], ['22/Nov/2026:09:05:00 +0000', Date.UTC(2026, 10, 22, 9, 5)]);
  });
});

describe('the answer', () => {
  const answer = (invoke: () => Promise<unknown>, given: Partial<HttpRequest> = {}) =>
    createGateway([{ ...route('$default', invoke), timeoutMilliseconds: 50 }], { now: Date.now })(
      request(given),
    );

  test('status, headers in lower case, several cookies, base64', async () => {
    const response = await answer(async () => ({
      statusCode: 201,
      headers: { 'X-A': 1 },
      cookies: ['a=1', 'b=2'],
      body: 'AAE=',
      isBase64Encoded: true,
    }));
    assert.equal(response.status, 201);
    assert.deepEqual([...response.body], [0, 1]);
    assert.deepEqual(response.headers.slice(1), [
      ['x-a', '1'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
  });

  test('what the service itself refuses', async () => {
    const failing = (kind: InvocationFailure['kind']) => () =>
      Promise.reject(new InvocationFailure(kind, ''));
    assert.equal((await answer(failing('error'))).status, 500);
    assert.equal((await answer(failing('crash'))).status, 500);
    assert.equal((await answer(failing('timeout'))).status, 503);
    assert.equal((await answer(failing('throttled'))).status, 503);
    assert.equal((await answer(() => new Promise(() => {}))).status, 503);
    assert.equal((await answer(async () => ({}), { body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status, 413);
  });
});
