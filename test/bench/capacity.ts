/** What the portal's journeys cost in DynamoDB, each taken through the running portal and its own API. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DraftRequest } from '../../lambdas/http/wire/drafts.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import type { Consumption } from '../../lib/local/meter.ts';
import { type Citizen, departmentToken, nobody, registered, signedIn } from '../portal/citizen.ts';
import { command } from '../portal/command.ts';
import { dogForm } from '../portal/content.ts';
import { type RunningPortal, takeConsumption } from '../portal/portal.ts';

export const journeys = [
  'sign-in',
  'register',
  'session-check',
  'autosave',
  'submit',
  'folder-25',
  'open-case',
  'mark-seen',
  'department-status',
  'department-message',
  'digest-recipient',
] as const;
export type Journey = (typeof journeys)[number];

/** What a journey may cost at most (requirements of the product; units as DynamoDB Local counts them). */
export const budgets: Partial<Record<Journey, Partial<Consumption>>> = {
  'session-check': { reads: 1, writes: 0 },
  autosave: { writes: 2 },
  submit: { writes: 14 },
  'folder-25': { reads: 3 },
  'open-case': { reads: 3 },
  'mark-seen': { writes: 2 },
};

/** Names of the journeys over their budget, each with what it costs and may cost. */
export const overBudget = (measured: Partial<Record<Journey, Consumption>>): string[] =>
  journeys.flatMap(journey =>
    (['reads', 'writes'] as const).flatMap(unit => {
      const [cost, limit] = [measured[journey]?.[unit], budgets[journey]?.[unit]];
      return cost !== undefined && limit !== undefined && cost > limit
        ? [`${journey}: ${cost} ${unit}, at most ${limit}`]
        : [];
    }),
  );

const ok = (answer: { status: number; text: string }): void => assert.ok(answer.status < 300, answer.text);

const [person] = people.filter(one => one.organisations.length === 0);

const submit = async (citizen: Citizen, version: string, draft: string = randomUUID()): Promise<string> => {
  const sent = await citizen.call('POST', '/api/cases', dogForm.submission(version), {
    'idempotency-key': draft,
  });
  ok(sent);
  return sent.json().caseNumber;
};

const departmentCall = async ({ place }: RunningPortal) => {
  const token = await departmentToken(place, 'local-department', 'local-secret');
  return async (caseNumber: string, body: unknown): Promise<void> =>
    ok(
      await nobody(place).call('POST', `/api/department/v1/cases/${caseNumber}/events`, body, {
        authorization: `Bearer ${token}`,
        'idempotency-key': randomUUID(),
      }),
    );
};

/** A draft as a browser saves it, its answers 1 kB of JSON. */
const largeDraft = (draft: DraftRequest, number: number): DraftRequest => {
  const sized = (text: string) => ({ ...draft.answers, more: { text } });
  const left = 1024 - JSON.stringify(sized('')).length;
  const answers = sized('x'.repeat(left));
  return { ...draft, field: '/more/text', answers, saving: { by: randomUUID(), number } };
};

/** Takes every journey once, on a portal started with its meter and without any data. */
export const measureCapacity = async (portal: RunningPortal): Promise<Record<Journey, Consumption>> => {
  const { place } = portal;
  assert.ok(person);
  const measured: Partial<Record<Journey, Consumption>> = {};
  const measure = async <Result>(journey: Journey, act: () => Promise<Result>): Promise<Result> => {
    await takeConsumption(place);
    const result = await act();
    measured[journey] = await takeConsumption(place);
    return result;
  };

  let citizen = await measure('sign-in', () => signedIn(place, { person: person.id }));
  citizen = await measure('register', () => registered(place, { person: person.id }));
  await measure('session-check', async () => ok(await citizen.call('GET', '/api/session')));

  const version = await dogForm.version(citizen);
  const draft = randomUUID();
  const saving = (number: number) => largeDraft(dogForm.draft(version), number);
  ok(await citizen.call('PUT', `/api/drafts/${draft}`, saving(1), { 'if-none-match': '*' }));
  await measure('autosave', async () =>
    ok(await citizen.call('PUT', `/api/drafts/${draft}`, saving(2), { 'if-match': '"1"' })),
  );
  const caseNumber = await measure('submit', () => submit(citizen, version, draft));
  for (let sent = 1; sent < 25; sent++) await submit(citizen, version);
  await measure('folder-25', async () => {
    const folder = await citizen.call('GET', '/api/cases');
    assert.equal(folder.json().items.length, 25);
  });

  const tell = await departmentCall(portal);
  await measure('department-status', () => tell(caseNumber, { type: 'status', status: 'processing' }));
  await measure('department-message', () =>
    tell(caseNumber, { type: 'message', text: 'Hei! Onko koira rokotettu?' }),
  );
  for (let event = 3; event < 10; event++)
    await tell(caseNumber, { type: 'message', text: `Viesti ${event}` });
  await measure('open-case', async () => {
    const opened = await citizen.call('GET', `/api/cases/${caseNumber}`);
    assert.equal(opened.json().events.length, 10);
  });
  await measure('mark-seen', async () =>
    ok(await citizen.call('PUT', `/api/cases/${caseNumber}/seen`, { revision: 10 })),
  );
  await tell(caseNumber, { type: 'message', text: 'Viimeinen viesti' });
  await measure('digest-recipient', async () => {
    const ran = await command(place, 'digest', '--at', nextDigest());
    assert.equal(ran.status, 0, ran.stderr);
  });
  return measured as Record<Journey, Consumption>;
};

/** Ten in the morning in Helsinki tomorrow: an hour at which digests go out. */
const nextDigest = (): string => {
  const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString().slice(0, 10);
  return `${tomorrow}T10:00:00+02:00`;
};
