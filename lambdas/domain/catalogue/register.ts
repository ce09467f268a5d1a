import * as z from 'zod/mini';
import { type Language, languages } from '../language.ts';
import { safeUrl } from './rich-text.ts';
import type { Applicant, Channel, ChannelKind, Link, Service, ServiceTexts } from './service.ts';

/**
 * The city's register of errand services (TPR), as its open JSON has it: an array of records
 * `{id, fi, sv, en}`; a missing language is `[]`. Unknown fields are let be.
 */
const linkSchema = z.object({
  type: z.string(),
  title: z.string(),
  url: z.string(),
  file_format: z.optional(z.string()),
});

const text = z.optional(z.string());
const flag = z.optional(z.boolean());
const codes = z.optional(z.array(z.string()));

const channelSchema = z.object({
  id: z.optional(z.int()),
  type: z.string(),
  name: text,
  information: text,
  prerequisites: text,
  process_description: text,
  availability_summary: text,
  phone: text,
  call_charge_info: text,
  email: text,
  personal_service_street_addr: text,
  personal_service_postal_code: text,
  personal_service_city: text,
  requires_authentication: flag,
  saved_to_customer_folder: flag,
  for_personal_customer: flag,
  for_corporate_customer: flag,
  links: z.optional(z.array(linkSchema)),
});

const oneLanguage = z.object({
  name: z.string(),
  name_synonyms: text,
  description: text,
  process_description: text,
  processing_time: text,
  expiration_time: text,
  costs: text,
  information: text,
  responsible_depts: codes,
  target_groups: codes,
  life_events: codes,
  links: z.optional(z.array(linkSchema)),
  channels: z.optional(z.array(channelSchema)),
});

const perLanguage = z.optional(oneLanguage);
const recordSchema = z.object({
  id: z.int().check(z.positive()),
  fi: perLanguage,
  sv: perLanguage,
  en: perLanguage,
});

type Written = z.infer<typeof oneLanguage>;
type WrittenChannel = z.infer<typeof channelSchema>;
type Record_ = z.infer<typeof recordSchema>;

/** A record that was left out. */
export interface Skipped {
  /** In the file, from 1. */
  readonly position: number;
  readonly id?: string;
  readonly reason: string;
}

export interface Register {
  readonly services: readonly Service[];
  readonly skipped: readonly Skipped[];
}

/** The file as a whole cannot be used: not JSON, or no list of records. Nothing of it was taken. */
export class BrokenRegister extends Error {
  override readonly name = 'BrokenRegister';
}

const invisible = /[\u200B-\u200D\u2060\uFEFF]/g;
const clean = (value: string | undefined): string | undefined => {
  const cleaned = value?.replace(invisible, '').trim();
  return cleaned === '' ? undefined : cleaned;
};

/** Leaves out what is undefined, as `exactOptionalPropertyTypes` wants it. */
const present = <T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** By the ends of addresses; the register often leaves the format out, or says `HTML` of a PDF. */
const formats: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  doc: 'WORD',
  docx: 'WORD',
  rtf: 'RTF',
  odt: 'ODT',
  xls: 'EXCEL',
  xlsx: 'EXCEL',
};

/** Undefined for web pages. */
const formatOf = (url: string, written: string | undefined): string | undefined => {
  const end = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  return formats[end] ?? (written === 'HTML' ? undefined : clean(written));
};

const linksOf = (links: Written['links']): Link[] =>
  (links ?? []).flatMap(({ title, url, file_format }) => {
    const safe = safeUrl(url);
    if (safe === undefined) return [];
    return [{ title: clean(title) ?? safe, url: safe, ...present({ format: formatOf(safe, file_format) }) }];
  });

const kinds: Readonly<Record<string, ChannelKind>> = {
  ESERVICE: 'eservice',
  WEBPAGE: 'webpage',
  PRINTABLE_FORM: 'printable-form',
  TELEPHONE: 'telephone',
  EMAIL: 'email',
  CHAT: 'chat',
  LOCAL: 'local',
  MAIL: 'mail',
};

const addressOf = (channel: WrittenChannel): string | undefined => {
  const place = [channel.personal_service_postal_code, channel.personal_service_city]
    .map(clean)
    .filter(Boolean)
    .join(' ');
  return clean([clean(channel.personal_service_street_addr), place].filter(Boolean).join(', '));
};

/** A kind of channel we do not know is left out rather than shown under a wrong heading. */
const channelsOf = (channels: readonly WrittenChannel[] = []): Channel[] =>
  channels.flatMap(channel => {
    const kind = kinds[channel.type];
    if (kind === undefined) return [];
    const fields = present({
      name: clean(channel.name),
      information: clean(channel.information),
      prerequisites: clean(channel.prerequisites),
      process: clean(channel.process_description),
      hours: clean(channel.availability_summary),
      phone: clean(channel.phone),
      charge: clean(channel.call_charge_info),
      email: clean(channel.email),
      address: addressOf(channel),
    });
    return [{ kind, ...present({ id: channel.id }), ...fields, links: linksOf(channel.links) }];
  });

