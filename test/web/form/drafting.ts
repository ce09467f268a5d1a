/** People in front of a form whose drafts they keep. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { people } from '../../../lib/local/engines/identity/people.ts';
import { openBrowser, scriptRuns, visit, type widths, within } from '../../portal/browser.ts';
import { deleteDrafts, giveSession, registered } from '../../portal/citizen.ts';
import { command } from '../../portal/command.ts';
import { type PortalPlace, portalUnderTest, type RunningPortal } from '../../portal/portal.ts';

/** Nobody else types this. */
export const canary = 'Kanarialintu';

const persons = people.filter(({ organisations }) => organisations.length === 0);
export const [{ id: person = '' } = {}, { id: another = '' } = {}] = persons;

export const parking = '/fi/lomake/asukaspysakointitunnus/';
export const plate = (page: Page) => page.getByLabel('Rekisteritunnus');
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const saved = (page: Page) => page.getByText(/^Luonnos tallennettu klo /).waitFor();
export const aSecond = (page: Page) => page.waitForTimeout(1_000);
export const copies = (page: Page): Promise<number> =>
  within(
    page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const request = indexedDB.open('unsaved');
          request.onsuccess = () => {
            const count = request.result.transaction('copies').objectStore('copies').count();
            count.onsuccess = () => resolve(count.result);
          };
        }),
    ),
    'how many copies there are',
  );
export const untilNoCopies = async (page: Page): Promise<void> => {
  for (let tries = 0; tries < 50 && (await copies(page)) > 0; tries += 1) await page.waitForTimeout(100);
  assert.equal(await copies(page), 0);
};

/** For all tests of a file: the portal at the true time afterwards, and a browser. */
export const draftingRoom = () => {
  let running: RunningPortal;
  let browser: Browser;
  before(async () => {
    [running, browser] = await Promise.all([portalUnderTest(), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await command(running.place, 'clock', 'now');
    await running?.stop();
  });
  const portal = {
    get place(): PortalPlace {
      return running.place;
    },
  };

  /** A browser whose owner is signed in, and has no drafts. */
  const arrive = async (width: keyof typeof widths = 'desktop', who = person) => {
    const citizen = await registered(portal.place, { person: who });
    await deleteDrafts(citizen);
    const visitor = await visit(browser, width);
    await giveSession(portal.place, visitor.context, citizen);
    return { ...visitor, citizen };
  };

  const at = (path: string): string => portal.place.url + path;
  const openParking = async (page: Page, query = ''): Promise<void> => {
    await page.goto(at(parking + query));
    await scriptRuns(page);
    await plate(page).waitFor();
  };

  return { portal, arrive, at, openParking };
};
