/** The citizens' handlers, each in the real chain, over DynamoDB Local; forms and uploads are played. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { serveCaseAttachments } from '../../lambdas/cases/attachments.ts';
import { serveCase } from '../../lambdas/cases/case.ts';
import { listCases } from '../../lambdas/cases/folder.ts';
import { serveReplies } from '../../lambdas/cases/reply.ts';
import { submitCase } from '../../lambdas/cases/submit.ts';
import { cancelCase } from '../../lambdas/courses/leave.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import { isOpen } from '../../lambdas/domain/forms/open.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { refuse } from '../../lambdas/domain/refusal.ts';
import { serveAttachments } from '../../lambdas/drafts/attachments.ts';
import { serveDrafts } from '../../lambdas/drafts/drafts.ts';
import { api } from '../../lambdas/http/api.ts';
import type { ApiHandler } from '../../lambdas/http/chain.ts';
import type { LogLine } from '../../lambdas/http/log.ts';
import { accessLog, accessLogReading } from '../../lambdas/storage/access-log.ts';
import { amendedWriter } from '../../lambdas/storage/amendments.ts';
import { attachments } from '../../lambdas/storage/attachments.ts';
import { custodyBook } from '../../lambdas/storage/custody.ts';
import { draftKeys } from '../../lambdas/storage/draft-keys.ts';
import { drafts } from '../../lambdas/storage/drafts.ts';
import { replyDrafts } from '../../lambdas/storage/reply-drafts.ts';
import { memorySealer } from '../../lambdas/storage/sealing.memory.ts';
import { memorySessions } from '../../lambdas/storage/sessions.memory.ts';
import { type Call, type Called, call, environment } from '../http/call.ts';
import { sealer as caseSealer, caseStore, monday } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, tables } from '../storage/dynamodb-local.ts';

const compiled = (
  id: string,
  properties: object,
  uiSchema: object,
  settings: object,
  conditions: object = {},
): CompiledForm => {
  const dog = { type: 'object', properties, required: ['name'], ...conditions };
  const schema = { type: 'object', properties: { dog } };
  const { form, problems } = compileForm({ id, schema, uiSchema: { dog: uiSchema }, settings });
  assert.ok(form, JSON.stringify(problems));
  return form;
};

const name = { name: { type: 'string', title: 'Nimi' } };
const file = { map: { type: 'object', title: 'Kartta' } };

export const dogForm = compiled('koirailmoitus', name, {}, {});
export const consentForm = compiled('suostumus', name, {}, { stored: false });
export const grantForm = compiled(
  'avustus',
  { ...name, ...file },
  { map: { 'ui:field': 'atvFile' } },
  { applicants: ['organisation'], application_close: '2026-12-31T23:59:59' },
);
export const roleForm = compiled(
  'nimenkirjoitus',
  { ...name, ...file },
  { map: { 'ui:field': 'atvFile' } },
  {
    applicants: ['organisation'],
    roles: ['NIMKO', 'TJ'],
  },
);
/** May be changed and withdrawn while nobody has begun with it. */
export const changeableForm = compiled(
  'muutettava',
  { ...name, ...file },
  { map: { 'ui:field': 'atvFile' } },
  { amendment: ['sent', 'received'], withdrawal: ['sent', 'received'] },
);
/** The same until a round is over. */
export const roundForm = compiled(
  'kierros',
  name,
  {},
  { amendment: ['sent', 'received'], application_close: '2026-12-31T23:59:59' },
);
/** One of its questions only shows others, and is no department's. */
export const helpedForm = compiled(
  'avustettu',
  {
    ...name,
    more: { type: 'boolean', title: 'Lisätäänkö?' },
    puppies: {
      type: 'array',
      title: 'Pennut',
      items: {
        type: 'object',
        properties: { name: name.name, isOther: { type: 'boolean', title: 'Muu?' } },
      },
    },
  },
  {
    more: { 'misc:exclude-from-submit': true },
    puppies: { items: { isOther: { 'misc:exclude-from-submit': true } } },
    map: { 'ui:field': 'atvFile' },
  },
  { amendment: ['sent'] },
  {
    if: { properties: { more: { const: true } }, required: ['more'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    then: { properties: { why: { type: 'string', title: 'Kuvaus' }, ...file }, required: ['why'] },
  },
);
const forms = [dogForm, consentForm, grantForm, roleForm, changeableForm, roundForm, helpedForm];

export interface Person {
  readonly owner: string;
  readonly person?: string;
}

export const desk = (local: DynamodbLocal, client: Pick<DynamodbLocal['client'], 'send'> = local.client) => {
  const sessions = memorySessions();
  const lines: LogLine[] = [];
  const arrived = new Set<string>();
  const sealer = memorySealer();
  const clock = { now: monday };
  /** What the register of mandates says of everybody who acts for an organisation. */
  const mandate: { roles: readonly string[]; isLost: boolean } = { roles: ['NIMKO'], isLost: false };
  const confirmMandate = async () => (mandate.isLost ? refuse({ kind: 'mandate-lost' }) : mandate.roles);
  const { cases, folder: lists, events, seen, submissions, consents, courses } = caseStore(client);
  const files = attachments({ client, table: tables.attachments, drafts: tables.drafts, sealer });
  const getForm = { get: async (...given: Parameters<typeof find>) => find(...given) };
  const find = (id: string, version?: string) =>
    forms.find(form => form.id === id && (version ?? form.version) === form.version) ??
    refuse({ kind: 'not-found' });
  const folder = { cases, folder: lists, seen, courses, prefix: 'HEL' };
  const uploads = {
    invite: async (_: unknown, { id }: { id: string }) => ({
      url: 'https://uploads.example',
      fields: { key: id },
    }),
    arrived: async (_: unknown, { id }: { id: string }) => arrived.has(id),
    remove: async () => {},
  };
  const options = {
    access: 'registered',
    environment,
    sessions,
    confirmMandate,
    now: () => clock.now,
    log: (line: LogLine) => lines.push(line),
  } as const;
  const draftStore = drafts({ client, table: tables.drafts, sealer });
  const draftsHandler = api(
    serveDrafts({
      drafts: draftStore,
      keys: draftKeys({ client, table: tables.drafts, sealer }),
      attachments: files,
      facts: async (id, version) => {
        const { service, settings } = find(id, version);
        return { service, stored: settings.stored, roles: settings.roles };
      },
    }),
    options,
  );
  const attachmentsHandler = api(serveAttachments({ attachments: files, forms: getForm, uploads }), options);
  const submit = {
    submissions,
    amending: {
      cases,
      events,
      submissions,
      writeVersion: amendedWriter({ cases: tables.cases, sealer: caseSealer }),
    },
    consents,
    forms: getForm,
  };
  const submitHandler = api(
    request => submitCase(request, { ...submit, attachments: files, uploads }),
    options,
  );
  const folderHandler = api(request => listCases(request, folder), options);
  const log = accessLog({ client, table: tables.accessLog, sealer });
  const caseHandler = api(
    serveCase({
      ...folder,
      attachments: files,
      isFormOpen: async form => isOpen(find(form), clock.now),
      portalUrl: 'https://asiointi.example',
      log,
    }),
    options,
  );

  const caseFiles = {
    cases,
    events,
    attachments: files,
    custody: custodyBook({ client, table: tables.attachments }),
    quarantine: { drop: async () => {}, remove: async () => {} },
    uploads,
    log,
    sealer,
    prefix: 'HEL',
  };
  const caseFilesHandler = api(serveCaseAttachments(caseFiles), options);
  const replyDraftsOf = replyDrafts({ client, table: tables.cases, sealer: caseSealer });
  const replyHandler = api(serveReplies({ ...caseFiles, drafts: replyDraftsOf }), options);

  const settling = { settle: async () => 0 } as never;
  const cancelHandler = api(
    request =>
      cancelCase(request, { cases, events, drafts: draftStore, settling, forms: getForm, prefix: 'HEL' }),
    options,
  );

  const handlerOf = (route: string): ApiHandler => {
    if (route.includes('/messages')) return replyHandler;
    if (route.includes('/cancellation')) return cancelHandler;
    if (route.includes('/api/cases/{caseNumber}/attachments')) return caseFilesHandler;
    if (route.includes('/attachments')) return attachmentsHandler;
    if (route.includes('/api/drafts')) return draftsHandler;
    if (route === 'POST /api/cases') return submitHandler;
    return route === 'GET /api/cases' ? folderHandler : caseHandler;
  };

  /** A signed-in and registered browser of somebody. */
  const browser = async ({ owner, person = owner }: Person) => {
    const cookie = await sessions.create({
      owner,
      person,
      kind: owner === person ? 'person' : 'organisation',
      registered: true,
      method: 'bank',
      startedAt: clock.now,
      identity: {
        name: 'Maija Meikäläinen',
        identityCode: '010190-900P',
        ...(owner !== person && { organisation: { name: 'Suunnistajat ry', businessId: '0000000-0' } }),
      },
      issuer: 'https://issuer.example',
      sid: randomBytes(8).toString('hex'),
      subject: person,
      signOutHint: {},
      identityKeys: { owner, person },
      ...(owner !== person && {
        mandate: { roles: mandate.roles, checkedAt: clock.now, isLost: false },
      }),
    });
    return (request: Call): Promise<Called> =>
      call(handlerOf(request.route), { ...request, session: cookie });
  };

  const logReading = accessLogReading({ client, table: tables.accessLog, sealer });

  return { browser, mandate, lines, arrived, clock, events, cases, logReading };
};

export const draftBody = (form: CompiledForm, more: object = {}) => ({
  form: form.id,
  formVersion: form.version,
  language: 'fi',
  page: 0,
  answers: { dog: { name: 'Musti' } },
  ...more,
});

export const sending = (form: CompiledForm, key: string, more: object = {}): Call => {
  const { page: _, ...body } = draftBody(form, more);
  return { route: 'POST /api/cases', headers: { 'idempotency-key': key }, body };
};
