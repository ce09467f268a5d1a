import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  openBrowser,
  type Visitor,
  visit,
  widths,
} from './browser.ts';
import { command, commandJson, mailbox } from './command.ts';
import { secrets } from './content.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';

interface Listed {
  readonly caseNumber: string;
  readonly status: string;
}

/** One person a width, so that each registers for the first time. */
const citizens = { phone: 'Sara Demonen', desktop: 'Väinö Esimerkki' } as const;
/** One a person: the clock is moved between them, and the newest message is not the last one in the mailbox. */
const numbers = { phone: '+358401234567', desktop: '+358401234568' } as const;
const emails = { phone: 'sara@example.fi', desktop: 'vaino@example.fi' } as const;

let portal: RunningPortal;
let browser: Browser;

before(async () => {
  portal = await portalUnderTest();
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await command(portal.place, 'clock', 'now');
  await portal.stop();
});

/** What is on the screen is whole: no axe violation, nothing sideways. */
const look = async (page: Page, where: string): Promise<void> => {
  await assertAccessible(page, where);
  await assertNoSidewaysScroll(page, where);
};

const identify = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('heading', { name: 'Valitse tunnistustapa' }).waitFor();
  await page.getByRole('button', { name: 'Pankkitunnus' }).click();
  await page.getByRole('button', { name }).click();
  await page.getByText('Tunnistautuminen onnistui').first().waitFor();
  await page.getByRole('button', { name: 'Jatka palveluun' }).click();
};

const signIn = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Kirjaudu asiointiin' }).click();
  await page.getByRole('link', { name: 'Henkilöasiakas' }).click();
  await identify(page, name);
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const signOut = async (page: Page): Promise<void> => {
  await button(page, 'Kirjaudu ulos').click();
  await page.getByRole('heading', { name: 'Olet kirjautunut ulos' }).waitFor();
};

const openMenu = async (page: Page): Promise<void> => {
  const menu = page.getByRole('button', { name: 'Valikko' });
  if (await menu.isVisible()) await menu.click();
};

const follow = async (page: Page, name: string): Promise<void> => {
  await openMenu(page);
  await page.getByRole('navigation', { name: 'Päävalikko' }).getByRole('link', { name }).click();
};

const fillDog = async (page: Page): Promise<void> => {
  await page.getByLabel('Koiran kutsumanimi').fill(secrets.dog);
  await page.getByLabel('Rotu').fill('Suomenlapinkoira');
  await page.getByLabel('Narttu').check();
  await page.getByLabel('Syntymäaika').fill('1.5.2024');
  await page.getByLabel('Mikrosirun numero').fill('246098100123456');
};

const fillOwner = async (page: Page): Promise<void> => {
  await page.getByLabel('Katuosoite').fill(secrets.street);
  await page.getByLabel('Postinumero').fill('00500');
  await page.getByLabel('Postitoimipaikka').fill('Helsinki');
  await page.getByLabel('Puhelinnumero').fill(secrets.phone);
};

const register = async (page: Page, email: string): Promise<void> => {
  await page.getByRole('heading', { name: 'Rekisteröidy asiointiin' }).waitFor();
  await look(page, 'registration');
  await page.getByLabel('Sähköpostiosoite').fill(email);
  await page.getByRole('checkbox').check();
  await button(page, 'Tallenna').click();
};

const newCases = (page: Page) => page.getByText('Uusi', { exact: true });

