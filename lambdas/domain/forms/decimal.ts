/** Blanks of every width, and the marks some put between thousands. */
const spaces = /[\s\u00a0\u2009\u202f'’]/g;
const currency = /^€|(€|eur|euroa?|e)$/i;

const plain = /^-?\d+(,\d+)?$/;

/** Thousands set apart by dots; one group alone could as well be three decimals. */
const dotted = /^-?\d{1,3}(\.\d{3})+(,\d+)$|^-?\d{1,3}(\.\d{3}){2,}$/;

/**
 * `1 200,50 €`, `1.200,50`, `−5` as the city's systems read them: `1200,50`, `-5`. Undefined for what is no such number; a dot
 * alone is none, for `1.200` may mean either.
 */
export const plainDecimal = (text: string): string | undefined => {
  if (plain.test(text)) return text;
  const closed = text.replace(spaces, '').replace('−', '-').replace(currency, '');
  const joined = dotted.test(closed) ? closed.replaceAll('.', '') : closed;
  return plain.test(joined) ? joined : undefined;
};

/** The same, for who is still typing: a dot before one or two digits is a comma; anything else stays as it was typed. */
export const typedDecimal = (text: string): string =>
  plainDecimal(text) ?? plainDecimal(text.replace(/\.(?=\s*\d{1,2}(\D*)$)/, ',')) ?? text;
