import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { postalCodesUrl, writePostalCodes } from '../../../web/build/postal-codes.ts';

test('every post town is found by its code, in both languages, in a file small enough for one field', async () => {
  const assets = mkdtempSync(join(tmpdir(), 'assets-'));
  try {
    await writePostalCodes(assets);
    const folder = join(assets, basename(postalCodesUrl()));
    const texts = new Map(readdirSync(folder).map(file => [file, readFileSync(join(folder, file), 'utf8')]));
    const town = (code: string): string | undefined =>
      JSON.parse(texts.get(`${code.slice(0, 2)}.json`) ?? '{}')[code.slice(2)];
    assert.equal(town('00100'), 'Helsinki|Helsingfors');
    assert.equal(town('20100'), 'Turku|Åbo');
    assert.equal(town('33100'), 'Tampere');
    // Parcel machines are no address of anybody's.
    assert.equal(town('10214'), undefined);
    assert.equal(town('00001'), undefined);
    assert.ok(texts.size >= 95 && [...texts.values()].every(text => text.length < 6_000));
  } finally {
    rmSync(assets, { recursive: true, force: true });
  }
});
