import type { Field } from './tree.ts';

/** Where a definition sets no limit of its own: characters of a line, of an area. */
export const longestLine = 1000;
export const longestArea = 20_000;
/** Longest text a `pattern` is tried on: what keeps the few slow patterns that are allowed harmless. */
export const longestJudged = 1000;

/** The longest text a field takes, in characters; undefined where its length is no matter. */
export const maximumLength = ({
  control,
  schema,
  ui,
}: Pick<Field, 'control' | 'schema' | 'ui'>): number | undefined => {
  if (control !== 'text' && control !== 'textarea' && control !== 'decimal') return undefined;
  const limits = [schema.maxLength, ui['misc:max-length'], schema.pattern && longestJudged].filter(
    Number.isFinite,
  );
  return Math.min(control === 'textarea' ? longestArea : longestLine, ...(limits as number[]));
};
