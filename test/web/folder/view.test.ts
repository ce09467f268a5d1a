import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressOf, type Order, orders, viewOf } from '../../../web/pages/folder/view.ts';

const at = (address: string) => {
  const { pathname, search } = new URL(address, 'https://asiointi.example');
  return viewOf({ pathname, search });
};

test('the plain address shows all, newest first', () => {
  assert.deepEqual(at('/fi/asiointikansio/'), { number: '', order: 'newest', linked: false });
});

test('a case has an address of its own, in every language', () => {
  for (const address of ['/fi/asiointikansio/HEL-2026-000123/', '/sv/arendemapp/HEL-2026-000123/'])
    assert.deepEqual(at(address), { number: 'HEL-2026-000123', order: 'newest', linked: true });
});

test('an order nobody offers is no order', () => {
  assert.equal(at('/fi/asiointikansio/?order=constructor').order, 'newest');
});

test('what an address says is read back as it was', () => {
  const order = fc.constantFrom(...(Object.keys(orders) as Order[]));
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), order, (number, order) => {
      const view = { number, order, linked: false };
      assert.deepEqual(at(addressOf(view, 'en')), view);
    }),
  );
});
