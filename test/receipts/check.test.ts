import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { canonicalJson } from '../../lambdas/domain/canonical.ts';
import {
  joseSignature,
  type PublishedKey,
  signingInput,
  thumbprintInput,
} from '../../lambdas/domain/jose.ts';
import {
  contentMarks,
  type ReceiptStatement,
  receiptType,
  sentDocument,
  signatureMarks,
} from '../../lambdas/domain/receipt.ts';
import {
  checkReceipt,
  contentOf,
  documentOf,
  findReceipt,
  findReceiptInZip,
  holds,
} from '../../lambdas/receipts/check.ts';
import { hashesOf, sumsOf, zipOf } from '../../lambdas/records/packing.ts';

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const key = { kty: 'EC', crv: 'P-256', x, y } as const;
  const kid = createHash('sha256').update(thumbprintInput(key)).digest('base64url');
  const published: PublishedKey = { ...key, kid, use: 'sig', alg: 'ES256' };
  const jws = (statement: object, header: object = {}) => {
    const input = signingInput({ alg: 'ES256', kid, typ: receiptType, ...header }, statement);
    return `${input}.${joseSignature(sign('sha256', Buffer.from(input), privateKey)).toString('base64url')}`;
  };
  return { published, jws };
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sending = {
  caseNumber: 'HEL-2026-000123',
  service: 'koirailmoitus',
  form: 'koirailmoitus',
  formVersion: '0123456789ab',
  submittedAt: Date.parse('2026-11-23T08:00:00Z'),
};
const document = sentDocument(sending, {
  applicant: { kind: 'person', name: 'Maija Meikäläinen' },
  answers: { dog: { name: 'Musti' } },
  language: 'fi',
  attachments: [
    { id: 'x', name: 'a.pdf', size: 3, sha256: 'ab', type: 'application/pdf', state: 'uploaded' },
  ],
  salt: 'salt',
});
const statement: ReceiptStatement = {
  iss: 'https://asiointi.example',
  iat: 1,
  ...sending,
  submittedAt: document.submittedAt,
  contentSha256: sha256(canonicalJson(document)),
  stored: true,
};
const { published, jws } = pair();

const verdict = (text: string, keys = [published]) => {
  const found = findReceipt(text);
  assert.ok(found);
  const checked = checkReceipt(found, keys);
  return { ...checked, valid: holds(checked) };
};
const file = (more: object = {}, content: object = document) =>
  JSON.stringify({ receipt: jws({ ...statement, ...more }), content });

test('a receipt holds, with an older key among newer ones', () => {
  assert.deepEqual(verdict(file(), [pair().published, published]), {
    signature: true,
    content: true,
    page: undefined,
    files: undefined,
    number: true,
    valid: true,
  });
  assert.equal(verdict(jws(statement)).content, undefined, 'a bare signature holds no content');
});

test('whatever is changed does not hold', () => {
  const other = pair();
  const wrong: [string, string, keyof ReturnType<typeof verdict>][] = [
    ['another key', JSON.stringify({ receipt: other.jws(statement), content: document }), 'signature'],
    ['an answer', file({}, { ...document, answers: { dog: { name: 'Rekku' } } }), 'content'],
    ['the time', file({}, { ...document, submittedAt: '2026-11-24T08:00:00.000Z' }), 'content'],
    ['a hash that fits a changed content', file({ contentSha256: sha256('x') }), 'content'],
    ['the number', file({ caseNumber: 'HEL-2026-000124' }), 'number'],
    ['no algorithm', JSON.stringify({ receipt: jws(statement, { alg: 'none' }) }), 'signature'],
    ['another kind of token', jws(statement, { typ: 'JWT' }), 'signature'],
    ['a key that is not ours', jws(statement, { kid: other.published.kid }), 'signature'],
  ];
  for (const [what, text, part] of wrong) {
    const checked = verdict(text);
    assert.equal(checked[part], false, what);
    assert.equal(checked.valid, false, what);
  }
  for (const text of ['', '{}', '<html></html>', 'a.b.c', '{"receipt":1}', jws({ ...statement, iss: 1 })])
    assert.equal(findReceipt(text), undefined, text);
});

const pageOf = (words: string) => {
  const content =
    contentMarks.begin + Buffer.from(canonicalJson(document)).toString('base64') + contentMarks.end;
  const head = `<!doctype html><p>${words}</p>${signatureMarks.begin}`;
  const tail = `${signatureMarks.end}${content}</html>\n`;
  return { head, tail, signed: jws({ ...statement, pageSha256: sha256(head + tail) }) };
};

