import { pageTexts } from '../frame/page-texts.ts';

/** A code that has no name here is shown as it is. */
const nameOf = (code: string): string => pageTexts()[`role.${code}`] ?? code;

/** What would do, by the register of mandates' codes; the page brings `roleTexts`. */
export const RoleList = ({ roles }: { roles: readonly string[] }) => (
  <ul>
    {roles.map(role => (
      <li key={role}>{nameOf(role)}</li>
    ))}
  </ul>
);
