import { writeCursor } from '../access-log/entries.ts';
import { type CaseReading, caseAnswer } from '../cases/case.ts';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import type { Profile } from '../domain/profile.ts';
import type { Session } from '../domain/session.ts';
import type { CaseAnswer } from '../http/wire/cases.ts';
import type { DraftAnswer } from '../http/wire/drafts.ts';
import type { MyDataAnswer } from '../http/wire/my-data.ts';
import type { AccessLogReading, LogPage } from '../storage/access-log.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { Cases } from '../storage/cases.ts';
import type { Consents } from '../storage/consents.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { Notice } from '../storage/notices.ts';
import type { Profiles } from '../storage/profiles.ts';
import type { SentFactsReading } from '../storage/sent-facts.ts';

export interface CollectDependencies extends Omit<CaseReading, 'cases' | 'attachments'> {
  readonly cases: Pick<Cases, 'all' | 'open' | 'unfinishedReply'>;
  readonly attachments: Pick<Attachments, 'list' | 'custody'>;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly drafts: Pick<Drafts, 'list' | 'get'>;
  readonly facts: Pick<SentFactsReading, 'all'>;
  readonly consents: Pick<Consents, 'all'>;
  readonly notices: (owner: OwnerId) => Promise<readonly Notice[]>;
  readonly accessLog: Pick<AccessLogReading, 'readings' | 'signIns'>;
}

/** Whose data: a person's own folder. */
export type Subject = Pick<Session, 'owner' | 'person'>;

/** Cases or drafts opened at once. */
const together = 16;

const inTurns = async <From, To>(
  items: readonly From[],
  open: (item: From) => Promise<To>,
): Promise<readonly To[]> => {
  const opened: To[] = [];
  for (let at = 0; at < items.length; at += together)
    opened.push(...(await Promise.all(items.slice(at, at + together).map(open))));
  return opened;
};

/** A system may ask for one case every minute for years: the newest so many of each list are collected. */
const newestOfLog = 2_000;
/** Each of them is sealed by itself: so many are opened at once. */
const logPage = 250;

/** The newest entries, and where the older ones are read page by page. */
const newest = async <Entry>(
  address: string,
  read: (after: string | undefined, limit: number) => Promise<LogPage<Entry>>,
): Promise<{ readonly entries: readonly Entry[]; readonly older?: string }> => {
  const entries: Entry[] = [];
  let after: string | undefined;
  for (let asked = 0; asked < newestOfLog; asked += logPage) {
    const { items, next } = await read(after, logPage);
    entries.push(...items);
    if (next === undefined) return { entries };
    after = next;
  }
  return { entries, ...(after !== undefined && { older: `${address}?cursor=${writeCursor(after)}` }) };
};

/** Page and JSON are of one reading. */
const caseOf = async (
  subject: Subject,
  caseNumber: CaseNumber,
  now: EpochMs,
  dependencies: CollectDependencies,
): Promise<CaseAnswer | undefined> => {
  const { cases } = dependencies;
  const opened = await cases.open(subject.owner, caseNumber);
  if (!opened) return undefined;
  const asked = { ...dependencies, cases: { open: async () => opened } };
  const answer = await caseAnswer({ session: subject }, caseNumber, asked);
  const replyDraft = await cases.unfinishedReply(opened, subject.person, now);
  return { ...answer, ...(replyDraft !== undefined && { replyDraft }) };
};

const casesOf = async (
  subject: Subject,
  now: EpochMs,
  dependencies: CollectDependencies,
): Promise<readonly CaseAnswer[]> => {
  const headers = await dependencies.cases.all(subject.owner);
  const opened = await inTurns(headers, ({ caseNumber }) => caseOf(subject, caseNumber, now, dependencies));
  return opened.filter(shown => shown !== undefined);
};

/** One that was sent or deleted while the others were read is missing here, and is a case or nothing. */
const draftsOf = async (
  { owner }: Subject,
  now: EpochMs,
  { drafts, attachments }: CollectDependencies,
): Promise<readonly DraftAnswer[]> => {
  const headers = await drafts.list(owner, now);
  const opened = await inTurns(headers, async ({ id }) => {
    const name = { owner, id };
    const [draft, files] = await Promise.all([drafts.get(name, now), attachments.list(name, now)]);
    if (!draft) return undefined;
    const { saving: _saving, ...kept } = draft;
    return { ...kept, attachments: files };
  });
  return opened.filter(draft => draft !== undefined);
};

const logOf = async ({ owner }: Subject, now: EpochMs, { accessLog }: CollectDependencies) => {
  const [readings, signIns] = await Promise.all([
    newest('/api/readings', (after, limit) => accessLog.readings(owner, now, after, limit)),
    newest('/api/sign-ins', (after, limit) => accessLog.signIns(owner, now, after, limit)),
  ]);
  return {
    readings: readings.entries.map(({ owner: _owner, by: { kind, name }, ...reading }) => ({
      ...reading,
      by: { kind, name },
    })),
    ...(readings.older !== undefined && { olderReadings: readings.older }),
    signIns: signIns.entries.map(({ owner: _owner, person: _person, ...record }) => record),
    ...(signIns.older !== undefined && { olderSignIns: signIns.older }),
  };
};

const shown = ({ owner: _owner, ...profile }: Profile) => profile;

/** Everything the portal keeps of a person, opened; undefined where there is nothing. Ids that only we use are left out. */
export const collect = async (
  subject: Subject,
  now: EpochMs,
  dependencies: CollectDependencies,
): Promise<MyDataAnswer | undefined> => {
  const { owner } = subject;
  const [profile, cases, drafts, receipts, consents, notices, log] = await Promise.all([
    dependencies.profiles.get(owner),
    casesOf(subject, now, dependencies),
    draftsOf(subject, now, dependencies),
    dependencies.facts.all(owner, now),
    dependencies.consents.all(owner),
    dependencies.notices(owner),
    logOf(subject, now, dependencies),
  ]);
  if (!profile && cases.length === 0) return undefined;
  return {
    collectedAt: now,
    ...(profile && { profile: shown(profile) }),
    ...{ cases, drafts, receipts, consents, ...log },
    notifications: notices,
  };
};
