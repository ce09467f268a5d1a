import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { readOrMake, writeWhole } from './durable.ts';
import { answerJson, type Engine, listen, readBody } from './server.ts';

export interface KmsKey {
  /** As the functions name it: an id, an ARN's last part, or an alias without `alias/`. */
  readonly id: string;
  /** `sign`: an ECC_NIST_P256 pair. */
  readonly kind: 'encrypt' | 'hmac' | 'sign';
}

export interface KmsOptions {
  readonly dataDir: string;
  readonly keys: readonly KmsKey[];
  readonly port?: number;
}

/** KMS's way to say no, by the name its clients know. */
class KmsRefusal extends Error {
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

const refuse = (name: string, message = name): never => {
  throw new KmsRefusal(name, message);
};

interface LocalKey extends KmsKey {
  readonly secret: Buffer;
}

type Input = Readonly<Record<string, unknown>>;
type Context = Readonly<Record<string, string>>;

const lastPart = (keyId: unknown): string =>
  String(keyId ?? '')
    .split(/[:/]/)
    .at(-1) ?? '';

/** The context is authenticated, not stored: the same pairs in any order are the same context. */
const associatedData = (keyId: string, context: unknown): Buffer =>
  Buffer.from(JSON.stringify([keyId, Object.entries((context ?? {}) as Context).sort()]));

/** `<length of id><id><12 bytes iv><16 bytes tag><sealed>`: a ciphertext names its key, as KMS's do. */
const seal = (key: LocalKey, plain: Uint8Array, context: unknown): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv).setAAD(associatedData(key.id, context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const id = Buffer.from(key.id);
  return Buffer.concat([Buffer.from([id.length]), id, iv, cipher.getAuthTag(), sealed]);
};

const unseal = (keys: Keys, blob: Buffer, context: unknown): { key: LocalKey; plain: Buffer } => {
  const head = 1 + (blob[0] ?? 0);
  const key = keys.get(blob.toString('utf8', 1, head));
  if (key?.kind !== 'encrypt' || blob.length < head + 28) return refuse('InvalidCiphertextException');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, blob.subarray(head, head + 12), {
      authTagLength: 16,
    })
      .setAAD(associatedData(key.id, context))
      .setAuthTag(blob.subarray(head + 12, head + 28));
    return { key, plain: Buffer.concat([decipher.update(blob.subarray(head + 28)), decipher.final()]) };
  } catch {
    return refuse('InvalidCiphertextException');
  }
};

type Keys = ReadonlyMap<string, LocalKey>;

const keyFor = (keys: Keys, input: Input, kind: KmsKey['kind']): LocalKey => {
  const key = keys.get(lastPart(input.KeyId)) ?? refuse('NotFoundException', 'Key is not one of the stack.');
  return key.kind === kind ? key : refuse('InvalidKeyUsageException');
};

const bytes = (value: unknown): Buffer => Buffer.from(String(value ?? ''), 'base64');
const arn = (key: KmsKey): string => `arn:aws:kms:eu-north-1:000000000000:key/${key.id}`;

const macAlgorithm = (input: Input): string =>
  input.MacAlgorithm === 'HMAC_SHA_256' ? input.MacAlgorithm : refuse('InvalidKeyUsageException');

const mac = (key: LocalKey, input: Input): Buffer =>
  createHmac('sha256', key.secret).update(bytes(input.Message)).digest();

