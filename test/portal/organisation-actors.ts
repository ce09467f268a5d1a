/** People who act for one organisation, or did: its founder, a member, one who was, one whose mandate covers less, one signed out elsewhere. */
import assert from 'node:assert/strict';
import type { Control } from '../../lib/local/control.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import { browser } from '../engines/browser.ts';
import { type Citizen, nobody, pickOrganisation, registered } from './citizen.ts';
import type { PortalPlace } from './portal.ts';

export const organisationActors = ['member', 'exMember', 'wrongRole', 'signedOutProvider'] as const;
export type OrganisationActor = (typeof organisationActors)[number];
export type Organisation = Readonly<Record<OrganisationActor | 'founder', Citizen>>;

const personOf = (givenName: string) =>
  people.find(person => person.givenName === givenName) ?? assert.fail(givenName);
const [founder, member, exMember, wrongRole] = ['Sara', 'Kalle', 'Linnea', 'Väinö'].map(personOf);
const club = founder?.organisations[0]?.businessId ?? assert.fail();

/** As the register has it where no test has changed it. */
const usual = (id: string): readonly string[] =>
  people.find(person => person.id === id)?.organisations.find(({ businessId }) => businessId === club)
    ?.roles ?? [];

const allow = (control: Control, person: { id: string } | undefined, roles: readonly string[]) =>
  control.mandates({ person: person?.id, businessId: club, roles });

const acting = (place: PortalPlace, person: { id: string } | undefined): Promise<Citizen> =>
  registered(place, { person: person?.id ?? '', organisation: club });

/** Signs in with a browser of the provider's pages, and signs out there: the portal hears of it by the back channel. */
const signedOutAtProvider = async (place: PortalPlace): Promise<Citizen> => {
  const citizen = nobody(place);
  const tab = browser(place.identityUrl);
  const away = await citizen.call('GET', '/api/auth/sign-in?as=organisation&return=/fi/oma/');
  const persons = await tab.press(await tab.open(away.headers.get('location') ?? ''), /^Pankkitunnus$/);
  const succeeded = await tab.press(persons, new RegExp(`^${founder?.givenName} ${founder?.familyName}$`));
  const back = await tab.press(succeeded, /^Jatka palveluun$/);
  const landed = await citizen.call('GET', (back.location ?? '').slice(place.url.length));
  await pickOrganisation(citizen, place, club, landed.headers.get('location') ?? '');
  const question = await tab.open(`${place.identityUrl}/session/end?client_id=asiointi&ui_locales=fi`);
  const leaving = await tab.press(question, /^Kirjaudu ulos$/);
  // What the page's script does.
  const [form = ''] = /<form id="op.logoutForm"[\s\S]*?<\/form>/.exec(leaving.text) ?? [];
  const button = '<button name="logout" value="yes">Jatka</button></form>';
  const cookies = new Map(citizen.cookies);
  await tab.press({ ...leaving, text: form.replace('</form>', button) }, /^Jatka$/);
  await isOver(citizen);
  for (const [name, value] of cookies) citizen.cookies.set(name, value);
  return citizen;
};

/** The provider tells the portal while the browser is on its way. */
const isOver = async (citizen: Citizen, tries = 100): Promise<void> => {
  const session = (await citizen.call('GET', '/api/session')).json();
  if (session.signedIn === false) return;
  assert.ok(tries > 0, 'the session was not ended');
  await new Promise(resolve => setTimeout(resolve, 100));
  await isOver(citizen, tries - 1);
};

export const founded = (place: PortalPlace): Promise<Citizen> => acting(place, founder);

export const signInFor = async (
  actor: OrganisationActor,
  place: PortalPlace,
  control: Control,
): Promise<Citizen> => {
  switch (actor) {
    case 'member':
      await allow(control, member, ['PJ']);
      return acting(place, member);
    case 'wrongRole':
      await allow(control, wrongRole, ['HALL']);
      return acting(place, wrongRole);
    case 'exMember': {
      await allow(control, exMember, ['PJ']);
      const citizen = await acting(place, exMember);
      await allow(control, exMember, []);
      assert.equal((await citizen.call('POST', '/api/mandate/check', {})).status, 403);
      return citizen;
    }
    case 'signedOutProvider':
      return signedOutAtProvider(place);
  }
};

export const restoreMandates = async (control: Control): Promise<void> => {
  for (const person of [member, exMember, wrongRole]) await allow(control, person, usual(person?.id ?? ''));
};
