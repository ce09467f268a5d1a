import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Control, controlIn } from '../../lib/local/control.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import { type Actor, actors, authorisation, type Row } from './authorisation.ts';
import { type Citizen, departmentToken, nobody, registered } from './citizen.ts';
import { command } from './command.ts';
import { consentForm, dogForm } from './content.ts';
import {
  founded,
  type OrganisationActor,
  organisationActors,
  restoreMandates,
  signInFor,
} from './organisation-actors.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';
import { publishRoleForm, roleForm } from './role-form.ts';

/** Every route of the stack as it was synthesised for the portal under test. */
const routesOfStack = (): string[] => {
  const [template] = globSync(join(portal.place.data, 'cdk.out/**/*.template.json')).filter(file =>
    readFileSync(file, 'utf8').includes('AWS::ApiGatewayV2::Route'),
  );
  assert.ok(template, 'no synthesised template');
  const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: { RouteKey: string } }>;
  };
  return Object.values(Resources)
    .filter(resource => resource.Type === 'AWS::ApiGatewayV2::Route')
    .map(resource => resource.Properties.RouteKey);
};

interface Things {
  readonly draft: string;
  readonly attachment: string;
  readonly caseNumber: string;
  /** A request with its day. */
  readonly event: string;
  readonly delivery: string;
  readonly bulletin: string;
}

let portal: RunningPortal;
let owner: Citizen;
let otherPerson: Citizen;
let control: Control;
let founder: Citizen;
const organisation = new Map<Actor, Citizen>();
let tokens: Record<'department' | 'otherDepartment', string>;

const [first, second] = people.filter(person => person.organisations.length === 0);

before(async () => {
  portal = await portalUnderTest();
  assert.ok(first && second);
  owner = await registered(portal.place, { person: first.id });
  otherPerson = await registered(portal.place, { person: second.id });
  control = controlIn(portal.place.data) ?? assert.fail('no controls');
  await publishRoleForm(portal.place);
  founder = await founded(portal.place);
  for (const actor of organisationActors)
    organisation.set(actor, await signInFor(actor, portal.place, control));
  tokens = {
    department: await departmentToken(portal.place, 'local-department', 'local-secret'),
    otherDepartment: await departmentToken(portal.place, 'local-other-department', 'local-secret'),
  };
});

after(async () => {
  await command(portal.place, 'clock', 'now');
  await signInAgain();
  await removeDrafts();
  await restoreMandates(control);
  await portal.stop();
});

/** Whose session may have been begun anew. */
const ownerNow = (): Citizen => owner;

const sentDog = async (citizen: Citizen): Promise<string> => {
  const sent = await citizen.call('POST', '/api/cases', dogForm.submission(await dogForm.version(citizen)), {
    'idempotency-key': randomUUID(),
  });
  assert.equal(sent.status, 201, sent.text);
  return sent.json().caseNumber;
};

const isOrganisations = (actor: Actor): actor is OrganisationActor => organisation.has(actor);

const lastDrafts: { readonly whose: Citizen; readonly id: string }[] = [];

const removeDrafts = async (): Promise<void> => {
  for (const { whose, id } of lastDrafts.splice(0)) await whose.call('DELETE', `/api/drafts/${id}`);
};

/** Every draft of the organisation's that is asked for is of the form that asks for a role. */
const organisationsThings = async (route: string): Promise<Things> => {
  const own = await things(route, founder);
  const isDraft = route.includes('/drafts/{id}') && !route.includes('/attachments');
  return isDraft ? { ...own, draft: await parkingDraft(founder) } : own;
};

/** What this row has made for whoever changes nothing of it: by reading, or by being refused. */
const untouched = new Map<'person' | 'organisation', Things>();