const operations: Readonly<Record<string, (keys: Keys, input: Input) => unknown>> = {
  GenerateDataKey: (keys, input) => {
    const key = keyFor(keys, input, 'encrypt');
    const plain = randomBytes(input.KeySpec === 'AES_128' ? 16 : Number(input.NumberOfBytes ?? 32));
    const sealed = seal(key, plain, input.EncryptionContext);
    return {
      CiphertextBlob: sealed.toString('base64'),
      Plaintext: plain.toString('base64'),
      KeyId: arn(key),
    };
  },
  Encrypt: (keys, input) => {
    const key = keyFor(keys, input, 'encrypt');
    const plain = bytes(input.Plaintext);
    if (plain.length > 4096) refuse('ValidationException', 'Plaintext is longer than 4096 bytes.');
    const sealed = seal(key, plain, input.EncryptionContext);
    return {
      CiphertextBlob: sealed.toString('base64'),
      KeyId: arn(key),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },
  Decrypt: (keys, input) => {
    const { key, plain } = unseal(keys, bytes(input.CiphertextBlob), input.EncryptionContext);
    if (input.KeyId !== undefined && lastPart(input.KeyId) !== key.id) refuse('IncorrectKeyException');
    return { Plaintext: plain.toString('base64'), KeyId: arn(key), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },
  GenerateMac: (keys, input) => {
    const key = keyFor(keys, input, 'hmac');
    return { Mac: mac(key, input).toString('base64'), MacAlgorithm: macAlgorithm(input), KeyId: arn(key) };
  },
  VerifyMac: (keys, input) => {
    const key = keyFor(keys, input, 'hmac');
    const [expected, given] = [mac(key, input), bytes(input.Mac)];
    const same = expected.length === given.length && timingSafeEqual(expected, given);
    if (!same) refuse('KMSInvalidMacException');
    return { MacValid: true, MacAlgorithm: macAlgorithm(input), KeyId: arn(key) };
  },
};

/** The private half of a `sign` key; what is kept of it is its PKCS #8. */
const privateKey = (key: LocalKey): KeyObject =>
  createPrivateKey({ key: key.secret, format: 'der', type: 'pkcs8' });

const signingAlgorithm = 'ECDSA_SHA_256';

const signed = (key: LocalKey, input: Input): Buffer => {
  if (input.SigningAlgorithm !== signingAlgorithm) refuse('InvalidKeyUsageException');
  if ((input.MessageType ?? 'RAW') !== 'RAW')
    refuse('UnsupportedOperationException', 'Only RAW messages here.');
  const message = bytes(input.Message);
  if (message.length > 4096) refuse('ValidationException', 'Message is longer than 4096 bytes.');
  return sign('sha256', message, privateKey(key));
};

const signing: Readonly<Record<string, (keys: Keys, input: Input) => unknown>> = {
  Sign: (keys, input) => {
    const key = keyFor(keys, input, 'sign');
    return {
      Signature: signed(key, input).toString('base64'),
      SigningAlgorithm: signingAlgorithm,
      KeyId: arn(key),
    };
  },
  GetPublicKey: (keys, input) => {
    const key = keyFor(keys, input, 'sign');
    const spki = createPublicKey(privateKey(key)).export({ format: 'der', type: 'spki' });
    return {
      PublicKey: spki.toString('base64'),
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: [signingAlgorithm],
      KeyId: arn(key),
    };
  },
};

const newSecret = ({ kind }: KmsKey): Buffer =>
  kind === 'sign'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' })
    : randomBytes(32);

/** Secrets are made once a key and never replaced: without them nothing sealed could be opened again. */
const openKeys = (path: string, wanted: readonly KmsKey[]): Keys => {
  const secrets = readOrMake<Record<string, string>>(path, () => ({}));
  const missing = wanted.filter(key => secrets[key.id] === undefined);
  for (const key of missing) secrets[key.id] = newSecret(key).toString('base64');
  if (missing.length > 0) writeWhole(path, JSON.stringify(secrets));
  return new Map(wanted.map(key => [key.id, { ...key, secret: bytes(secrets[key.id]) }]));
};

const perform = async (keys: Keys, request: IncomingMessage): Promise<unknown> => {
  const name = String(request.headers['x-amz-target'] ?? '').replace(/^TrentService\./, '');
  const operation =
    operations[name] ??
    signing[name] ??
    refuse('UnsupportedOperationException', `${name} is not supported here.`);
  return operation(keys, JSON.parse((await readBody(request)).toString('utf8')) as Input);
};

/** The calls of KMS that the portal makes, on its JSON protocol, with one local secret a key: 256 bits, or a P-256 pair. */
export const startKms = ({ dataDir, keys: wanted, port }: KmsOptions): Promise<Engine> => {
  const keys = openKeys(join(dataDir, 'kms.json'), wanted);
  const type = 'application/x-amz-json-1.1';
  return listen(
    async (request, response) => {
      try {
        answerJson(response, 200, await perform(keys, request), {}, type);
      } catch (error) {
        if (!(error instanceof KmsRefusal)) throw error;
        answerJson(response, error.status, { __type: error.name, message: error.message }, {}, type);
      }
    },
    { port },
  );
};
