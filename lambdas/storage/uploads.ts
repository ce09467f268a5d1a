import type { CaseAttachment } from '../domain/case.ts';
import type { DraftName } from './draft-rows.ts';

/** Where a browser sends a file: a multipart form, these fields first and `file` last. */
export interface Upload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export type Announced = Pick<CaseAttachment, 'id' | 'size' | 'type' | 'sha256'>;

/** The files themselves. Nothing leaves quarantine before it has been scanned. */
export interface Uploads {
  /** Takes exactly the file that was announced: its size, its type, its checksum. Valid for 15 minutes. */
  invite(draft: DraftName, attachment: Announced): Promise<Upload>;
  /** Whether the file is in quarantine, whole, and the one that was announced. */
  arrived(draft: DraftName, attachment: Announced): Promise<boolean>;
  /** From wherever it is. */
  remove(draft: DraftName, attachment: string): Promise<void>;
  /** A short-lived address of a file that was found clean; the caller's token is not for it. */
  release(draft: DraftName, attachment: Pick<CaseAttachment, 'id'>): Promise<string>;
}

export const base64 = (sha256: string): string => Buffer.from(sha256, 'hex').toString('base64');

const under = (place: string, { owner, id }: DraftName, attachment: string): string =>
  `${place}/${owner}/${id}/${attachment}`;

/** No name of a file, for addresses end in logs. */
export const quarantineKey = (draft: DraftName, attachment: string): string =>
  under('quarantine', draft, attachment);

/** Only the one who hears the scanner's verdict can write here, and departments can read nowhere else. */
export const cleanKey = (draft: DraftName, attachment: string): string => under('clean', draft, attachment);
