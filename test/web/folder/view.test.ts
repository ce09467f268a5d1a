import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { statuses } from '../../../lambdas/domain/status.ts';
import {
  addressOf,
  everything,
  type Order,
  orders,
  queryOf,
  type View,
  viewOf,
} from '../../../web/pages/folder/view.ts';

const at = (address: string) => {
  const { pathname, search } = new URL(address, 'https://asiointi.example');
  return viewOf({ pathname, search });
};

const plain = everything({ order: 'newest' });

test('the plain address shows all, newest first', () => {
  assert.deepEqual(at('/fi/asiointikansio/'), plain);
});

test('a case has an address of its own, in every language', () => {
  for (const address of ['/fi/asiointikansio/HEL-2026-000123/', '/sv/arendemapp/HEL-2026-000123/'])
    assert.deepEqual(at(address), { ...plain, text: 'HEL-2026-000123', linked: true });
});

test('an order nobody offers is no order', () => {
  assert.equal(at('/fi/asiointikansio/?order=constructor').order, 'newest');
});

test('what an address says is read back as it was', () => {
  const parts = {
    text: fc.string({ maxLength: 40 }),
    order: fc.constantFrom(...(Object.keys(orders) as Order[])),
    status: fc.constantFrom('' as const, ...statuses),
    service: fc.constantFrom('', 'koirailmoitus'),
    year: fc.constantFrom('', '2025'),
    isNew: fc.boolean(),
    waiting: fc.boolean(),
    linked: fc.constant(false),
  };
  const view: fc.Arbitrary<View> = fc.record(parts, { noNullPrototype: true });
  fc.assert(fc.property(view, one => assert.deepEqual(at(addressOf(one, 'en')), one)));
});

const services = [
  { id: 'a', name: { fi: 'Päivähoitohakemus', sv: 'Ansökan om dagvård', en: 'Day care' } },
  { id: 'b', name: { fi: 'Suunnistuskartta-avustus', sv: 'Kartunderstöd', en: 'Map grant' } },
];
const asked = (text: string, more: Partial<View> = {}) =>
  queryOf({ ...plain, text, ...more }, services, 'fi');

test('what looks like a number is asked for as one, words by the services so named', () => {
  for (const text of ['2026/000123', '000003', 'hel 2026 000123', 'HEL-2026-000123', '7'])
    assert.equal(asked(text)?.number, text);
  assert.equal(asked('hoito')?.service, 'a');
  assert.equal(asked('AVUSTUS kartta')?.service, 'b');
  assert.equal(asked('a')?.service, 'a,b');
  assert.equal(asked('dagvård'), undefined, 'only in the language of the page');
  assert.equal(asked('hoito', { service: 'b' }), undefined);
  assert.deepEqual(asked('', { status: 'sent', isNew: true }), {
    ...orders.newest,
    language: 'fi',
    status: 'sent',
    new: '1',
  });
});