const textsOf = (written: Written): ServiceTexts => ({
  name: clean(written.name) ?? '',
  ...present({
    synonyms: clean(written.name_synonyms),
    description: clean(written.description),
    process: clean(written.process_description),
    processingTime: clean(written.processing_time),
    validity: clean(written.expiration_time),
    costs: clean(written.costs),
    information: clean(written.information),
  }),
  links: linksOf(written.links),
  channels: channelsOf(written.channels),
});

/** What the electronic channels say of a service; nothing where there are none, for then the flags mean nothing. */
const electronicFacts = (channels: readonly WrittenChannel[]) => {
  const electronic = channels.filter(({ type, links }) => type === 'ESERVICE' && linksOf(links).length > 0);
  if (electronic.length === 0) return { electronic: false };
  const applicants: Applicant[] = [];
  if (electronic.some(channel => channel.for_personal_customer)) applicants.push('person');
  if (electronic.some(channel => channel.for_corporate_customer)) applicants.push('organisation');
  return {
    electronic: true,
    ...(applicants.length > 0 && { applicants }),
    identification: electronic.some(channel => channel.requires_authentication),
    stored: electronic.some(channel => channel.saved_to_customer_folder),
  };
};

const serviceOf = (record: Record_): Service | undefined => {
  const written = languages.flatMap(language => {
    const one = record[language];
    return one === undefined || Array.isArray(one) || clean(one.name) === undefined
      ? []
      : [[language, one] as const];
  });
  const first = written[0]?.[1];
  if (first === undefined) return undefined;
  const union = (field: 'responsible_depts' | 'target_groups' | 'life_events'): string[] => [
    ...new Set(written.flatMap(([, one]) => one[field] ?? [])),
  ];
  return {
    id: `tpr-${record.id}`,
    origin: 'register',
    texts: Object.fromEntries(written.map(([language, one]) => [language, textsOf(one)])) as Record<
      Language,
      ServiceTexts
    >,
    topics: [],
    groups: union('target_groups'),
    lifeEvents: union('life_events'),
    departments: union('responsible_depts'),
    ...electronicFacts(first.channels ?? []),
  };
};

const idOf = (record: unknown): string | undefined => {
  const id = (record as { id?: unknown } | null)?.id;
  return typeof id === 'number' || typeof id === 'string' ? `tpr-${id}` : undefined;
};

type Issue = NonNullable<ReturnType<typeof recordSchema.safeParse>['error']>['issues'][number];

/** Where and what, never the value. */
const reasonOf = (issue: Issue | undefined): string => {
  if (issue === undefined) return 'invalid';
  const place = issue.path.map(String).join('.') || 'the record';
  return issue.code === 'invalid_type'
    ? `${place} must be ${issue.expected}`
    : `${place} is not valid (${issue.code})`;
};

/** A missing language is written `[]`. */
const withoutMissingLanguages = (record: unknown): unknown => {
  if (typeof record !== 'object' || record === null) return record;
  const isMissing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isMissing(value)));
};

const readRecord = (record: unknown): Service | string => {
  const parsed = recordSchema.safeParse(withoutMissingLanguages(record));
  if (!parsed.success) return reasonOf(parsed.error.issues[0]);
  return serviceOf(parsed.data) ?? 'no name in any language';
};

const parseFile = (file: string): unknown[] => {
  let records: unknown;
  try {
    records = JSON.parse(file.replace(/^\uFEFF/, ''));
  } catch {
    throw new BrokenRegister('the file is not JSON');
  }
  if (!Array.isArray(records)) throw new BrokenRegister('the file is not a list of services');
  return records;
};

/**
 * Takes what can be taken, record by record; the rest is named by position and reason. `excluded` are records that
 * are not services (tests), by id: our own data. Throws `BrokenRegister` when the file itself is unusable.
 */
export const parseRegister = (file: string, excluded: Readonly<Record<string, string>> = {}): Register => {
  const services = new Map<string, Service>();
  const skipped: Skipped[] = [];
  for (const [index, record] of parseFile(file).entries()) {
    const id = idOf(record);
    const skip = (reason: string) => skipped.push({ position: index + 1, ...present({ id }), reason });
    const reason = id === undefined ? undefined : excluded[id];
    if (reason !== undefined) {
      skip(`excluded: ${reason}`);
      continue;
    }
    const service = readRecord(record);
    if (typeof service === 'string') skip(service);
    else if (services.has(service.id)) skip('the same id again');
    else services.set(service.id, service);
  }
  return { services: [...services.values()], skipped };
};
