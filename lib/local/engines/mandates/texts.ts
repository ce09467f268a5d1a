import type { Language } from '../../../../lambdas/domain/language.ts';

/** Words of the register's page: it is the state's, so its texts are its own. */
const fi = {
  brand: 'Valtuusrekisteri',
  brandNote: 'Paikallinen koekäyttö: vain keksittyjä organisaatioita',
  choose: 'Valitse yritys tai yhteisö',
  question: '{name}, minkä organisaation puolesta asioit palvelussa {service}?',
  businessId: 'Y-tunnus {id}',
  all: 'Kaikki organisaatiot',
  allNote: 'Palvelu kysyy, minkä puolesta asioit.',
  none: '{name} ei voi asioida minkään organisaation puolesta.',
  back: 'Palaa palveluun',
  cancel: 'Keskeytä',
  failed: 'Valtuuksien haku ei onnistunut',
  failedNote: 'Pyyntö on vanhentunut tai virheellinen. Palaa palveluun ja aloita uudelleen.',
};

export type Key = keyof typeof fi;

const sv: Record<Key, string> = {
  brand: 'Fullmaktsregistret',
  brandNote: 'Lokal provkörning: endast påhittade organisationer',
  choose: 'Välj företag eller organisation',
  question: '{name}, för vilken organisation uträttar du ärenden i tjänsten {service}?',
  businessId: 'FO-nummer {id}',
  all: 'Alla organisationer',
  allNote: 'Tjänsten frågar för vilken du uträttar ärenden.',
  none: '{name} kan inte uträtta ärenden för någon organisation.',
  back: 'Tillbaka till tjänsten',
  cancel: 'Avbryt',
  failed: 'Fullmakterna kunde inte hämtas',
  failedNote: 'Begäran är föråldrad eller felaktig. Gå tillbaka till tjänsten och börja om.',
};

const en: Record<Key, string> = {
  brand: 'Register of mandates',
  brandNote: 'Local trial: invented organisations only',
  choose: 'Select a company or an organisation',
  question: '{name}, which organisation are you acting for in the service {service}?',
  businessId: 'Business ID {id}',
  all: 'All organisations',
  allNote: 'The service asks which one you are acting for.',
  none: '{name} cannot act for any organisation.',
  back: 'Back to the service',
  cancel: 'Cancel',
  failed: 'Your mandates could not be fetched',
  failedNote: 'The request is out of date or faulty. Return to the service and start again.',
};

export const texts: Readonly<Record<Language, Record<Key, string>>> = { fi, sv, en };
