/** `bulletin ID …`: what a person types, as the department API takes it. */
import { firstLine } from '../../../lambdas/domain/catalogue/rich-text.ts';
import { languages, type Translated } from '../../../lambdas/domain/language.ts';
import { cell } from './text.ts';
import { UsageError } from './usage.ts';

export interface BulletinFlags {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly fi?: string | undefined;
  readonly sv?: string | undefined;
  readonly en?: string | undefined;
}

/** An hour without its offset would be another one in summer than in winter, and on another machine. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

const readTime = (flag: 'from' | 'until', value: string): string => {
  if (instant.test(value) && !Number.isNaN(Date.parse(value))) return new Date(value).toISOString();
  throw new UsageError(`--${flag} must be a time such as 2026-12-24T09:00+02:00, not ${value}`);
};

const given = (flags: BulletinFlags, name: keyof BulletinFlags): string => {
  const value = flags[name]?.trim();
  if (value) return value;
  throw new UsageError(`bulletin needs --${name}; it takes --from, --until, --fi, --sv and --en`);
};

/** The body of `PUT bulletins/{id}`. Throws UsageError. */
export const bulletinBody = (flags: BulletinFlags) => ({
  from: readTime('from', given(flags, 'from')),
  until: readTime('until', given(flags, 'until')),
  text: Object.fromEntries(languages.map(language => [language, given(flags, language)])),
});

export const bulletinPath = (id = ''): string => `bulletins/${encodeURIComponent(id)}`;

interface Announced {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly text: Translated;
}

export const announced = (answer: unknown): string => {
  const { id, from, until } = answer as Partial<Announced>;
  return id === undefined ? 'Removed.' : `${id} is shown from ${cell(from)} until ${cell(until)}.`;
};

/** Characters that a line of a table takes. */
const readable = 60;

/** For a table: the Finnish text, as much of it as one line takes. */
export const bulletinRows = (answer: unknown) =>
  (answer as Announced[]).map(bulletin => ({ ...bulletin, text: firstLine(bulletin.text.fi, readable) }));
