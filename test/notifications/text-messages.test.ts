import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Language, languages } from '../../lambdas/domain/language.ts';
import { readCity } from '../../lambdas/notifications/city.ts';
import { addressGoneTexts, codeTexts } from '../../lambdas/notifications/contact-change.ts';
import { draftWarningTexts } from '../../lambdas/notifications/draft-warning.ts';
import settings from '../../web/city/city.json' with { type: 'json' };

const portal = 'https://asiointi.hel.fi';
const city = readCity(JSON.stringify(settings));

const messages = (language: Language) => ({
  code: codeTexts(language, '000000', city),
  gone: addressGoneTexts(language, city, portal),
  draft: draftWarningTexts(language, '2027-09-28', city, portal),
});

for (const language of languages)
  test(`${language}: what else is sent as a text message is one too, with the city’s own name, phone and dates`, () => {
    // GSM 03.38: one message of 160 characters; each one more costs as much again.
    for (const [kind, { sms }] of Object.entries(messages(language)))
      assert.match(sms, /^[A-Za-z0-9åäöÅÄÖéÉ @£$_!"#%&'()*+,\-./:;<=>?\n]{1,160}$/, `${kind}: ${sms.length}`);
  });
