/** Cases as a person at a terminal reads them; what the API adds later is shown too, by its own name. */
import { readableTime } from '../mailbox.ts';

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTime = (value: unknown): value is string | number =>
  (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) ||
  (typeof value === 'number' && value > 1e12);

export const cell = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (isTime(value)) return readableTime(new Date(value).toISOString());
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Columns as wide as their longest cell. */
export const table = (rows: readonly Row[], columns: Readonly<Record<string, string>>): string => {
  const lines = [
    Object.values(columns),
    ...rows.map(row => Object.keys(columns).map(name => cell(row[name]))),
  ];
  const widths = Object.keys(columns).map((_, index) =>
    Math.max(...lines.map(line => line[index]?.length ?? 0)),
  );
  return lines
    .map(line =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** Answers, one a line, indented by their depth; `3) ` numbers the rows of a repeated part. */
export const outline = (value: unknown, depth = 0): string[] => {
  const indent = '  '.repeat(depth);
  const entry = (name: string, child: unknown): string[] =>
    typeof child === 'object' && child !== null
      ? [`${indent}${name}`, ...outline(child, depth + 1)]
      : [`${indent}${name}: ${cell(child).replace(/\n/g, `\n${indent}  `)}`];
  if (Array.isArray(value)) return value.flatMap((child, index) => entry(`${index + 1})`, child));
  if (isRow(value)) return Object.entries(value).flatMap(([name, child]) => entry(name, child));
  return [`${indent}${cell(value)}`];
};

const translated = (value: unknown): string =>
  isRow(value) ? cell(value.fi ?? Object.values(value)[0]) : cell(value);

const appealText = ({ instructions, url, dueDate }: Row): string =>
  [
    'appeal',
    dueDate && `by ${cell(dueDate)}`,
    url && cell(url),
    instructions && `“${translated(instructions)}”`,
  ]
    .filter(part => typeof part === 'string')
    .join(' ');

const eventText = (event: Row): string => {
  const { type, status, label, text, title, dueDate, readAt, appeal, attachments } = event;
  const parts = [
    cell(type),
    status && cell(status),
    label && `(${translated(label)})`,
    title && translated(title),
    dueDate && `by ${cell(dueDate)}`,
    text && `“${cell(text)}”`,
    isRow(appeal) && appealText(appeal),
    Array.isArray(attachments) && `with ${attachments.map(file => cell(file?.name)).join(', ')}`,
    readAt && `read ${cell(readAt)}`,
  ];
  return parts.filter(part => typeof part === 'string' && part !== '').join(' ');
};

const byWhom = ({ actor, by }: Row): string => (isRow(actor) ? cell(actor.kind) : cell(by ?? actor));

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)];

const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

const attachmentLine = (attachment: Row): string => {
  const { name, size, scan, state, id } = attachment;
  return [cell(name), size === undefined ? '' : `${cell(size)} bytes`, cell(scan ?? state), cell(id)]
    .filter(part => part !== '')
    .join(' · ');
};

/** Each answer that was changed, a line: what it was and what it is. */
const changeLine = ({ pointer, before, after }: Row): string =>
  `    ${cell(pointer)}: ${cell(before) || '–'} → ${cell(after) || '–'}`;

const eventLines = (event: Row): string[] => [eventLine(event), ...rowsOf(event.changes).map(changeLine)];

const eventLine = (event: Row): string =>
  [`${cell(event.sequence)}.`, cell(event.at), byWhom(event), eventText(event)]
    .filter(part => part !== '')
    .join('  ');

/** A case, or a delivery (without the salt, which says nothing to people): what is short first, then who, the answers, attachments and events. */
export const caseText = (whole: unknown): string => {
  const {
    answers,
    sentAnswers: _sent,
    attachments,
    events,
    applicant,
    salt: _,
    ...rest
  } = isRow(whole) ? whole : {};
  return [
    ...outline(rest),
    ...section('Applicant', applicant === undefined ? [] : outline(applicant)),
    ...section('Answers', answers === undefined ? [] : outline(answers)),
    ...section('Attachments', rowsOf(attachments).map(attachmentLine)),
    ...section('Events', rowsOf(events).flatMap(eventLines)),
  ].join('\n');
};
