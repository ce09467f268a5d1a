/** The city's real register, where this machine has it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { excluded } from '../../lambdas/domain/catalogue/city.ts';
import { withEditorsWord } from '../../lambdas/domain/catalogue/editor.ts';
import { parseRegister } from '../../lambdas/domain/catalogue/register.ts';
import type { Service } from '../../lambdas/domain/catalogue/service.ts';
import { readOwnServices } from '../../web/build/own-services.ts';

const root = join(import.meta.dirname, '../..');

export const realRegister = join(root, '../shared/data/catalogue/errandservices-2025-09-27.json');

/** For a test's `skip`: in CI the register must be there. */
export const realRegisterAbsent =
  existsSync(realRegister) || process.env.CI ? false : 'the real register is not here';

/** Our own services and the register's, as the publisher has them. */
export const realServices = async (): Promise<Service[]> => {
  const register = parseRegister(readFileSync(realRegister, 'utf8'), excluded);
  return [...(await readOwnServices(join(root, 'web'))), ...register.services.map(withEditorsWord)];
};
