import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { languages } from '../../../lambdas/domain/language.ts';
import { consentVersion } from '../../../web/content/consent/version.ts';
import { consentWording } from '../../../web/content/consent/wording.ts';

const folder = new URL('../../../web/content/consent/', import.meta.url);

/** What has been agreed to is never rewritten: a new wording is a new folder. SHA-256 of its languages, fi sv en. */
const agreed: Record<string, string> = {
  '2026-11-01': '6834ce61e71e2e7c6af3ad6238cea2cd04c16a6394c718ed1ef93c6567ff6db7',
};

const wordingOf = async (version: string) =>
  Promise.all(languages.map(language => readFile(new URL(`${version}/${language}.json`, folder), 'utf8')));

test('every wording that was ever in force is as it was', async () => {
  const entries = await readdir(folder, { withFileTypes: true });
  const versions = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(versions.sort(), Object.keys(agreed).sort());
  for (const version of versions)
    assert.equal(
      createHash('sha256')
        .update((await wordingOf(version)).join(''))
        .digest('hex'),
      agreed[version],
      version,
    );
});

test('the wording that is shown is that of the version that is recorded', async () => {
  const [fi, sv, en] = (await wordingOf(consentVersion)).map(text => JSON.parse(text));
  assert.deepEqual(consentWording, { fi, sv, en });
});
