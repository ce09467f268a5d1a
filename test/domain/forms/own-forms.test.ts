import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import { readFormFiles } from '../../../web/build/form-files.ts';

const content = join(import.meta.dirname, '..', '..', '..', 'web', 'content');
const own = [
  'koirailmoitus',
  'paivahoitohakemus',
  'asukaspysakointitunnus',
  'terveydenhuollon-suostumus',
  'aikuisten-uimakoulu',
  'suun-terveydenhuollon-esitiedot',
] as const;

const compileOwn = async (id: string): Promise<CompiledForm> => {
  const { form, problems } = compileForm(await readFormFiles(join(content, 'forms', id)));
  assert.deepEqual(problems, [], id);
  assert.ok(form);
  return form;
};

const dog: Answers = {
  notification: {
    event: { reason: 'reason.new_owner', date: '2026-11-20', new_owner: { name: 'Uusi Omistaja' } },
  },
  dog: {
    details: {
      name: 'Musti',
      breed: 'Mäyräkoira',
      sex: 'sex.male',
      birth_date: '2024-05-03',
      microchip: '246098100000000',
    },
  },
  owner: {
    home: { street: 'Esimerkkikatu 1', postal_code: '00100', town: 'Helsinki' },
    contact: { phone: '040 123 4567' },
  },
};
const parking: Answers = {
  vehicle: { car: { register_number: 'ABC-123', relation: 'relation.owner', is_low_emission: false } },
  permit: {
    zone_section: { zone: 'B', kind: 'kind.new', start_date: '2026-12-01', months: 12 },
    home: { street: 'Esimerkkikatu 1', postal_code: '00100', moved_recently: false },
  },
  contact: { contact_section: { phone: '0401234567', email: 'a@example.fi' }, assurance: { is_true: true } },
};
const consent: Answers = {
  consent: { what: { messages: true, understands: true, reminders: false } },
  care: { place: { station: 'Kalasatama', language: 'language.fi', has_representative: false } },
};
const swimming: Answers = {
  participant: { swimming: { skill: 'skill.none', language: 'language.fi', needs_support: false } },
  contact: { contact: { phone: '0401234567' }, terms: { accepts: true } },
};
const dental: Answers = {
  visit: { reason: { reason: 'reason.check', fear: false } },
  health: { health: { illness: true, illnesses: 'Astma', medicine: false } },
};
/** A day on which none of the dates below is too late. */
const now = Date.parse('2026-11-22T09:00:00Z');
const errorsOf = (form: CompiledForm, answers: Answers) =>
  validateAnswers(form, answers, { now }).map(({ pointer, code }) => `${pointer} ${code}`);

describe('our own forms', () => {
  for (const id of own)
    it(`${id} is whole, in three languages, and agrees with its service`, async () => {
      const form = await compileOwn(id);
      const service = JSON.parse(
        await readFile(join(content, 'services', form.service, 'service.json'), 'utf8'),
      );
      assert.deepEqual(
        [form.id, form.settings.applicants, form.settings.stored],
        [service.form, service.applicants, service.stored],
      );
      assert.ok(errorsOf(form, {}).length > 3);
    });

  it('what asks for consent asks for a form that gives it, and whoever sends it may send that', async () => {
    const forms = await Promise.all(own.map(compileOwn));
    for (const { id, settings } of forms.filter(form => form.settings.requiresConsent)) {
      const wanted = forms.find(form => form.id === settings.requiresConsent);
      assert.equal(wanted?.settings.consent, true, id);
      for (const applicant of settings.applicants)
        assert.ok(wanted?.settings.applicants.includes(applicant), `${id}: ${applicant}`);
    }
  });

  it('a course says so on its service’s page too', async () => {
    for (const { id, service, settings } of await Promise.all(own.map(compileOwn))) {
      const file = join(content, 'services', service, 'service.json');
      assert.equal(
        JSON.parse(await readFile(file, 'utf8')).course ?? false,
        settings.course !== undefined,
        id,
      );
    }
  });

  it('the health care consent is never stored', async () =>
    assert.equal((await compileOwn('terveydenhuollon-suostumus')).settings.stored, false));

  it('take good answers, and keep them as they are', async () => {
    for (const [id, answers] of [
      ['koirailmoitus', dog],
      ['asukaspysakointitunnus', parking],
      ['terveydenhuollon-suostumus', consent],
      ['aikuisten-uimakoulu', swimming],
      ['suun-terveydenhuollon-esitiedot', dental],
    ] as const) {
      const form = await compileOwn(id);
      assert.deepEqual(errorsOf(form, answers), [], id);
      assert.deepEqual(stripHidden(form, answers), answers, id);
    }
  });

  it('ask a new owner only of whom has one', async () => {
    const event = { reason: 'reason.died', date: '2026-11-20', new_owner: { name: 'Uusi Omistaja' } };
    const { notification } = stripHidden(await compileOwn('koirailmoitus'), {
      ...dog,
      notification: { event },
    }) as Record<string, object>;
    assert.deepEqual(notification, { event: { reason: 'reason.died', date: '2026-11-20' } });
  });

  it('want proof for a car that is somebody else’s', async () => {
    const car = { register_number: 'abc123', relation: 'relation.other', is_low_emission: false };
    assert.deepEqual(errorsOf(await compileOwn('asukaspysakointitunnus'), { ...parking, vehicle: { car } }), [
      '/vehicle/car/register_number pattern',
      '/vehicle/car/owner_name required',
      '/vehicle/car/proof required',
    ]);
  });

  it('take no consent that was not given', async () => {
    const what = { messages: false, understands: true, reminders: true };
    assert.deepEqual(
      errorsOf(await compileOwn('terveydenhuollon-suostumus'), { ...consent, consent: { what } }),
      ['/consent/what/messages const', '/consent/what/phone required'],
    );
  });
});
