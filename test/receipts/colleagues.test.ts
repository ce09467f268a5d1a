import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { canonicalJson } from '../../lambdas/domain/canonical.ts';
import type { Applicant } from '../../lambdas/domain/case.ts';
import { sentDocument } from '../../lambdas/domain/receipt.ts';
import { getReceipt, matterOfCase } from '../../lambdas/receipts/receipt.ts';
import type { OpenedCase } from '../../lambdas/storage/cases.ts';

const code = '010190-900P';
const person: Applicant = { kind: 'person', name: 'Maija Meikäläinen', identityCode: code };
const representative: Applicant = {
  ...person,
  kind: 'organisation',
  organisation: { name: 'Suunnistajat ry', businessId: '0000000-0' },
};
const header = {
  caseNumber: 'HEL-2026-000123',
  service: 'avustus',
  form: 'avustus',
  formVersion: '0123456789ab',
  submittedAt: 1,
};
const contentBy = (applicant: Applicant) =>
  ({ applicant, answers: { dog: 'Musti' }, language: 'fi', attachments: [], salt: 'salt' }) as const;
const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

const caseOf = (applicant: Applicant, contentSha256: string) => {
  const actor = { kind: 'citizen', person: 'maija' } as const;
  const sent = { type: 'submitted', id: 's', sequence: 1, at: 1, actor, contentSha256 };
  return { header, content: contentBy(applicant), events: [sent] } as unknown as OpenedCase;
};
const asSent = (applicant: Applicant) => sentDocument(header, contentBy(applicant));
/** As it was hashed while the code was part of what an organisation had sent. */
const older = { ...asSent(representative), applicant: representative };

test('what an organisation sent is proved without the identity code of whoever sent it', () => {
  const matter = matterOfCase(caseOf(representative, sha256(asSent(representative))), 'kalle');
  assert.equal(matter.facts.contentSha256, sha256(matter.hashed));
  assert.equal(matter.hashed?.applicant.organisation?.name, 'Suunnistajat ry');
  assert.ok(!JSON.stringify(matter).includes(code));
});

test('one’s own code stays in what one sent oneself', () => {
  const { facts, hashed } = matterOfCase(caseOf(person, sha256(asSent(person))), 'maija');
  assert.equal(hashed?.applicant.identityCode, code);
  assert.equal(facts.contentSha256, sha256(hashed));
});

test('an older case is attested to colleagues without what was hashed; to whoever sent it with it', () => {
  const opened = caseOf(representative, sha256(older));
  const colleague = matterOfCase(opened, 'kalle');
  assert.equal(colleague.facts.contentSha256, sha256(older));
  assert.equal(colleague.hashed, undefined);
  assert.ok(colleague.document && !JSON.stringify(colleague).includes(code));
  assert.deepEqual(matterOfCase(opened, 'maija').hashed, older);
});

test('what was changed since is not attested', () => {
  for (const applicant of [person, representative])
    assert.throws(() => matterOfCase(caseOf(applicant, sha256('x')), 'maija'), /not what was sent/);
});

test('neither receipt of an older case shows a colleague its sender’s code', async () => {
  const opened = caseOf(representative, sha256(older));
  const asked = async (who: string, as: string) => {
    const request = {
      ...{ session: { owner: 'club', person: who, kind: 'organisation', identity: { name: who } } },
      ...{ parameters: { caseNumber: header.caseNumber }, query: { as }, now: 1, headers: {} },
    };
    const answer = await getReceipt(
      request as never,
      {
        cases: { open: async () => opened },
        keys: { sign: async () => 'signature' },
        forms: { get: async () => ({ title: {} }) },
        log: { addReading: async () => {} },
        page: { render: (page: unknown) => JSON.stringify(page), stylePolicy: '' },
        ...{ prefix: 'HEL', city: {}, portalUrl: 'https://asiointi.example' },
      } as never,
    );
    return JSON.stringify(answer);
  };
  for (const as of ['json', 'html']) {
    assert.ok(!(await asked('kalle', as)).includes(code), as);
    assert.ok((await asked('maija', 'json')).includes(code), 'who sent it has it');
  }
});