test('a signature is written in one way only: the bits its last letter does not need are nought', () => {
  const signed = jws(statement);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(signed.at(-1) ?? '');
  for (let bits = 1; bits < 16; bits++)
    assert.equal(findReceipt(signed.slice(0, -1) + letters[last + bits]), undefined);
});

test('every single letter of the printable page is under the signature', () => {
  const { head, tail, signed } = pageOf('Musti, 23.11.2026');
  const page = head + signed + tail;
  assert.equal(verdict(page).valid, true);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: page.length - 1 }), at => {
      const changed = page.slice(0, at) + (page[at] === 'x' ? 'y' : 'x') + page.slice(at + 1);
      const found = findReceipt(changed);
      return found === undefined || !holds(checkReceipt(found, [published]));
    }),
    { numRuns: 400 },
  );
});

test('of a bundle every file is under the signature: none changed, missing or more', async () => {
  const files = { 'asia.html': '<p>Musti – ä</p>', 'case.json': '{}' };
  const all = { ...files, 'receipt.json': file({ files: hashesOf(files) }) };
  const zip = await zipOf('asia-HEL-2026-000123', { ...all, SHA256SUMS: sumsOf(all) }, Date.now());
  const check = (bytes: Uint8Array) => {
    const found = findReceiptInZip(bytes);
    return found && holds(checkReceipt(found, [published]));
  };
  assert.equal(check(zip), true);
  const unpacked = unzipSync(zip);
  const path = (name: string) => `asia-HEL-2026-000123/${name}`;
  assert.equal(check(zipSync({ ...unpacked, [path('case.json')]: strToU8('{ }') })), false);
  assert.equal(check(zipSync({ ...unpacked, [path('more.txt')]: strToU8('') })), false);
  const { [path('asia.html')]: _page, ...fewer } = unpacked;
  assert.equal(check(zipSync(fewer)), false);
  const { [path('receipt.json')]: _receipt, ...without } = unpacked;
  assert.equal(check(zipSync(without)), undefined, 'no receipt, no verdict');
  assert.equal(check(zipSync({ ...unpacked, 'other/case.json': strToU8('{}') })), undefined);
  assert.equal(check(zip.subarray(0, 100)), undefined);
});

test('what the department was handed proves to be what was sent', () => {
  const { service, answers, applicant, language, submittedAt, salt, attachments } = document;
  const handed = {
    id: sending.caseNumber,
    service,
    form: { id: sending.form, version: sending.formVersion },
    ...{ submittedAt, applicant, language, answers, attachments },
    ...(salt !== undefined && { salt }),
  };
  assert.equal(contentOf(documentOf(handed, sending.formVersion)).canonical, canonicalJson(document));
});

test('it still does after files were added and answers changed', () => {
  const { service, applicant, language, submittedAt, salt = '' } = document;
  const file = (id: string) => ({ id, name: `${id}.pdf`, size: 3, sha256: 'ab', type: 'application/pdf' });
  const [first, added, newer] = [file('first'), file('added'), file('newer')];
  const answers = { dog: { name: 'Musti', map: first } };
  const sent = sentDocument(sending, {
    ...{ applicant, language, salt, answers },
    attachments: [{ ...first, state: 'checked' }],
  });
  const handed = {
    caseNumber: sending.caseNumber,
    form: { id: sending.form, version: sending.formVersion },
    ...{ service, submittedAt, applicant, language, salt, answers },
  };
  const events = [{ type: 'submitted' }, { type: 'attachment', attachment: added }];
  const grown = { ...handed, attachments: [first, added], events };
  assert.equal(contentOf(documentOf(grown, sending.formVersion)).canonical, canonicalJson(sent));
  const changed = {
    ...handed,
    form: { id: sending.form, version: 'ba9876543210' },
    answers: { dog: { name: 'Rekku', map: newer } },
    sentAnswers: answers,
    attachments: [first, newer, added],
    events: [...events, { type: 'amendment' }],
  };
  assert.equal(contentOf(documentOf(changed, sending.formVersion)).canonical, canonicalJson(sent));
  const other = { ...changed, sentAnswers: { dog: { name: 'Rekku', map: first } } };
  assert.notEqual(contentOf(documentOf(other, sending.formVersion)).canonical, canonicalJson(sent));
});

test('every signature of KMS has 64 bytes, whatever zeros its numbers begin with', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (let round = 0; round < 400; round++)
    assert.equal(joseSignature(sign('sha256', Buffer.from([round]), privateKey)).length, 64);
  for (const wrong of ['', '30', '3003020101', '300602010102010130', '3045022100'])
    assert.throws(() => joseSignature(Buffer.from(wrong, 'hex')));
});
