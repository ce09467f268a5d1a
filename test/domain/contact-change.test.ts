import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ContactField, contactFields } from '../../lambdas/domain/contact.ts';
import {
  addressToConfirm,
  changeContact,
  confirmAddress,
  readCode,
} from '../../lambdas/domain/contact-change.ts';
import type { Contact, Profile } from '../../lambdas/domain/profile.ts';

const profile = (more: Partial<Profile> = {}): Profile =>
  ({
    ...{ kind: 'person', name: 'Maija Mallikas', owner: 'owner', revision: 1 },
    ...{ channel: 'email', language: 'fi', consent: { version: '1', language: 'fi', at: 0 } },
    ...more,
  }) as Profile;
const given = (more: Partial<Contact>): Contact => ({ channel: 'email', language: 'fi', ...more });
const used = ({ email, phone }: Pick<Profile, 'email' | 'phone'>) => [email, phone];

describe('a change of address', () => {
  const old = profile({ email: 'old@a.fi', confirmed: { email: 5 } });

  test('is wanted until its code has come back; then the old one goes', () => {
    const { profile: waiting, gone } = changeContact(old, given({ email: 'new@a.fi' }));
    assert.deepEqual(
      [used(waiting), waiting.wanted, gone],
      [['old@a.fi', undefined], { email: 'new@a.fi' }, []],
    );
    const after = confirmAddress(waiting, 'email', 7);
    assert.deepEqual(used(after.profile), ['new@a.fi', undefined]);
    assert.deepEqual([after.profile.confirmed, after.profile.wanted], [{ email: 7 }, undefined]);
    assert.deepEqual(after.gone, [{ field: 'email', address: 'old@a.fi' }]);
  });

  test('is taken back by saving what is in use', () => {
    const { profile: waiting } = changeContact(old, given({ email: 'new@a.fi' }));
    assert.deepEqual(changeContact(waiting, given({ email: 'old@a.fi' })), { profile: old, gone: [] });
  });

  test('from e-mail to phone leaves the e-mail in use until the phone is confirmed', () => {
    const { profile: waiting, gone } = changeContact(old, given({ phone: '+358401234567', channel: 'sms' }));
    assert.deepEqual([used(waiting), waiting.leaving, gone], [['old@a.fi', undefined], 'email', []]);
    const after = confirmAddress(waiting, 'phone', 7);
    assert.deepEqual([used(after.profile), after.profile.leaving], [[undefined, '+358401234567'], undefined]);
    assert.deepEqual(after.gone, [{ field: 'email', address: 'old@a.fi' }]);
  });

  test('an address taken away goes at once where the other one is in use', () => {
    const both = profile({ email: 'old@a.fi', phone: '+358401234567', confirmed: { email: 5, phone: 5 } });
    const { profile: after, gone } = changeContact(both, given({ email: 'old@a.fi' }));
    assert.deepEqual([used(after), after.confirmed], [['old@a.fi', undefined], { email: 5 }]);
    assert.deepEqual(gone, [{ field: 'phone', address: '+358401234567' }]);
  });

  test('confirming what is in use changes nothing else', () => {
    const first = profile({ email: 'old@a.fi' });
    const after = confirmAddress(first, 'email', 7);
    assert.deepEqual(after, { profile: { ...first, confirmed: { email: 7 } }, gone: [] });
  });
});

const email = fc.option(fc.constantFrom('a@a.fi', 'b@b.fi', 'c@c.fi'), { nil: undefined });
const phone = fc.option(fc.constantFrom('+358401', '+358402', '+358403'), { nil: undefined });
const contact = fc
  .record({ email, phone })
  .filter(({ email, phone }) => email !== undefined || phone !== undefined)
  .map(({ email, phone }) => given({ ...(email && { email }), ...(phone && { phone }) }));
const act = fc.oneof(
  contact.map(to => ({ to })),
  fc.constantFrom(...contactFields).map(field => ({ confirm: field })),
);

test('whatever somebody saves and confirms: they can be reached, only by what was theirs at first or is confirmed, and what goes is told', () => {
  fc.assert(
    fc.property(contact, fc.array(act, { maxLength: 8 }), (first, acts) => {
      let now: Profile = profile(first);
      const allowed = new Set(used(now));
      for (const step of acts) {
        const before = used(now).filter(address => address !== undefined);
        if ('confirm' in step) allowed.add(addressToConfirm(now, step.confirm as ContactField));
        const { profile: after, gone } =
          'to' in step ? changeContact(now, step.to) : confirmAddress(now, step.confirm as ContactField, 9);
        const inUse = used(after).filter(address => address !== undefined);
        assert.ok(inUse.length > 0, 'somebody must always be reachable');
        assert.ok(inUse.every(address => allowed.has(address)));
        assert.deepEqual(
          gone.map(({ address }) => address),
          before.filter(address => !inUse.includes(address)),
        );
        for (const field of contactFields) {
          assert.notEqual(after.wanted?.[field] ?? '', after[field]);
          if (after.confirmed?.[field] !== undefined) assert.ok(after[field] !== undefined);
        }
        now = after;
      }
    }),
  );
});

test('a code is read however it was typed', () => {
  assert.deepEqual(['123456', ' 123 456 ', '123-456', '12345', '1234567', 'abcdef', ''].map(readCode), [
    ...['123456', '123456', '123456'],
    ...[undefined, undefined, undefined, undefined],
  ]);
});
