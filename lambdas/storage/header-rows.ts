/** The header of a case as it lies in the Cases table, and what a folder is sorted by. */
import * as z from 'zod/mini';
import type { AskedFor, CaseHeader, NewestEvent } from '../domain/case.ts';
import type { CoursePlace } from '../domain/course.ts';
import { languages, type Translated } from '../domain/language.ts';
import { statuses } from '../domain/status.ts';
import { headerKey } from './case-keys.ts';

/** Characters of each name that are kept: enough to sort by, and 25 headers stay one cheap read. */
const sortNameLength = 14;

/** The form's name in each language, as the folder sorts by it. */
export const sortNames = (names: Translated): string =>
  languages.map(language => names[language].replaceAll('|', ' ').slice(0, sortNameLength)).join('|');

export const readNames = (names: string): Translated => {
  const [fi = '', sv = '', en = ''] = names.split('|');
  return { fi, sv, en };
};

/** Short attribute names: DynamoDB counts them into the size of every row. */
const headerRow = z.object({
  pk: z.string(),
  sk: z.string(),
  service: z.string(),
  /** Absent when the form is named as its service. */
  form: z.optional(z.string()),
  version: z.string(),
  names: z.string(),
  status: z.enum(statuses),
  submittedAt: z.number(),
  updatedAt: z.number(),
  contentAt: z.number(),
  contentBy: z.optional(z.string()),
  othersAt: z.optional(z.number()),
  seenAt: z.optional(z.number()),
  openAt: z.optional(z.number()),
  msgs: z.optional(z.number()),
  elsewhere: z.optional(z.literal(true)),
  revision: z.number(),
  /** Of a course only: number of arrival, `@`, course. */
  place: z.optional(z.string()),
  /** Whose doing the newest event was, and its type. */
  newest: z.optional(z.string()),
  /** The day by which the citizen is waited for, or `noDay`. */
  waitsBy: z.optional(z.string()),
});

/** Sorts after every day. */
const noDay = '9999-12-31';
export const writeWaitsBy = ({ dueDate = noDay }: AskedFor): string => dueDate;
export const readWaitsBy = (day: string): AskedFor => (day === noDay ? {} : { dueDate: day });

export const writeNewest = ({ by, type }: NewestEvent): string => `${by} ${type}`;
export const readNewest = (text: string): NewestEvent => {
  const [by, type] = text.split(' ');
  return { by, type } as NewestEvent;
};

const writePlace = ({ arrival, course }: CoursePlace): string => `${arrival}@${course}`;
const readPlace = (text: string): CoursePlace => {
  const at = text.indexOf('@');
  return { arrival: Number(text.slice(0, at)), course: text.slice(at + 1) };
};

/** A header and what it is sorted by. */
export interface FolderHeader extends CaseHeader {
  /** By language, the head of the form's name. */
  readonly names: Translated;
}

export const writeHeader = ({ caseNumber, owner, ...header }: FolderHeader): Record<string, unknown> => ({
  ...headerKey(owner, caseNumber),
  service: header.service,
  ...(header.form !== header.service && { form: header.form }),
  version: header.formVersion,
  names: sortNames(header.names),
  status: header.status,
  submittedAt: header.submittedAt,
  updatedAt: header.updatedAt,
  contentAt: header.contentUpdatedAt,
  ...(header.contentUpdatedBy && { contentBy: header.contentUpdatedBy }),
  ...(header.othersUpdatedAt && { othersAt: header.othersUpdatedAt }),
  revision: header.revision,
  ...(header.messagesElsewhere && { elsewhere: true }),
  ...(header.place && { place: writePlace(header.place) }),
});

export const readHeader = (row: unknown): FolderHeader => {
  const { pk, sk, version, contentAt, contentBy, othersAt, seenAt, names, ...rest } = headerRow.parse(row);
  const { openAt, msgs = 0 } = rest;
  return {
    caseNumber: sk.slice('CASE#'.length),
    owner: pk.slice('OWNER#'.length),
    service: rest.service,
    form: rest.form ?? rest.service,
    formVersion: version,
    status: rest.status,
    submittedAt: rest.submittedAt,
    updatedAt: rest.updatedAt,
    contentUpdatedAt: contentAt,
    ...(contentBy !== undefined && { contentUpdatedBy: contentBy }),
    ...(othersAt !== undefined && { othersUpdatedAt: othersAt }),
    ...(seenAt !== undefined && { seenAt }),
    ...(openAt !== undefined && { openedAt: openAt }),
    ...(msgs > 0 && { letters: msgs }),
    ...(rest.elsewhere && { messagesElsewhere: rest.elsewhere }),
    revision: rest.revision,
    ...(rest.place !== undefined && { place: readPlace(rest.place) }),
    ...(rest.newest !== undefined && { newest: readNewest(rest.newest) }),
    ...(rest.waitsBy !== undefined && { waitsFor: readWaitsBy(rest.waitsBy) }),
    names: readNames(names),
  };
};