const thingsFor = async (actor: Actor, { route, answers }: Row): Promise<Things> => {
  const whose = isOrganisations(actor) ? 'organisation' : 'person';
  const make = () => (whose === 'organisation' ? organisationsThings(route) : things(route));
  const isRefused = answers[actor] === 401 || answers[actor] === 403;
  if (!isRefused && !route.startsWith('GET ')) return make();
  const own = untouched.get(whose) ?? (await make());
  untouched.set(whose, own);
  return own;
};

/** Fresh things of the owner's for one request, so that one actor's deed cannot change another's answer. */
const things = async (route = '', owner = ownerNow()): Promise<Things> => {
  const draft = randomUUID();
  lastDrafts.push({ whose: owner, id: draft });
  const version = await dogForm.version(owner);
  const put = await owner.call('PUT', `/api/drafts/${draft}`, dogForm.draft(version), {
    'if-none-match': '*',
  });
  assert.equal(put.status, 201, put.text);
  const caseNumber = await sentDog(owner);
  const message = await department('department', 'POST', `/cases/${caseNumber}/events`, {
    type: 'request',
    text: 'Toimittakaa todistus',
    dueDate: '2031-01-01',
  });
  assert.equal(message.status, 201, message.text);
  const delivery = await sentConsent();
  const bulletin = randomUUID();
  const event = message.json().event.id;
  const own = { draft, attachment: randomUUID(), caseNumber, event, delivery, bulletin };
  return route.includes('/attachments') ? withAttachment(route, own, owner) : own;
};

/** Only where it is asked for: a draft of a form that takes files, or a sent case, with a file that has arrived. */
const withAttachment = async (route: string, own: Things, owner: Citizen): Promise<Things> => {
  const { caseNumber } = own;
  const draft = route.includes('/cases/') ? own.draft : await parkingDraft(owner);
  const holder = route.includes('/cases/') ? `cases/${caseNumber}` : `drafts/${draft}`;
  const announced = await owner.call('POST', `/api/${holder}/attachments`, attachment);
  assert.equal(announced.status, 201, announced.text);
  const { attachment: file, upload } = announced.json();
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, String(value));
  form.append('file', new Blob([pdf]));
  assert.equal((await fetch(upload.url, { method: 'POST', body: form })).status, 204);
  return { ...own, draft, attachment: file.id };
};

const parkingDraft = async (owner: Citizen): Promise<string> => {
  const id = randomUUID();
  lastDrafts.push({ whose: owner, id });
  const form = owner === founder ? roleForm : 'asukaspysakointitunnus';
  const formVersion = (await owner.call('GET', `/api/forms/${form}`)).json().version;
  const body = { form, formVersion, language: 'fi', page: 0, answers: {} };
  const put = await owner.call('PUT', `/api/drafts/${id}`, body, { 'if-none-match': '*' });
  assert.equal(put.status, 201, put.text);
  return id;
};

const sentConsent = async (): Promise<string> => {
  const sent = await owner.call(
    'POST',
    '/api/cases',
    consentForm.submission(await consentForm.version(owner)),
    {
      'idempotency-key': randomUUID(),
    },
  );
  assert.equal(sent.status, 201, sent.text);
  const { items } = (await department('department', 'GET', '/deliveries')).json();
  return items.at(-1).id;
};

/** To come, so that no page shows it. */
const announcement = {
  text: { fi: 'Tulossa', sv: 'Kommer', en: 'To come' },
  from: '2031-01-01T00:00:00Z',
  until: '2031-01-02T00:00:00Z',
};

/** Only where it is asked for: a department has few at a time. */
const announce = async (id: string): Promise<void> => {
  const put = await department('department', 'PUT', `/bulletins/${id}`, announcement);
  assert.equal(put.status, 201, put.text);
};

const department = (who: 'department' | 'otherDepartment', method: string, path: string, body?: unknown) =>
  nobody(portal.place).call(method, `/api/department/v1${path}`, body, {
    authorization: `Bearer ${tokens[who]}`,
    'x-purpose': 'test',
    'idempotency-key': randomUUID(),
  });

