/** A form for organisations that asks for a role: the portal's own for parking, under another name and other settings. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PortalPlace } from './portal.ts';
import { publishFolder } from './trial-form.ts';

export const roleForm = 'valtuuskoe';

export const publishRoleForm = (place: PortalPlace): Promise<void> =>
  publishFolder(place, roleForm, folder => {
    cpSync('web/content/forms/asukaspysakointitunnus', folder, { recursive: true });
    const settings = {
      ...{ title: 'Valtuuskoe', service: 'asukaspysakointitunnus', stored: true },
      ...{ applicants: ['organisation'], roles: ['NIMKO', 'PJ'] },
    };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  });
