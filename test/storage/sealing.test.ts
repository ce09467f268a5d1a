import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { memorySealer } from '../../lambdas/storage/sealing.memory.ts';
import { kmsDataKeys, sealer } from '../../lambdas/storage/sealing.ts';

test('what was sealed opens in its own context only', async () => {
  const sealing = memorySealer();
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.string(),
      async (plain, context, other) => {
        const sealed = await sealing.seal(plain, context);
        assert.equal(await sealing.open(sealed, context), plain);
        if (other !== context) await assert.rejects(sealing.open(sealed, other));
      },
    ),
  );
});

test('a changed byte anywhere does not open', async () => {
  const sealing = memorySealer();
  const sealed = await sealing.seal('Matti Meikäläinen', 'profile|x');
  for (let index = 0; index < sealed.length; index++) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    await assert.rejects(sealing.open(changed, 'profile|x'), `byte ${index}`);
  }
});

/** KMS as far as data keys go: wraps a key by remembering it. */
const kms = () => {
  const keys = new Map<string, Uint8Array>();
  const calls: string[] = [];
  const send = async (command: { constructor: { name: string }; input: { CiphertextBlob?: Uint8Array } }) => {
    calls.push(command.constructor.name);
    if (command.input.CiphertextBlob) {
      const name = Buffer.from(command.input.CiphertextBlob).toString('hex');
      return { Plaintext: keys.get(name) };
    }
    const [Plaintext, CiphertextBlob] = [randomBytes(32), randomBytes(16)];
    keys.set(CiphertextBlob.toString('hex'), Plaintext);
    return { Plaintext, CiphertextBlob };
  };
  return { client: { send } as unknown as KMSClient, calls };
};

test('a data key serves five minutes or a thousand values, and another instance unwraps it once', async () => {
  const { client, calls } = kms();
  let now = 0;
  const writing = sealer(kmsDataKeys(client, 'key', () => now));
  const sealed: Uint8Array[] = [];
  for (let i = 0; i < 1001; i++) sealed.push(await writing.seal(`${i}`, 'c'));
  assert.equal(calls.length, 2);
  now = 5 * 60 * 1000;
  await writing.seal('late', 'c');
  assert.equal(calls.length, 3);
  for (const [i, value] of sealed.entries()) assert.equal(await writing.open(value, 'c'), `${i}`);
  assert.equal(calls.length, 3, 'its own keys need no unwrapping');

  const reading = sealer(kmsDataKeys(client, 'key'));
  for (const [i, value] of sealed.entries()) assert.equal(await reading.open(value, 'c'), `${i}`);
  assert.deepEqual(calls.slice(3), ['DecryptCommand', 'DecryptCommand']);
});

test('a failed call to KMS is not remembered', async () => {
  const { client } = kms();
  let fails = true;
  const flaky = {
    send: (command: never) => (fails ? Promise.reject(new Error('down')) : client.send(command)),
  };
  const sealing = sealer(kmsDataKeys(flaky as unknown as KMSClient, 'key'));
  await assert.rejects(sealing.seal('x', 'c'));
  fails = false;
  assert.equal(await sealing.open(await sealing.seal('x', 'c'), 'c'), 'x');
});
