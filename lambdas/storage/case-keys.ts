/** Where the rows of the Cases table are. The owner is in the key, so another person's case cannot be asked for. */
import type { CaseNumber, EpochMs, OwnerId, PersonId } from '../domain/case.ts';

/** A folder: the headers of its cases, and what else is one's own. */
export const ownerKey = (owner: OwnerId): string => `OWNER#${owner}`;
export const headerSort = (caseNumber: CaseNumber): string => `CASE#${caseNumber}`;
export const headerKey = (owner: OwnerId, caseNumber: CaseNumber) => ({
  pk: ownerKey(owner),
  sk: headerSort(caseNumber),
});
/** Asks for the headers of a folder, those of numbers that begin so. */
export const headersIn = (owner: OwnerId, numbers = '') => ({
  KeyConditionExpression: 'pk = :owner AND begins_with(sk, :cases)',
  ExpressionAttributeValues: { ':owner': ownerKey(owner), ':cases': headerSort(numbers) },
});
export const numberOf = ({ sk }: Readonly<Record<string, unknown>>): CaseNumber =>
  String(sk).slice(headerSort('').length);

/** The inside of a case, in this order: one Query from content to the last event opens it. Six digits sort as numbers do. */
export const caseKey = (owner: OwnerId, caseNumber: CaseNumber): string => `CASE#${owner}#${caseNumber}`;
/** What was sent first; it stays as it was. */
export const contentSort = 'CONTENT';
/** What its sender made of it later, by version. */
export const amendedPrefix = `${contentSort}#`;
export const amendedSort = (version: number): string => amendedPrefix + String(version).padStart(6, '0');
/** What became of a digest that told of the case, by its hour. */
export const noticePrefix = 'DIGEST#';
export const noticeSort = (hour: string): string => noticePrefix + hour;
/** That the case was opened, and what happened until when was shown. */
export const openingPrefix = 'DISPLAYED#';
export const openingSort = (to: EpochMs): string => openingPrefix + to;
/** An answer that is not finished, of each person. */
export const replyPrefix = 'DRAFT#';
export const replySort = (person: PersonId): string => replyPrefix + person;
export const eventPrefix = 'EVENT#';
export const eventSort = (sequence: number): string => eventPrefix + String(sequence).padStart(6, '0');

/** Whose a case number is and of which service: for departments, who know no owners. */
export const numberKey = (caseNumber: CaseNumber) => ({ pk: `NUMBER#${caseNumber}`, sk: 'NUMBER' });
