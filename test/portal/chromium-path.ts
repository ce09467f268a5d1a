import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

/** The Chromium `npm test` and `npm run bench` bring, or the one `CHROMIUM` names. Throws where there is none. */
export const chromiumPath = (): string => {
  const path = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find(one => one !== undefined && existsSync(one));
  assert.ok(path, 'Chromium is missing: install it or set CHROMIUM to its path');
  return path;
};
