import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Contact,
  contactErrors,
  contactRequest,
  refusedFields,
} from '../../../web/components/contact-fields/contact.ts';

const contact = (given: Partial<Contact>): Contact => ({
  email: '',
  phone: '',
  channel: 'email',
  language: 'fi',
  ...given,
});

test('e-mail, phone or both; what the channel needs must be there', () => {
  assert.deepEqual(contactErrors(contact({})), { email: 'missing', phone: 'missing' });
  assert.deepEqual(contactErrors(contact({ email: 'a@esimerkki.fi' })), {});
  assert.deepEqual(contactErrors(contact({ phone: '040 123 4567' })), { email: 'neededByChannel' });
  assert.deepEqual(contactErrors(contact({ phone: '040 123 4567', channel: 'sms' })), {});
  assert.deepEqual(contactErrors(contact({ email: 'a@esimerkki.fi', phone: 'ei ole' })), {
    phone: 'invalid',
  });
  assert.deepEqual(contactErrors(contact({ email: 'a(at)esimerkki.fi' })), { email: 'invalid' });
});

test('an empty field is left out of what is sent', () => {
  assert.deepEqual(contactRequest(contact({ email: ' a@esimerkki.fi ', phone: '  ' })), {
    email: 'a@esimerkki.fi',
    channel: 'email',
    language: 'fi',
  });
});

test("the server's errors land on the fields they name, others on none", () => {
  const errors = [
    { pointer: '/email', code: 'format' },
    { pointer: '/phone', code: 'required' },
    { pointer: '/revision', code: 'format' },
  ];
  assert.deepEqual(refusedFields(errors), { email: 'invalid', phone: 'neededByChannel' });
});
