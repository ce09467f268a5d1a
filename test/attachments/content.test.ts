import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeContent } from '../../lambdas/attachments/content.ts';
import { attachmentRequest, draftAttachmentRequest } from '../../lambdas/domain/attachment.ts';
import { beginsAs, nameByContent } from '../../lambdas/domain/file-heads.ts';
import { fileExtensions } from '../../lambdas/domain/file-kinds.ts';
import { typeOfName } from '../../lambdas/domain/file-types.ts';
import { bad, good } from './files.ts';

const judge = (name: string, bytes: Buffer) =>
  judgeContent({ type: typeOfName(name) ?? '', size: bytes.length }, async ({ from, to }) =>
    bytes.subarray(from, to + 1),
  );

test('every kind the city takes is known by its bytes, in browser and server', async () => {
  for (const [name, bytes] of Object.entries(good)) {
    assert.equal(beginsAs(typeOfName(name) ?? '', bytes), true, name);
    assert.deepEqual(await judge(name, bytes), { state: 'checked' }, name);
  }
  const tried = new Set(Object.keys(good).map(name => name.split('.')[1]));
  assert.deepEqual(
    fileExtensions.filter(extension => !tried.has(extension)),
    ['heif'],
  );
  // What the city's own forms say they take.
  for (const extension of 'doc, docx, gif, jpg, jpeg, pdf, png, ppt, pptx, rtf, txt, xls, xlsx, zip'.split(
    ', ',
  ))
    assert.ok(fileExtensions.includes(extension), extension);
});

test('a name does not make a file what it is not', async () => {
  for (const [name, { bytes, why }] of Object.entries(bad))
    assert.deepEqual(await judge(name, bytes), { state: 'refused', why }, name);
});

test('a document is looked for where its list of contents is, however long the document', async () => {
  const bytes = good['a.docx'] as Buffer;
  const asked: number[] = [];
  const size = 5_000_000;
  const whole = Buffer.alloc(size);
  bytes.copy(whole, 0);
  bytes.copy(whole, size - bytes.length);
  const verdict = await judgeContent({ type: typeOfName('a.docx') ?? '', size }, async ({ from, to }) => {
    asked.push(to - from + 1);
    return whole.subarray(from, to + 1);
  });
  assert.deepEqual(verdict, { state: 'checked' });
  assert.ok(Math.max(...asked) <= 262_144);
});

test('a file that has gone has no verdict', async () => {
  assert.equal(await judgeContent({ type: 'application/pdf', size: 9 }, async () => undefined), undefined);
});

test('a picture without a name of its kind is given one, and nothing else is guessed', () => {
  assert.equal(nameByContent('1000012345', good['a.jpg'] as Buffer), '1000012345.jpg');
  assert.equal(nameByContent('a.exe', good['a.pdf'] as Buffer), 'a.exe');
  assert.equal(nameByContent('README', good['a.txt'] as Buffer), undefined);
});

test('a file is announced whole, called what it is, and is nothing that runs', () => {
  const file = { name: 'kartta.pdf', size: 10, type: 'application/pdf', sha256: 'a'.repeat(64) };
  const takes = (more: object): boolean => attachmentRequest.safeParse({ ...file, ...more }).success;
  assert.equal(takes({}), true);
  assert.equal(takes({ size: 20_000_000 }), true);
  for (const wrong of [
    { size: 0 },
    { size: 20_000_001 },
    { type: 'text/html' },
    { type: 'image/svg+xml' },
    { name: 'kuva.jpg' },
    { name: 'kartta.pdf.exe' },
    { name: 'kartta' },
    { sha256: 'A'.repeat(64) },
    { name: '../etc/passwd.pdf' },
    { name: 'a\u202efdp.exe' },
    { name: 'a\r\nb.pdf' },
  ])
    assert.equal(takes(wrong), false, JSON.stringify(wrong));
  assert.equal(draftAttachmentRequest.safeParse({ ...file, field: '/files/map' }).success, true);
  assert.equal(draftAttachmentRequest.safeParse({ ...file, field: 'files' }).success, false);
});