for (const width of Object.keys(widths) as (keyof typeof widths)[])
  describe(`the journey of one matter on a ${width}`, () => {
    let visitor: Visitor;
    let caseNumber = '';
    const page = (): Page => visitor.page;

    before(async () => {
      visitor = await visit(browser, width);
      // The hour at which a test runs must not decide what the digest does.
      await command(portal.place, 'clock', '2026-11-25T08:10:00+02:00');
    });
    after(() => visitor.context.close());

    test('from the front page to the form that was asked for', async () => {
      await page().goto(portal.place.url);
      await look(page(), 'front page');
      await follow(page(), 'Asiointipalvelut');
      await look(page(), 'services');
      await page()
        .locator('[data-service="koirailmoitus"]')
        .getByRole('link', { name: 'Koirailmoitus' })
        .first()
        .click();
      await look(page(), 'service');
      await page().getByRole('link', { name: 'Siirry palveluun' }).click();
      const asPerson = page().getByRole('link', { name: 'Henkilöasiakas' });
      await asPerson.waitFor();
      await look(page(), 'sign-in choice');
      await asPerson.click();
      await identify(page(), citizens[width]);
      await register(page(), emails[width]);
      await page().getByRole('heading', { name: 'Koirailmoitus', level: 1 }).waitFor();
      assert.match(page().url(), /\/fi\/lomake\/koirailmoitus\//);
      await look(page(), 'form');
    });

    test('a missing required field turns red and is named', async () => {
      await page().getByLabel('Olen saanut uuden koiran').check();
      await button(page(), 'Seuraava').click();
      const summary = page().getByRole('link', { name: 'Täytä kohta ”Milloin tämä tapahtui?”' });
      await summary.waitFor();
      await look(page(), 'form with errors');
      await summary.click();
      const field = page().getByLabel('Milloin tämä tapahtui?');
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      await field.and(page().locator(':focus')).waitFor();
      await field.fill('20.11.2026');
      await button(page(), 'Seuraava').click();
    });

    test('the draft saves itself and is continued after signing out', async () => {
      await fillDog(page());
      await page()
        .getByText(/Luonnos tallennettu klo/)
        .waitFor({ timeout: 40_000 });
      await signOut(page());
      await look(page(), 'signed out');
      await signIn(page(), citizens[width]);
      await page()
        .getByRole('heading', { name: /Tervetuloa/ })
        .waitFor();
      await look(page(), 'signed-in front page');
      await follow(page(), 'Asiointikansio');
      await page().getByRole('heading', { name: 'Luonnokset' }).waitFor();
      await page()
        .getByRole('link', { name: /Jatka täyttämistä/ })
        .click();
      await page().getByLabel('Koiran kutsumanimi').waitFor();
      assert.equal(await page().getByLabel('Koiran kutsumanimi').inputValue(), secrets.dog);
    });

    test('sending gives a case number, and the folder shows the case at once', async () => {
      await button(page(), 'Seuraava').click();
      await fillOwner(page());
      await button(page(), 'Seuraava').click();
      await look(page(), 'review');
      await button(page(), 'Lähetä').click();
      const confirmation = page().getByText(
        /Lomakkeen lähetys onnistui ja voit seurata sen tilaa asiointikansiossa asianumerolla HEL-\d{4}-\d{6}\./,
      );
      await confirmation.waitFor();
      caseNumber = /HEL-\d{4}-\d{6}/.exec((await confirmation.textContent()) ?? '')?.[0] ?? '';
      await look(page(), 'confirmation');
      await follow(page(), 'Asiointikansio');
      await page().getByText(caseNumber).first().waitFor();
      await look(page(), 'folder');
      assert.equal(await newCases(page()).count(), 0, "one's own act is not new");
      await signOut(page());
    });

    test('a department takes the case up, and one e-mail goes out on the hour', async () => {
      const { place } = portal;
      const listed = await commandJson<Listed[]>(place, 'department', 'list');
      assert.ok(listed.some(item => item.caseNumber === caseNumber && item.status === 'sent'));
      const shown = await command(place, 'department', 'show', caseNumber);
      assert.match(shown.stdout, new RegExp(secrets.dog));
      for (const args of [
        ['status', caseNumber, 'processing'],
        ['message', caseNumber, secrets.message],
      ]) {
        const done = await command(place, 'department', ...args);
        assert.equal(done.status, 0, done.stderr);
      }
      const to = () => mailbox(place).then(all => all.filter(message => message.to === emails[width]));
      const earlier = (await to()).length;
      for (const at of ['2026-11-24T21:00:00+02:00', '2026-11-25T08:00:00+02:00']) {
        const quiet = await command(place, 'digest', '--at', at);
        assert.equal(quiet.status, 0, quiet.stderr);
        assert.equal((await to()).length, earlier, `nothing goes out at ${at}`);
      }
      assert.equal((await command(place, 'digest', '--at', '2026-11-25T09:00:00+02:00')).status, 0);
      const [email, ...more] = (await to()).slice(earlier);
      assert.ok(email);
      assert.deepEqual(more, []);
      const words = `${email.subject} ${email.text}`;
      assert.match(words, /asiointikansio/i);
      for (const personal of [
        ...Object.values(secrets),
        citizens[width],
        caseNumber,
        'Koirailmoitus',
        'koira',
      ])
        assert.equal(words.includes(personal), false, 'the e-mail tells nothing of the matter');
    });

    test('the news is marked, read and answered, and the mark is gone once seen', async () => {
      await signIn(page(), citizens[width]);
      await follow(page(), 'Asiointikansio');
      await newCases(page()).first().waitFor();
      await page()
        .getByRole('button', { name: /Avaa tiedot/ })
        .first()
        .click();
      await page().getByText(secrets.message).first().waitFor();
      await page().getByText('Käsittelyssä').first().waitFor();
      await look(page(), 'opened case');
      await button(page(), 'Vastaa').click();
      await page().getByLabel('Vastauksesi').fill('Rokotus uusitaan huomenna.');
      await button(page(), 'Lähetä').click();
      await page().getByText('Rokotus uusitaan huomenna.').first().waitFor();
      const shown = await command(portal.place, 'department', 'show', caseNumber);
      assert.match(shown.stdout, /Rokotus uusitaan huomenna\./);
      await page().reload();
      await page().getByText(caseNumber).first().waitFor();
      assert.equal(await newCases(page()).count(), 0);
    });

    test('own details show who one is and edit the contact details', async () => {
      await page().getByRole('link', { name: 'Omat tiedot' }).first().click();
      await page()
        .getByText(/^\d{6}[-A]\d{3}[0-9A-Y]$/)
        .waitFor();
      await look(page(), 'own details');
      await button(page(), 'Muokkaa').click();
      await page()
        .getByLabel('Matkapuhelinnumero')
        .fill(`0${numbers[width].slice(4)}`);
      await look(page(), 'own details being edited');
      await button(page(), 'Tallenna').click();
      await page().getByText('Tiedot on tallennettu').first().waitFor();
      await page().getByText(numbers[width]).first().waitFor();
      const code = (await mailbox(portal.place)).findLast(({ to }) => to === numbers[width]);
      await page()
        .getByLabel('Vahvistuskoodi')
        .fill(/\b\d{6}\b/.exec(code?.text ?? '')?.[0] ?? 'none came');
      await button(page(), 'Vahvista').click();
      await page().getByText('Yhteystieto on vahvistettu').first().waitFor();
      await page().getByText('Kuka on katsonut asioitani').click();
      await page().getByText('Paikallinen toimiala').first().waitFor();
      await look(page(), 'own details with who has looked');
    });

    test('signing out ends the session at the provider too', async () => {
      await signOut(page());
      await page().goBack();
      await page().waitForLoadState('networkidle');
      assert.equal(await page().getByText(numbers[width]).count(), 0, 'nothing personal by going back');
      await page().goto(portal.place.url);
      await page().getByRole('link', { name: 'Kirjaudu asiointiin' }).click();
      await page().getByRole('link', { name: 'Henkilöasiakas' }).click();
      await page().getByRole('heading', { name: 'Valitse tunnistustapa' }).waitFor();
    });

    test('a link to a case leads there after signing in, and the case says how its news were told', async () => {
      const address = `${portal.place.url}/fi/asiointikansio/${caseNumber}/`;
      await page().goto(address);
      await page().getByRole('link', { name: 'Henkilöasiakas' }).click();
      await identify(page(), citizens[width]);
      await page().getByRole('heading', { name: 'Ilmoitukset' }).waitFor();
      assert.equal(page().url(), address);
      assert.equal(await page().locator('.case').count(), 1);
      // The carrier's word comes when it comes.
      for (let tries = 0; tries < 20; tries++) {
        if ((await page().getByText('Toimitettu perille').count()) > 0) break;
        await page().reload();
        await page().getByRole('heading', { name: 'Ilmoitukset' }).waitFor();
      }
      await page().getByText('Toimitettu perille').first().waitFor();
    });

    test('without a console error or a CSP report', () => {
      assert.deepEqual(visitor.complaints(), []);
    });
  });
