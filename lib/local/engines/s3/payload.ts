import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { refuseS3 } from './refusal.ts';

/** The checksums this engine computes; a request naming another is refused rather than believed. */
export const checksumNames = ['crc32', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof checksumNames)[number];

export const checksum = (name: ChecksumName, bytes: Uint8Array): string => {
  if (name !== 'crc32') return createHash(name).update(bytes).digest('base64');
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes));
  return four.toString('base64');
};

/** Compares every `x-amz-checksum-*` with the bytes and returns them to be kept. Refuses with BadDigest. */
export const checkChecksums = (
  claimed: Readonly<Record<string, string | undefined>>,
  bytes: Uint8Array,
): Partial<Record<ChecksumName, string>> => {
  const kept: Partial<Record<ChecksumName, string>> = {};
  for (const [header, value] of Object.entries(claimed)) {
    const name = /^x-amz-checksum-(?!algorithm$|mode$|type$)(.+)$/.exec(header)?.[1];
    if (name === undefined || value === undefined) continue;
    const known = checksumNames.find(one => one === name) ?? refuseS3('NotImplemented', `checksum ${name}`);
    if (checksum(known, bytes) !== value) {
      refuseS3(
        'BadDigest',
        `The ${known.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
    kept[known] = value;
  }
  return kept;
};

interface Decoded {
  readonly bytes: Buffer;
  readonly trailers: Record<string, string>;
}

/** aws-chunked without chunk signatures: `<hex size>\r\n<bytes>\r\n … 0\r\n<trailer>: <value>\r\n\r\n`. */
const decodeChunks = (body: Buffer): Decoded => {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = body.indexOf('\r\n', at);
    if (end < 0) refuseS3('IncompleteBody');
    const text = body.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = Number.parseInt(line(), 16);
    if (Number.isNaN(size) || at + size > body.length) refuseS3('IncompleteBody');
    if (size === 0) break;
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  return { bytes: Buffer.concat(chunks), trailers: trailersOf(body.toString('latin1', at)) };
};

const trailersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\r\n')
      .filter(line => line.includes(':'))
      .map(line => [
        line.slice(0, line.indexOf(':')).trim().toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  );

const checkMd5 = (claimed: string | undefined, bytes: Uint8Array): void => {
  if (claimed !== undefined && createHash('md5').update(bytes).digest('base64') !== claimed) {
    refuseS3('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
};

export interface Payload {
  readonly bytes: Buffer;
  readonly checksums: Partial<Record<ChecksumName, string>>;
}

const unwrap = (body: Buffer, headers: IncomingHttpHeaders): Decoded => {
  const signed = String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD');
  if (signed === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return decodeChunks(body);
  if (signed.startsWith('STREAMING-')) refuseS3('NotImplemented', 'Signed chunks are not supported here.');
  if (signed !== 'UNSIGNED-PAYLOAD' && createHash('sha256').update(body).digest('hex') !== signed) {
    refuseS3(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' does not match what was computed.",
    );
  }
  return { bytes: body, trailers: {} };
};

/** The bytes meant, with everything the request claims of them verified: SHA-256, MD5, checksums, length. */
export const verifiedPayload = (body: Buffer, headers: IncomingHttpHeaders): Payload => {
  const { bytes, trailers } = unwrap(body, headers);
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== bytes.length) refuseS3('IncompleteBody');
  checkMd5(headers['content-md5'] as string | undefined, bytes);
  const claimed = { ...(headers as Record<string, string | undefined>), ...trailers };
  return { bytes, checksums: checkChecksums(claimed, bytes) };
};
