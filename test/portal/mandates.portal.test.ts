import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Control, controlIn } from '../../lib/local/control.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  assertReadableInAllColours,
  openBrowser,
  visit,
} from './browser.ts';
import { type Citizen, pickOrganisation, registered, signedIn } from './citizen.ts';
import { command } from './command.ts';
import { dogForm } from './content.ts';
import { lambdaLog, portalUnderTest, type RunningPortal } from './portal.ts';
import { publishRoleForm, roleForm } from './role-form.ts';

const personOf = (givenName: string) => {
  const found = people.find(person => person.givenName === givenName);
  assert.ok(found);
  return found;
};
const [kalle, sara, klara] = [personOf('Kalle'), personOf('Sara'), personOf('Klara')];
const [company, club] = kalle.organisations;
assert.ok(company && club);
const actingForClub = { person: kalle.id, organisation: club.businessId };

describe('acting for organisations', () => {
  let portal: RunningPortal;
  let browser: Browser;
  let control: Control;
  let addresses: string[] = [];

  const allowAll = async (): Promise<void> => {
    await control.mandates({ answers: true });
    for (const { businessId, roles } of kalle.organisations)
      await control.mandates({ person: kalle.id, businessId, roles });
  };

  before(async () => {
    portal = await portalUnderTest();
    const found = controlIn(portal.place.data);
    assert.ok(found);
    control = found;
    await command(portal.place, 'clock', 'now');
    await allowAll();
    browser = await openBrowser();
    await registered(portal.place, { person: kalle.id });
    await registered(portal.place, actingForClub);
  });
  after(async () => {
    await allowAll();
    await command(portal.place, 'clock', 'now');
    await browser.close();
    await portal.stop();
  });

  /** Signed in by hand, up to the register's page. */
  const atRegister = async (back: string, width: 'phone' | 'desktop' = 'desktop') => {
    const visitor = await visit(browser, width);
    const { page } = visitor;
    page.on('request', request => addresses.push(request.url()));
    await page.goto(`${portal.place.url}/fi/kirjaudu/?return=${encodeURIComponent(back)}`);
    await page.getByRole('link', { name: 'Yritys- tai yhteisöasiakas' }).click();
    await page.getByRole('button', { name: 'Pankkitunnus' }).click();
    await page.getByRole('button', { name: 'Kalle Kollega' }).click();
    await page.getByRole('button', { name: 'Jatka palveluun' }).click();
    await page.getByRole('heading', { name: 'Valitse yritys tai yhteisö' }).waitFor();
    return visitor;
  };

  const isGood = async (page: Page, where: string): Promise<void> => {
    await assertAccessible(page, where);
    await assertReadableInAllColours(page, where);
    await assertNoSidewaysScroll(page, where);
  };

  /** Another window that asks the server nothing by itself: of what happens elsewhere in the browser it knows what it is told. */
  const deaf = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const wait = globalThis.setTimeout;
      const isPoll = (delay: number | undefined) => delay !== undefined && delay > 5000;
      globalThis.setTimeout = ((act: () => void, delay?: number) =>
        isPoll(delay) ? 0 : wait(act, delay)) as typeof setTimeout;
    });
    return page;
  };

  const frameNames = (page: Page, name: string) =>
    page
      .getByRole('navigation', { name: 'Kirjautuminen' })
      .getByRole('link', { name, exact: true })
      .waitFor();

  test('one is picked at the register, several are asked about here; frame and form say for whom; one switches without identifying again', async () => {
    addresses = [];
    const { page, context, complaints } = await atRegister('/fi/lomake/koirailmoitus/', 'phone');
    await assertAccessible(page, 'the register');
    await page.getByRole('button', { name: 'Kaikki organisaatiot' }).click();
    await page.getByText('Voit edustaa useampaa').waitFor();
    await isGood(page, 'several organisations');
    await page.getByRole('button', { name: `Jatka: ${club.name}` }).click();
    await page.getByRole('heading', { name: 'Koirailmoitus' }).waitFor();
    await frameNames(page, `Asioit: ${club.name}`);
    await page.getByText(`Asioit yrityksen tai yhteisön puolesta: ${club.name}`).waitFor();
    await assertNoSidewaysScroll(page, 'a form of an organisation');

    const other = await deaf(context);
    await other.goto(`${portal.place.url}/fi/oma/`);
    await frameNames(other, `Asioit: ${club.name}`);

    await page.getByRole('link', { name: 'Vaihda, kenen puolesta asioit' }).click();
    await page.getByText(`Asioit nyt organisaation puolesta: ${club.name}`).waitFor();
    await page.getByRole('button', { name: 'Jatka: Oma asiointi: Kalle Kollega' }).click();
    await page.getByRole('heading', { name: 'Koirailmoitus' }).waitFor();
    await frameNames(page, 'Kalle Kollega');
    // What the other tab showed is not this folder's any more.
    await frameNames(other, 'Kalle Kollega');

    // Nor is it once one comes back from the register with an organisation.
    await page.goto(`${portal.place.url}/fi/kenen-puolesta/`);
    await page.getByRole('link', { name: 'Hae valtuudet Suomi.fi-valtuuksista' }).click();
    await page.getByRole('button', { name: club.name }).click();
    await frameNames(page, `Asioit: ${club.name}`);
    await frameNames(other, `Asioit: ${club.name}`);
    assert.deepEqual(complaints(), []);
    assert.ok(addresses.length > 20 && addresses.every(url => !url.includes(kalle.identityCode ?? '-')));
    await context.close();
  });

  test('the page of choices in every language', async () => {
    const { page, context, complaints } = await atRegister('/fi/oma/', 'phone');
    await page.getByRole('button', { name: club.name }).click();
    await frameNames(page, `Asioit: ${club.name}`);
    for (const [path, heading] of [
      ['/fi/kenen-puolesta/', 'Kenen puolesta asioit'],
      ['/sv/for-vem/', 'För vem du uträttar ärenden'],
      ['/en/act-for/', 'Whom you act for'],
    ] as const)
      for (const reason of ['cancelled', 'none']) {
        await page.goto(`${portal.place.url}${path}?reason=${reason}`);
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        await page.getByText(club.businessId).waitFor();
        if (reason === 'none') await assertAccessible(page, `${path} ${reason}`);
        await assertNoSidewaysScroll(page, path);
      }
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  const draftsOf = async (citizen: Citizen): Promise<string[]> => {
    const { items } = (await citizen.call('GET', '/api/drafts')).json() as { items: { id: string }[] };
    return items.map(({ id }) => id);
  };

  test('who loses the mandate while filling in sends nothing, sees why, and loses the folder; the draft stays with the organisation', async () => {
    const { page, context } = await atRegister('/fi/oma/');
    await page.getByRole('button', { name: club.name }).click();
    await frameNames(page, `Asioit: ${club.name}`);
    const member = await registered(portal.place, actingForClub);
    const draft = randomUUID();
    const begun = await member.call(
      'PUT',
      `/api/drafts/${draft}`,
      { ...dogForm.draft(await dogForm.version(member)), page: 3 },
      { 'if-none-match': '*' },
    );
    assert.equal(begun.status, 201, begun.text);
    await page.goto(`${portal.place.url}/fi/lomake/koirailmoitus/?draft=${draft}`);
    const send = page.getByRole('button', { name: 'Lähetä', exact: true });
    await send.waitFor();
    await control.mandates({ person: kalle.id, businessId: club.businessId, roles: [] });
    await send.click();
    await page.getByText('Valtuutesi on päättynyt tai se pitää vahvistaa uudelleen').waitFor();
    await page.getByText(`Organisaatio: ${club.name}`).waitFor();
    await isGood(page, 'a lost mandate');
    for (const path of ['/fi/asiointikansio/', '/fi/oma/', '/fi/omat-tiedot/', '/fi/lomake/koirailmoitus/']) {
      await page.goto(portal.place.url + path);
      await page.waitForURL(/\/fi\/kenen-puolesta\//);
    }
    const colleague = await registered(portal.place, { person: sara.id, organisation: club.businessId });
    assert.ok((await draftsOf(colleague)).includes(draft), 'the draft is the organisation’s still');
    await page.getByRole('button', { name: 'Jatka: Oma asiointi: Kalle Kollega' }).click();
    await page.getByRole('heading', { name: 'Koirailmoitus' }).waitFor();
    await frameNames(page, 'Kalle Kollega');
    await allowAll();
    await colleague.call('DELETE', `/api/drafts/${draft}`);
    await context.close();
  });

  test('a mandate taken away closes the folder within the hour, whatever is asked for', async () => {
    const citizen = await registered(portal.place, actingForClub);
    await control.mandates({ person: kalle.id, businessId: club.businessId, roles: [] });
    assert.equal((await citizen.call('GET', '/api/cases')).status, 200, 'not asked for each time');
    await command(portal.place, 'clock', '+61m');
    const refused = await citizen.call('GET', '/api/cases');
    assert.deepEqual([refused.status, refused.json().type], [403, '/problems/mandate-lost']);
    assert.equal((await citizen.call('GET', '/api/session')).json().mandateLost, true);
    await command(portal.place, 'clock', 'now');
    assert.equal((await citizen.call('GET', '/api/drafts')).status, 403, 'and it stays lost');
    await allowAll();
    assert.equal((await citizen.call('PUT', '/api/mandate', { organisation: null })).status, 200);
    assert.equal((await citizen.call('GET', '/api/drafts')).status, 200);
  });

  test('while the register does not answer nothing is sent on a guess, and nobody is kept from their own matters', async () => {
    const citizen = await registered(portal.place, actingForClub);
    await control.mandates({ answers: false });
    const submission = dogForm.submission(await dogForm.version(citizen));
    const sent = await citizen.call('POST', '/api/cases', submission, { 'idempotency-key': randomUUID() });
    assert.deepEqual([sent.status, sent.json().type], [503, '/problems/mandate-unavailable']);
    const away = await citizen.call('GET', '/api/auth/mandate?return=/sv/min/');
    assert.equal(away.headers.get('location'), '/sv/for-vem/?reason=unavailable&return=%2Fsv%2Fmin%2F');
    assert.equal((await citizen.call('PUT', '/api/mandate', { organisation: null })).status, 200);
    await control.mandates({ answers: true });
    assert.equal((await citizen.call('GET', '/api/drafts')).status, 200);
  });

  test('a form that asks for a role tells who lacks it, and takes nothing from them', async () => {
    await publishRoleForm(portal.place);
    const { page, context, complaints } = await atRegister(`/fi/lomake/${roleForm}/`);
    await page.getByRole('button', { name: club.name }).click();
    await page.getByText('Valtuutesi ei riitä tähän lomakkeeseen').waitFor();
    await page.getByText('Hallituksen puheenjohtaja').waitFor();
    await isGood(page, 'a role that is missing');
    assert.deepEqual(complaints(), []);
    await context.close();
    const citizen = await registered(portal.place, actingForClub);
    const formVersion = (await citizen.call('GET', `/api/forms/${roleForm}`)).json().version;
    const sent = await citizen.call(
      'POST',
      '/api/cases',
      { form: roleForm, formVersion, language: 'fi', answers: {} },
      { 'idempotency-key': randomUUID() },
    );
    assert.deepEqual([sent.status, sent.json().type], [403, '/problems/role-missing']);
  });

  test('a state of another session, or none, opens nothing; nobody without an identity code is sent there', async () => {
    const [mine, thief] = [
      await registered(portal.place, { person: kalle.id }),
      await registered(portal.place, { person: sara.id }),
    ];
    const away = await mine.call('GET', '/api/auth/mandate?return=/fi/oma/');
    const state = new URL(away.headers.get('location') ?? '').searchParams.get('state') ?? '';
    for (const query of [`code=x&state=${state}`, 'code=x'])
      assert.match(
        (await thief.call('GET', `/api/auth/mandate/callback?${query}`)).headers.get('location') ?? '',
        /^\/fi\/kenen-puolesta\/\?reason=expired/,
      );
    assert.equal((await thief.call('GET', '/api/session')).json().kind, 'person');
    const abroad = await signedIn(portal.place, { person: klara.id });
    const refused = await abroad.call('GET', '/api/auth/mandate?return=/en/my/');
    assert.match(refused.headers.get('location') ?? '', /^\/en\/act-for\/\?reason=no-code/);
    const cancelled = await pickOrganisation(mine, portal.place, 'cancel');
    assert.match(cancelled.headers.get('location') ?? '', /reason=cancelled/);
  });

  test('no log holds an identity code, a name or an organisation', () => {
    if (portal.output() === '' && !process.env.PORTAL_UNDER_TEST) assert.fail('no portal');
    const log = lambdaLog(portal.place);
    assert.match(log, /api\/mandate\/check/);
    for (const secret of [
      kalle.identityCode ?? '-',
      sara.identityCode ?? '-',
      'Kollega',
      club.name,
      club.businessId,
    ])
      assert.ok(!log.includes(secret), secret);
  });
});
