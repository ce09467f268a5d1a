/** What a Finnish personal identity code (*henkilötunnus*) says. */
export interface IdentityCode {
  /** Calendar date, `1990-01-01`. */
  readonly birthDate: string;
  /** 900–999: nobody's; for testing. */
  readonly isArtificial: boolean;
}

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/**
 * The sign tells the century, and, since 2023, persons apart: `010190-900P` and `010190Y900P` are two people.
 * It is never normalised.
 */
const centuries: Readonly<Record<string, number>> = {
  '+': 1800,
  ...Object.fromEntries([...'-YXWVU'].map(sign => [sign, 1900])),
  ...Object.fromEntries([...'ABCDEF'].map(sign => [sign, 2000])),
};

const shape = /^(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-Y])$/;

const isDate = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** The last character, of the nine digits before it: their remainder by 31. */
export const checkCharacter = (nineDigits: string): string => checkCharacters.charAt(Number(nineDigits) % 31);

/** Reads a code as it is written officially, in capitals; undefined when it cannot be anybody's. */
export const parseIdentityCode = (text: string): IdentityCode | undefined => {
  const [whole, day = '', month = '', year = '', sign = '', individual = '', check] = shape.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const fullYear = (centuries[sign] ?? Number.NaN) + Number(year);
  const isValid =
    isDate(fullYear, Number(month), Number(day)) &&
    Number(individual) >= 2 &&
    check === checkCharacter(day + month + year + individual);
  return isValid
    ? { birthDate: `${fullYear}-${month}-${day}`, isArtificial: Number(individual) >= 900 }
    : undefined;
};

export const isIdentityCode = (text: string): boolean => parseIdentityCode(text) !== undefined;
