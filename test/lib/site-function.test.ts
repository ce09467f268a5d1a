import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { siteFunctionCode, siteFunctionLimit } from '../../lib/site-function.ts';

type Handler = (event: unknown) => Promise<Record<string, unknown>>;

const code = siteFunctionCode();

/** As CloudFront runs it: a script that defines `handler`, with its module beside it. */
const load = (store: Record<string, string>): Handler => {
  const kvs = () => ({
    get: async (key: string) => store[key] ?? Promise.reject(new Error('KeyNotFound')),
  });
  const script = code.replace(/^import (\w+) from ?"cloudfront";/, 'const $1 = cloudfrontModule;');
  return vm.runInNewContext(`${script}; handler`, { cloudfrontModule: { kvs } });
};

const request = (uri: string, more: object = {}) => ({
  request: { method: 'GET', uri, querystring: {}, headers: {}, cookies: {}, ...more },
});

test('it fits, imports nothing but CloudFront and exports nothing', () => {
  assert.ok(Buffer.byteLength(code) < siteFunctionLimit);
  assert.deepEqual(code.match(/import .*? from ?"[^"]*"/g), ['import cloudfront from"cloudfront"']);
  assert.doesNotMatch(code, /export\s*[{*]|module\.exports/);
});

test('a services page is read from the catalogue in use', async () => {
  const answer = await load({ catalogue: 'v7' })(request('/sv/tjanster/tpr-1/'));
  assert.equal(answer.uri, '/catalogue/v7/sv/tjanster/tpr-1/index.html');
});

test('before the first catalogue the built page stands in', async () => {
  assert.equal((await load({})(request('/fi/asiointipalvelut/'))).uri, '/fi/asiointipalvelut/index.html');
});

test('the root leads to the remembered language and keeps the query', async () => {
  const answer = await load({})(
    request('/', {
      cookies: { language: { value: 'en' } },
      querystring: { a: { value: '1' }, b: { value: '' } },
    }),
  );
  assert.equal(answer.statusCode, 302);
  assert.equal((answer.headers as Record<string, { value: string }>).location?.value, '/en/?a=1&b=');
});
