import type { ServerResponse } from 'node:http';
import { answerXml } from '../xml.ts';

const statuses = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  ExpiredRequest: 403,
  IncompleteBody: 400,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidDigest: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  MalformedPOSTRequest: 400,
  MalformedXML: 400,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3Code = keyof typeof statuses;

/** S3's way to say no; `details` become elements beside Code and Message. */
export class S3Refusal extends Error {
  readonly code: S3Code;
  readonly details: Readonly<Record<string, string | number>>;
  constructor(code: S3Code, message: string = code, details: Record<string, string | number> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export const refuseS3 = (
  code: S3Code,
  message?: string,
  details?: Record<string, string | number>,
): never => {
  throw new S3Refusal(code, message, details);
};

/** S3 knows no code `ExpiredRequest`: an address past its time is AccessDenied with these words. */
export const answerRefusal = (response: ServerResponse, refusal: S3Refusal): void => {
  const expired = refusal.code === 'ExpiredRequest';
  answerXml(response, statuses[refusal.code], {
    Error: {
      Code: expired ? 'AccessDenied' : refusal.code,
      Message: expired ? 'Request has expired' : refusal.message,
      ...refusal.details,
    },
  });
};