const pdf = Buffer.from('%PDF-1.7\n');
const attachment = {
  name: 'valtakirja.pdf',
  size: pdf.length,
  type: 'application/pdf',
  sha256: createHash('sha256').update(pdf).digest('hex'),
  field: '/vehicle/car/proof',
};

const roleFormSent = async (page?: number) => {
  const formVersion = (await founder.call('GET', `/api/forms/${roleForm}`)).json().version;
  return { form: roleForm, formVersion, language: 'fi', answers: {}, ...(page !== undefined && { page }) };
};

const bodies: Readonly<Record<string, (actor: Actor) => Promise<unknown>>> = {
  'POST /api/session': async () => ({}),
  'PUT /api/mandate': async actor => ({ organisation: isOrganisations(actor) ? '0990027-5' : null }),
  'POST /api/mandate/check': async () => ({}),
  'POST /api/auth/sign-out': async () => ({}),
  'POST /api/auth/backchannel-logout': async () => 'logout_token=forged',
  'PUT /api/profile': async actor => {
    const citizen = isOrganisations(actor) ? founder : actor === 'otherPerson' ? otherPerson : owner;
    const { revision } = (await citizen.call('GET', '/api/profile')).json();
    // Each their own: tests that read one person's mail come after these.
    return { email: `${actor.toLowerCase()}@example.fi`, channel: 'email', language: 'fi', revision };
  },
  'POST /api/profile/codes': async () => ({ field: 'email' }),
  'POST /api/profile/confirmations': async () => ({ field: 'email', code: 'x' }),
  'PUT /api/drafts/{id}': async actor =>
    isOrganisations(actor) ? roleFormSent(0) : dogForm.draft(await dogForm.version(owner)),
  'POST /api/drafts/{id}/attachments': async () => attachment,
  'POST /api/cases/{caseNumber}/attachments': async () => attachment,
  'PUT /api/cases/{caseNumber}/attachments/{attachment}': async () => ({}),
  'POST /api/cases': async actor =>
    actor === 'wrongRole' ? roleFormSent() : dogForm.submission(await dogForm.version(owner)),
  'PUT /api/cases/{caseNumber}/seen': async () => ({ revision: 1 }),
  'POST /api/cases/{caseNumber}/cancellation': async () => ({}),
  'POST /api/cases/{caseNumber}/messages': async () => ({ text: 'Vastaus' }),
  'PUT /api/cases/{caseNumber}/messages/draft': async () => ({ text: 'Vasta' }),
  'POST /api/department/v1/cases/{caseNumber}/events': async () => ({ type: 'status', status: 'processing' }),
  'POST /api/department/v1/deliveries/{id}/acknowledgement': async () => ({}),
  'PUT /api/department/v1/bulletins/{id}': async () => announcement,
  'POST /api/services/{id}/openings': async () => ({}),
};

const pathOf = (route: string, own: Things): string => {
  if (route === 'DELETE /api/profile') return '/api/profile?dryRun=true';
  const path = route === '$default' ? '/api/no-such-thing' : (route.split(' ')[1] ?? '');
  const id = /deliveries/.test(path)
    ? own.delivery
    : /bulletins/.test(path)
      ? own.bulletin
      : /attachments/.test(path) && /department/.test(path)
        ? own.attachment
        : /services/.test(path)
          ? 'koirailmoitus'
          : /forms/.test(path)
            ? 'koirailmoitus'
            : own.draft;
  return path
    .replace('{id}', id)
    .replace('{attachment}', own.attachment)
    .replace('{event}', own.event)
    .replace('{form}', 'terveydenhuollon-suostumus')
    .replace('{caseNumber}', own.caseNumber);
};

const headersOf = (route: string): Record<string, string> => ({
  'idempotency-key': randomUUID(),
  'x-purpose': 'test',
  ...(route === 'PUT /api/drafts/{id}' && { 'if-match': '"1"' }),
  ...(route.endsWith('backchannel-logout') && { 'content-type': 'application/x-www-form-urlencoded' }),
});

