/** Answers the portal's own forms take, as their pages would send them. */
import type { SubmissionRequest } from '../../lambdas/http/wire/cases.ts';
import type { DraftRequest } from '../../lambdas/http/wire/drafts.ts';
import type { Citizen } from './citizen.ts';

/** Words a test looks for where they must not be: logs, addresses, notifications. */
export const secrets = {
  dog: 'Musti-Salainen',
  street: 'Salakatu 13 B 7',
  phone: '0401234567',
  message: 'Rokotus on vanhentunut, Musti-Salainen tarvitsee uuden',
} as const;

const dogAnswers = {
  notification: { event: { reason: 'reason.new_dog', date: '2026-11-20' } },
  dog: {
    details: {
      name: secrets.dog,
      breed: 'Suomenlapinkoira',
      sex: 'sex.female',
      birth_date: '2024-05-01',
      microchip: '246098100123456',
    },
  },
  owner: {
    home: { street: secrets.street, postal_code: '00500', town: 'Helsinki' },
    contact: { phone: secrets.phone },
  },
};

const consentAnswers = {
  consent: { what: { messages: true, understands: true, reminders: false } },
  care: { place: { station: 'station.kallio', language: 'language.fi', has_representative: false } },
};

export interface FormContent {
  /** Version of the form in use. */
  version(citizen: Citizen): Promise<string>;
  draft(version: string): DraftRequest;
  submission(version: string): SubmissionRequest;
}

const content = (form: string, answers: Record<string, unknown>): FormContent => {
  const submission = (formVersion: string): SubmissionRequest => ({
    form,
    formVersion,
    language: 'fi',
    answers,
  });
  return {
    version: async citizen => (await citizen.call('GET', `/api/forms/${form}`)).json().version,
    draft: formVersion => ({ ...submission(formVersion), page: 0 }),
    submission,
  };
};

export const dogForm = content('koirailmoitus', dogAnswers);
export const consentForm = content('terveydenhuollon-suostumus', consentAnswers);
