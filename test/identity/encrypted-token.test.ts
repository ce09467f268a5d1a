import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompactEncrypt, importJWK } from 'jose';
import { isEncrypted, openToken } from '../../lambdas/identity/encrypted-token.ts';
import { newClientKey } from '../../lambdas/storage/client-keys.ts';

const ours = await newClientKey('enc');
const theirs = await newClientKey('enc');
const encrypt = async (text: string, alg: string, enc: string, kid: string | undefined = ours.kid) =>
  new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg, enc, ...(kid !== '' && { kid }) })
    .encrypt(await importJWK(ours.publicKey, alg));

test('what is encrypted to us opens by every way we take, and what was changed does not', async () => {
  for (const alg of ['RSA-OAEP', 'RSA-OAEP-256'])
    for (const enc of ['A128GCM', 'A256GCM', 'A128CBC-HS256', 'A256CBC-HS512']) {
      const token = await encrypt('a.b.c', alg, enc);
      assert.ok(isEncrypted(token));
      assert.equal(openToken(token, [theirs, ours]), 'a.b.c', `${alg} ${enc}`);
      const parts = token.split('.');
      for (const index of [0, 1, 2, 3, 4]) {
        const changed = Buffer.from(parts[index] ?? '', 'base64url');
        changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
        const forged = parts.with(index, changed.toString('base64url')).join('.');
        assert.throws(() => openToken(forged, [ours]), `${alg} ${enc} part ${index}`);
      }
      const [head, key, iv, text, tag = ''] = parts;
      assert.throws(() => openToken([head, key, iv, text, tag.slice(0, 6)].join('.'), [ours]));
    }
});

test('a token to another key, or in a way of its own, does not open', async () => {
  const token = await encrypt('a.b.c', 'RSA-OAEP-256', 'A256GCM');
  assert.throws(() => openToken(token, [theirs]));
  assert.throws(() => openToken(token, []));
  assert.equal(openToken(await encrypt('a', 'RSA-OAEP', 'A256GCM', ''), [ours]), 'a');
  const head = Buffer.from(JSON.stringify({ alg: 'none', enc: 'A256GCM', kid: ours.kid })).toString(
    'base64url',
  );
  assert.throws(() => openToken([head, ...token.split('.').slice(1)].join('.'), [ours]));
  assert.equal(isEncrypted('a.b.c'), false);
});