const isDepartments = (route: string): boolean => route.includes('/api/department/');

const forgedToken = (): string => {
  const [head, body] = tokens.department.split('.');
  return `${head}.${body}.${Buffer.from('forged'.repeat(43)).toString('base64url')}`;
};

/** The credentials of an actor; sessions and tokens that are past their time are made by the clock, not here. */
const credentialsOf = (actor: Actor, route: string): { citizen: Citizen; bearer?: string } => {
  const stranger = nobody(portal.place);
  const representative = organisation.get(actor);
  if (representative) return { citizen: withCookiesOf(representative) };
  if (actor === 'owner' || (actor === 'expired' && !isDepartments(route)))
    return { citizen: withCookiesOf(owner) };
  if (actor === 'otherPerson') return { citizen: withCookiesOf(otherPerson) };
  if (actor === 'department' || actor === 'otherDepartment')
    return { citizen: stranger, bearer: tokens[actor] };
  if (actor === 'expired') return { citizen: stranger, bearer: tokens.department };
  if (actor === 'forged' && isDepartments(route)) return { citizen: stranger, bearer: forgedToken() };
  if (actor === 'forged') stranger.cookies.set('__Host-session', Buffer.alloc(32, 7).toString('base64url'));
  return { citizen: stranger };
};

/** A copy of the jar, so that a cookie taken back from one request is there for the next. */
const withCookiesOf = (citizen: Citizen): Citizen => {
  const copy = nobody(portal.place);
  for (const [name, value] of citizen.cookies) copy.cookies.set(name, value);
  return copy;
};

const ask = async (actor: Actor, route: string, own: Things, body: unknown): Promise<number> => {
  const { citizen, bearer } = credentialsOf(actor, route);
  const [method = 'GET'] = route === '$default' ? ['GET'] : route.split(' ');
  const answer = await citizen.call(method, pathOf(route, own), body, {
    ...headersOf(route),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  });
  if (answer.status >= 400 && route !== '$default' && !route.endsWith('-logout'))
    assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/, route);
  return answer.status;
};

/** Signing out is what its row asks for: the next row needs sessions again. */
const signInAgain = async (actor?: Actor): Promise<void> => {
  assert.ok(first && second);
  if (actor && isOrganisations(actor))
    return void organisation.set(actor, await signInFor(actor, portal.place, control));
  owner = await registered(portal.place, { person: first.id });
  otherPerson = await registered(portal.place, { person: second.id });
};

test('every route of the stack has its row', () => {
  assert.deepEqual(routesOfStack().sort(), authorisation.map(row => row.route).sort());
});

const timely = actors.filter(actor => actor !== 'expired');
for (const { route, answers } of authorisation) {
  test(`${route} answers everybody as the matrix says`, async () => {
    const given: Partial<Record<Actor, number>> = {};
    // A folder holds a hundred drafts, and there are more rows than that.
    await removeDrafts();
    untouched.clear();
    for (const actor of timely) {
      const own = await thingsFor(actor, { route, answers });
      if (route.includes('/bulletins/') && /epartment/.test(actor)) await announce(own.bulletin);
      given[actor] = await ask(actor, route, own, await bodies[route]?.(actor));
      if (route.endsWith('sign-out')) await signInAgain(actor);
    }
    assert.deepEqual(given, Object.fromEntries(timely.map(actor => [actor, answers[actor]])));
  });
}

test('what is past its time opens nothing', async () => {
  const own = await things();
  const wanted = new Map<string, unknown>();
  for (const { route } of authorisation) wanted.set(route, await bodies[route]?.('expired'));
  await command(portal.place, 'clock', '+3h');
  for (const { route, answers } of authorisation)
    assert.equal(await ask('expired', route, own, wanted.get(route)), answers.expired, route);
  await command(portal.place, 'clock', 'now');
});
