/**
 * Stands in for GuardDuty Malware Protection for S3: hears of new objects as that does, and says what it found by the
 * same event. It knows one piece of malware, the harmless file made to be found (EICAR), and can be told to wait, to
 * lose what it was to scan, or to fail, so that what depends on its word can be tried.
 */
import type { BusEvent, EventBus } from '../event-bus.ts';

export interface ScanPlan {
  readonly bucket: string;
  /** Empty: all of the bucket. */
  readonly prefixes: readonly string[];
}

export const scanModes = ['scan', 'hold', 'lose', 'UNSUPPORTED', 'ACCESS_DENIED', 'FAILED'] as const;
export type ScanMode = (typeof scanModes)[number];

export interface ScannerOptions {
  readonly plans: readonly ScanPlan[];
  readonly bus: EventBus;
  /** The object's bytes; undefined where it is gone. */
  readonly read: (bucket: string, key: string) => Buffer | undefined;
  /** How long a scan takes. */
  readonly milliseconds?: number;
}

export interface Scanner {
  /** What it does from now on; going back to `scan` ends what was held. Answers how many objects are held. */
  set(mode: ScanMode): number;
  close(): void;
}

/** The test file of the European Institute for Computer Antivirus Research, put together here so that no scanner finds this one. */
export const eicar = [
  String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$`,
  'EICAR',
  '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
].join('');

interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  readonly eTag: string;
  readonly versionId: string | undefined;
}

const createdObject = ({ source, 'detail-type': type, detail }: BusEvent): CreatedObject | undefined => {
  if (source !== 'aws.s3' || type !== 'Object Created') return undefined;
  const { bucket, object } = detail as {
    bucket: { name: string };
    object: { key: string; etag: string; 'version-id'?: string };
  };
  return { bucket: bucket.name, key: object.key, eTag: object.etag, versionId: object['version-id'] };
};

const isPlanned = (plans: readonly ScanPlan[], { bucket, key }: CreatedObject): boolean =>
  plans.some(
    plan =>
      plan.bucket === bucket &&
      (plan.prefixes.length === 0 || plan.prefixes.some(prefix => key.startsWith(prefix))),
  );

const scanStatus = { UNSUPPORTED: 'SKIPPED', ACCESS_DENIED: 'SKIPPED', FAILED: 'FAILED' } as const;

const verdictOn = (bytes: Buffer) =>
  bytes.includes(eicar)
    ? { scanResultStatus: 'THREATS_FOUND', threats: [{ name: 'EICAR-Test-File (not a virus)' }] }
    : { scanResultStatus: 'NO_THREATS_FOUND', threats: null };

export const startScanner = ({ plans, bus, read, milliseconds = 700 }: ScannerOptions): Scanner => {
  const held: CreatedObject[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let mode: ScanMode = 'scan';

  const tell = ({ bucket, key, eTag, versionId }: CreatedObject, status: string, result: object): void =>
    bus.put({
      source: 'aws.guardduty',
      'detail-type': 'GuardDuty Malware Protection Object Scan Result',
      resources: [],
      detail: {
        schemaVersion: '1.0',
        scanStatus: status,
        resourceType: 'S3_OBJECT',
        s3ObjectDetails: {
          bucketName: bucket,
          objectKey: key,
          eTag,
          ...(versionId && { versionId }),
          s3Throttled: false,
        },
        scanResultDetails: result,
      },
    });

  const scan = (object: CreatedObject): void => {
    const bytes = read(object.bucket, object.key);
    if (mode === 'UNSUPPORTED' || mode === 'ACCESS_DENIED' || mode === 'FAILED')
      tell(object, scanStatus[mode], { scanResultStatus: mode, threats: null });
    else if (bytes) tell(object, 'COMPLETED', verdictOn(bytes));
  };

  const begin = (object: CreatedObject): void => {
    if (mode === 'lose') return;
    if (mode === 'hold') {
      held.push(object);
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      scan(object);
    }, milliseconds);
    timers.add(timer);
  };

  bus.listen(event => {
    const object = createdObject(event);
    if (object && isPlanned(plans, object)) begin(object);
  });

  return {
    set: next => {
      mode = next;
      if (mode !== 'hold') for (const object of held.splice(0)) begin(object);
      return held.length;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};
