/** A form for organisations that asks for a role: the portal's own for parking, under another name and other settings. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.ts';
import type { PortalPlace } from './portal.ts';

export const roleForm = 'valtuuskoe';

export const publishRoleForm = async (place: PortalPlace): Promise<void> => {
  const root = mkdtempSync(join(tmpdir(), 'role-form-'));
  const folder = join(root, roleForm);
  cpSync('web/content/forms/asukaspysakointitunnus', folder, { recursive: true });
  const settings = {
    ...{ title: 'Valtuuskoe', service: 'asukaspysakointitunnus', stored: true },
    ...{ applicants: ['organisation'], roles: ['NIMKO', 'PJ'] },
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const published = await command(place, 'forms', 'publish', folder);
  rmSync(root, { recursive: true });
  assert.equal(published.status, 0, published.stdout + published.stderr);
};
