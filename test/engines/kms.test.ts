import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { startKms } from '../../lib/local/engines/kms.ts';
import type { Engine } from '../../lib/local/engines/server.ts';

let dataDir: string;
let engine: Engine;
let kms: KMSClient;
const KeyId = 'arn:aws:kms:eu-north-1:000000000000:key/Sealing';
const EncryptionContext = { owner: 'abc', kind: 'draft' };

const start = async () => {
  engine = await startKms({
    dataDir,
    keys: [
      { id: 'Sealing', kind: 'encrypt' },
      { id: 'Other', kind: 'encrypt' },
      { id: 'Identity', kind: 'hmac' },
      { id: 'Receipts', kind: 'sign' },
    ],
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  kms = new KMSClient({ endpoint: engine.url, region: 'eu-north-1', credentials });
};
const stop = async () => {
  kms.destroy();
  await engine.close();
};

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'kms-'));
  await start();
});
after(async () => {
  await stop();
  rmSync(dataDir, { recursive: true });
});

test('a data key is opened again after a restart, and only in its context', async () => {
  const { Plaintext, CiphertextBlob } = await kms.send(
    new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }),
  );
  assert.equal(Plaintext?.length, 32);
  await stop();
  await start();
  const sameInAnotherOrder = { kind: 'draft', owner: 'abc' };
  const opened = await kms.send(
    new DecryptCommand({ CiphertextBlob, EncryptionContext: sameInAnotherOrder }),
  );
  assert.deepEqual(opened.Plaintext, Plaintext);
  const other = { ...EncryptionContext, owner: 'abd' };
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: other })), {
    name: 'InvalidCiphertextException',
  });
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId: 'Other' })), {
    name: 'IncorrectKeyException',
  });
});

test('a changed ciphertext is not opened', async () => {
  const Plaintext = Buffer.from('salaisuus');
  const { CiphertextBlob = new Uint8Array() } = await kms.send(new EncryptCommand({ KeyId, Plaintext }));
  CiphertextBlob[CiphertextBlob.length - 1] = (CiphertextBlob.at(-1) ?? 0) ^ 1;
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob })), {
    name: 'InvalidCiphertextException',
  });
});

test('a MAC is the same for the same message and verifies', async () => {
  const mac = (text: string) =>
    kms.send(
      new GenerateMacCommand({ KeyId: 'Identity', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(text) }),
    );
  const [one, again, other] = await Promise.all([mac('a'), mac('a'), mac('b')]);
  assert.deepEqual(one.Mac, again.Mac);
  assert.notDeepEqual(one.Mac, other.Mac);
  const verify = (Mac: Uint8Array | undefined) =>
    kms.send(
      new VerifyMacCommand({
        KeyId: 'Identity',
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from('a'),
        Mac,
      }),
    );
  assert.equal((await verify(one.Mac)).MacValid, true);
  await assert.rejects(verify(other.Mac), { name: 'KMSInvalidMacException' });
});

test('keys are used for what they are for', async () => {
  await assert.rejects(kms.send(new GenerateDataKeyCommand({ KeyId: 'Identity', KeySpec: 'AES_256' })), {
    name: 'InvalidKeyUsageException',
  });
  await assert.rejects(kms.send(new GenerateDataKeyCommand({ KeyId: 'unknown', KeySpec: 'AES_256' })), {
    name: 'NotFoundException',
  });
});

test('a key pair signs, and its public half checks it after a restart', async () => {
  const key = { KeyId: 'arn:aws:kms:eu-north-1:000000000000:key/Receipts' };
  const Message = Buffer.from('what was sent');
  const SigningAlgorithm = 'ECDSA_SHA_256';
  const { Signature } = await kms.send(new SignCommand({ ...key, Message, SigningAlgorithm }));
  await stop();
  await start();
  const { PublicKey, KeySpec } = await kms.send(new GetPublicKeyCommand(key));
  assert.equal(KeySpec, 'ECC_NIST_P256');
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? ''), format: 'der', type: 'spki' });
  assert.ok(verify('sha256', Message, publicKey, Signature ?? Buffer.alloc(0)));
  assert.ok(!verify('sha256', Buffer.from('something else'), publicKey, Signature ?? Buffer.alloc(0)));
  await assert.rejects(kms.send(new GetPublicKeyCommand({ KeyId })), { name: 'InvalidKeyUsageException' });
  await assert.rejects(kms.send(new SignCommand({ ...key, Message, SigningAlgorithm: 'ECDSA_SHA_512' })), {
    name: 'InvalidKeyUsageException',
  });
});
