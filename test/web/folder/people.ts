/** Made-up people and their matters for the browser tests. The identity code is an artificial one (900–999). */
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import { statuses } from '../../../lambdas/domain/status.ts';
import type { CaseAnswer, CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import type { DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import type { ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import type { MockState } from './mock-state.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 20, 8, 30);

const service = (id: string, fi: string, sv: string, en: string): ServiceSummary => ({
  id,
  name: { fi, sv, en },
  form: id,
  applicants: ['person', 'organisation'],
  stored: true,
});

const services = [
  service('koirailmoitus', 'Koirailmoitus', 'Hundanmälan', 'Dog registration'),
  service('paivahoitohakemus', 'Päivähoitohakemus', 'Ansökan om dagvård', 'Day care application'),
  service(
    'suunnistuskartta',
    'Liikuntapalveluiden suunnistuskartta-avustuksen hakemuslomake yhdistyksille',
    'Idrottstjänsternas ansökningsblankett för orienteringskartunderstöd till föreningar',
    'Application for an orienteering map grant from the sports services',
  ),
];

/** The form of every case here: two questions on one page. */
const { form } = compileForm({
  id: 'koirailmoitus',
  schema: {
    type: 'object',
    properties: {
      koira: {
        type: 'object',
        title: 'Koiran tiedot',
        properties: { nimi: { type: 'string', title: 'Nimi' }, rotu: { type: 'string', title: 'Rotu' } },
      },
    },
  },
});

type NewEvent = CitizenEvent extends infer Event
  ? Event extends CitizenEvent
    ? Omit<Event, 'id' | 'sequence' | 'at'>
    : never
  : never;

/** Events of one case, a few hours apart. */
const history = (from: number, ...bodies: readonly NewEvent[]): CitizenEvent[] =>
  bodies.map((body, index) => ({
    ...body,
    id: `e${index + 1}`,
    sequence: index + 1,
    at: from + index * 5_400_000,
  })) as CitizenEvent[];

const conversation: readonly NewEvent[] = [
  { type: 'submitted', by: 'citizen' },
  { type: 'status', by: 'department', status: 'processing' },
  {
    type: 'message',
    by: 'department',
    text: 'Hei!\n\nOnko koiralla siru? Ohje: https://www.hel.fi/koirat?kieli=fi.\nJavascript:alert(1) ei ole linkki. <b>Terveisin</b> virkailija',
  },
  {
    type: 'message',
    by: 'citizen',
    text: 'Kyllä on, numero on rokotustodistuksessa.',
    attachments: [{ id: 'a1', name: 'rokotustodistus.pdf' }],
  },
  {
    type: 'request',
    by: 'department',
    text: 'Lähettäisitkö vielä rokotustodistuksen päivämäärän.',
    dueDate: '2126-12-24',
  },
  {
    type: 'decision',
    by: 'department',
    title: {
      fi: 'Koira on merkitty rekisteriin',
      sv: 'Hunden har registrerats',
      en: 'The dog has been registered',
    },
    text: 'Koirasi on nyt rekisterissä.',
    appeal: {
      instructions: {
        fi: 'Voit tehdä oikaisuvaatimuksen 14 päivän kuluessa tiedoksisaannista.',
        sv: 'Du kan begära omprövning inom 14 dagar från delfåendet.',
        en: 'You can claim a revision within 14 days of being served with the decision.',
      },
      url: 'https://www.hel.fi/oikaisuvaatimus',
      dueDate: '2127-01-07',
    },
  },
];

export const makeCase = (index: number): CaseAnswer => {
  const submittedAt = start - index * day;
  const isFirst = index === 0;
  const events = history(submittedAt, ...(isFirst ? conversation : conversation.slice(0, 1)));
  return {
    caseNumber: `HEL-2026-${String(1000 - index).padStart(6, '0')}`,
    service: services[index % services.length]?.id ?? '',
    form: 'koirailmoitus',
    formVersion: '0123456789ab',
    status: isFirst ? 'processing' : (statuses[index % statuses.length] ?? 'sent'),
    submittedAt,
    updatedAt: events.at(-1)?.at ?? submittedAt,
    isNew: index % 10 === 0,
    ...(isFirst && {
      newest: { type: 'decision', by: 'department' },
      waitsFor: { dueDate: '2026-12-24' },
    }),
    revision: events.length,
    answers: { koira: { nimi: 'Musti', rotu: 'Suomenlapinkoira' } },
    language: 'fi',
    canAttach: false,
    attachments: isFirst
      ? [
          {
            id: 'a1',
            name: 'rokotustodistus.pdf',
            size: 234_567,
            sha256: '',
            type: 'application/pdf',
            state: 'uploaded',
          },
        ]
      : [],
    events,
    canReply: isFirst,
    unreadMessages: isFirst ? 1 : 0,
    canWithdraw: isFirst,
    notifications: isFirst
      ? [
          { at: submittedAt + 3_600_000, channel: 'email', outcome: 'delivered' },
          { at: submittedAt + 7_200_000, channel: 'email', outcome: 'failed' },
        ]
      : [],
  };
};

export const makeDraft = (index: number): DraftSummary => ({
  id: `draft-000${index}`,
  service: services[index % services.length]?.id ?? '',
  form: 'koirailmoitus',
  formVersion: '0123456789ab',
  createdAt: Date.now() - 9 * day,
  updatedAt: Date.now() - (index + 1) * day - 60_000,
  expiresAt: Date.now() + 81 * day,
  revision: 4,
});

/** A registered person with so many cases and drafts. */
export const person = (cases = 0, drafts = 0): MockState => ({
  session: {
    signedIn: true,
    kind: 'person',
    name: 'Maija Meikäläinen',
    registered: true,
    method: 'bank',
    idleSecondsLeft: 7200,
    absoluteSecondsLeft: 28_800,
  },
  profile: {
    registered: true,
    kind: 'person',
    name: 'Maija Meikäläinen',
    identityCode: '010190-900P',
    email: 'maija@esimerkki.fi',
    channel: 'email',
    language: 'fi',
    revision: 1,
  },
  services,
  drafts: Array.from({ length: drafts }, (_, index) => makeDraft(index)),
  cases: Array.from({ length: cases }, (_, index) => makeCase(index)),
  form,
  failing: new Set(),
  heard: [],
});

/** The same person at the first sign-in: nothing is stored yet. */
export const newcomer = (): MockState => {
  const state = person();
  if (state.session.signedIn) state.session = { ...state.session, registered: false };
  state.profile = {
    registered: false,
    kind: 'person',
    name: 'Maija Meikäläinen',
    identityCode: '010190-900P',
    revision: 0,
  };
  return state;
};

export const representative = (): MockState => {
  const state = person(3, 1);
  const organisation = { name: 'Helsingin Suunnistajat ry', businessId: '1234567-1' };
  if (state.session.signedIn) state.session = { ...state.session, kind: 'organisation', organisation };
  state.profile = {
    registered: true,
    kind: 'organisation',
    ...organisation,
    phone: '+358401234567',
    channel: 'sms',
    language: 'fi',
    revision: 3,
  };
  return state;
};

/** Somebody whose first address nobody has confirmed, who has given a new number, and whose cases were looked at. */
export const watched = (): MockState => {
  const state = person(2);
  const [caseNumber = ''] = state.cases.map(one => one.caseNumber);
  const department = { kind: 'department', name: 'Kaupunkiympäristön toimiala' } as const;
  return {
    ...state,
    profile: { ...state.profile, unconfirmed: ['email'], wanted: { phone: '+358401234567' } },
    readings: [
      {
        ...{ at: start + 3 * day, caseNumber, by: department, what: 'attachment' },
        ...{ file: 'rokotustodistus-ja-muut-asiakirjat.pdf', purpose: 'Hakemuksen käsittely' },
      },
      { at: start + 2 * day, caseNumber, by: department, what: 'case', purpose: 'Asian vireillepano' },
    ],
    signIns: [
      { at: start + 4 * day, name: 'Maija Meikäläinen', method: 'bank' },
      {
        ...{ at: start + day, name: 'Maija Meikäläinen', method: 'urn:x' },
        organisation: 'Helsingin Suunnistajat ry',
      },
    ],
  };
};
