import { checkCredential, parseAmzDate, type Scope, sameText, signWith } from '../signature-v4.ts';
import { refuseS3 } from './refusal.ts';

/**
 * The policy of a browser's upload:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export type FormFields = ReadonlyMap<string, string>;

interface Policy {
  readonly expiration?: unknown;
  readonly conditions?: unknown;
}

const parsePolicy = (encoded: string): Policy => {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as Policy;
  } catch {
    return refuseS3('InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.');
  }
};

const notMet = (condition: unknown): never =>
  refuseS3(
    'AccessDenied',
    `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`,
  );

const startsWith = (field: string, actual: string, prefix: string): boolean =>
  field === 'content-type'
    ? actual.split(',').every(type => type.startsWith(prefix))
    : actual.startsWith(prefix);

const checkLength = (minimum: unknown, maximum: unknown, size: number): void => {
  if (typeof minimum !== 'number' || typeof maximum !== 'number') refuseS3('InvalidPolicyDocument');
  if (size < Number(minimum)) {
    refuseS3('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: size,
      MinSizeAllowed: Number(minimum),
    });
  }
  if (size > Number(maximum)) {
    refuseS3('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: size,
      MaxSizeAllowed: Number(maximum),
    });
  }
};

/** Checks one condition and returns the field it covers, none for a length range. */
const checkCondition = (condition: unknown, fields: FormFields, size: number): string[] => {
  if (Array.isArray(condition)) {
    const [operator, subject, value] = condition as [unknown, unknown, unknown];
    if (operator === 'content-length-range') {
      checkLength(subject, value, size);
      return [];
    }
    const field = String(subject).replace(/^\$/, '').toLowerCase();
    const actual = fields.get(field) ?? '';
    const met =
      operator === 'eq'
        ? actual === value
        : operator === 'starts-with' && startsWith(field, actual, String(value));
    return met ? [field] : notMet(condition);
  }
  const [pair, ...more] = Object.entries((condition ?? {}) as Record<string, unknown>);
  if (!pair || more.length > 0)
    return refuseS3('InvalidPolicyDocument', 'Invalid Policy: Invalid condition.');
  const field = pair[0].toLowerCase();
  return fields.get(field) === pair[1] ? [field] : notMet(['eq', `$${pair[0]}`, pair[1]]);
};

const neverCovered = new Set(['x-amz-signature', 'file', 'policy', 'awsaccesskeyid', 'bucket']);

const checkSignature = (fields: FormFields, encoded: string, scope: Scope): void => {
  const date = fields.get('x-amz-date') ?? '';
  const whole = fields.get('x-amz-algorithm') === 'AWS4-HMAC-SHA256' && !Number.isNaN(parseAmzDate(date));
  if (!whole) refuseS3('InvalidArgument', 'X-Amz-Algorithm and X-Amz-Date are needed.');
  const checked = checkCredential(fields.get('x-amz-credential') ?? '', date, scope);
  const { scope: signed } = typeof checked === 'string' ? refuseS3(checked) : checked;
  const expected = signWith(scope.credentials.secretAccessKey, signed, encoded);
  if (!sameText(expected, fields.get('x-amz-signature') ?? '')) refuseS3('SignatureDoesNotMatch');
};

/**
 * Passes when the form was signed with our key, is in time, holds every condition and carries no field the policy
 * does not name. Field names are lower-case; `bucket` is among them. `size` in bytes. Refuses as S3 does.
 */
export const checkPolicy = (fields: FormFields, size: number, scope: Scope): void => {
  const encoded = fields.get('policy') ?? '';
  if (encoded === '') refuseS3('AccessDenied', 'A policy is needed: the bucket is not public.');
  checkSignature(fields, encoded, scope);
  const policy = parsePolicy(encoded);
  const expires = Date.parse(String(policy.expiration));
  const conditions: unknown[] = Array.isArray(policy.conditions)
    ? policy.conditions
    : refuseS3('InvalidPolicyDocument', 'Invalid Policy: Invalid conditions.');
  if (Number.isNaN(expires)) refuseS3('InvalidPolicyDocument', "Invalid Policy: Invalid 'expiration'.");
  if (scope.now >= expires) refuseS3('AccessDenied', 'Invalid according to Policy: Policy expired.');
  const covered = new Set(conditions.flatMap(condition => checkCondition(condition, fields, size)));
  for (const name of fields.keys()) {
    if (!covered.has(name) && !neverCovered.has(name) && !name.startsWith('x-ignore-')) {
      refuseS3('AccessDenied', `Invalid according to Policy: Extra input fields: ${name}`);
    }
  }
};
