import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../lambdas/domain/language.ts';
import { readCity } from '../../lambdas/notifications/city.ts';
import { digestTexts } from '../../lambdas/notifications/digest.ts';
import { mailbox } from '../../lambdas/notifications/mailbox.ts';
import { deliveryAfter } from '../../lambdas/notifications/send.ts';
import { type TextKey, texts } from '../../lambdas/notifications/texts.ts';

const city = readCity(
  JSON.stringify({
    name: { fi: 'Helsingin kaupunki', sv: 'Helsingfors stad', en: 'City of Helsinki' },
    helpline: {
      name: {
        fi: 'Sähköisen asioinnin neuvonta',
        sv: 'Rådgivning <för> e-tjänster',
        en: 'E-services helpline',
      },
      phone: '(09) 310 88800',
    },
  }),
);
const portal = 'https://asiointi.hel.fi';
const folders = { fi: '/fi/asiointikansio/', sv: '/sv/arendemapp/', en: '/en/folder/' };

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '').sort();

test('the languages have the same texts with the same placeholders', () => {
  for (const language of languages) {
    assert.deepEqual(Object.keys(texts[language]).sort(), Object.keys(texts.fi).sort());
    for (const key of Object.keys(texts.fi) as TextKey[])
      assert.deepEqual(placeholders(texts[language][key]), placeholders(texts.fi[key]), `${language} ${key}`);
  }
});

for (const language of languages) {
  const { email, sms } = digestTexts(language, city, portal);

  test(`${language}: nothing is left to fill in, and the folder is where the link leads`, () => {
    for (const text of [email.subject, email.text, email.html, sms])
      assert.doesNotMatch(text, /[{}]|undefined/);
    for (const text of [email.text, email.html, sms])
      assert.ok(text.includes(`${portal}${folders[language]}`));
    assert.ok(email.subject.startsWith(city.name[language]) && sms.startsWith(city.name[language]));
    assert.match(email.text, /310\u00a088800/);
  });

  test(`${language}: the subject is seen whole in a list, the text message is one`, () => {
    assert.ok(email.subject.length <= 70, String(email.subject.length));
    // GSM 03.38: one message of 160 characters, the letters of Finnish and Swedish among them.
    assert.match(sms, /^[A-Za-z0-9åäöÅÄÖéÉ @£$_!"#%&'()*+,\-./:;<=>?\n]{1,160}$/);
  });

  test(`${language}: the mail says the same in text and in HTML, which holds nothing foreign`, () => {
    const plain = email.html
      .replace(/<title>.*<\/title>/, '')
      .replace(/<[^>]+>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>');
    for (const paragraph of email.text.split('\n\n').slice(2))
      assert.ok(plain.includes(paragraph), paragraph);
    assert.doesNotMatch(email.html, /<(img|script|style|link|iframe)|src=/i);
    assert.deepEqual(
      [...email.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
      [`${portal}${folders[language]}`],
    );
  });
}

test('the sender is named, in letters a header may hold', () => {
  assert.equal(mailbox('City of Helsinki', 'a@b.fi'), '"City of Helsinki" <a@b.fi>');
  const name = 'Pedersören kunta – Pedersöre kommun 🌊';
  const [, words = ''] = /^(.*) <a@b\.fi>$/.exec(mailbox(name, 'a@b.fi')) ?? [];
  const decoded = words.split(' ').map(word => {
    assert.ok(word.length <= 75);
    return Buffer.from(/^=\?UTF-8\?B\?(.*)\?=$/.exec(word)?.[1] ?? '', 'base64').toString();
  });
  assert.equal(decoded.join(''), name);
  assert.doesNotMatch(mailbox('A" <evil@x.fi>\r\nBcc: x', 'a@b.fi'), /[\r\n]|evil/);
});

const failure = (name: string, more: object): Error => Object.assign(new Error('x'), { name, ...more });

test('only a plain no is one; what may have arrived is unknown', () => {
  const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
  assert.equal(deliveryAfter(failure('MessageRejected', answered(400))), 'refused');
  assert.equal(deliveryAfter(failure('TooManyRequestsException', answered(429))), 'failed');
  assert.equal(deliveryAfter(failure('ThrottlingException', answered(400))), 'failed');
  assert.equal(deliveryAfter(failure('InternalFailure', answered(500))), 'unknown');
  assert.equal(deliveryAfter(failure('TimeoutError', {})), 'unknown');
  assert.equal(deliveryAfter(failure('Error', { code: 'ECONNRESET' })), 'unknown');
  assert.equal(deliveryAfter(failure('Error', { code: 'ECONNREFUSED' })), 'failed');
  assert.equal(deliveryAfter('something'), 'unknown');
});
