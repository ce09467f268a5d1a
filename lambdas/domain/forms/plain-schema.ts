/**
 * JSON Schema has several words for one thing; the rest of the engine knows one of each. Here, where a definition is
 * compiled, the others become it: choices written as `oneOf` or `anyOf` of constants, lists of types that only allow
 * null beside one, tuples as `prefixItems`, requirements written as dependencies.
 */
import { isObject } from './answers.ts';

type Node = Readonly<Record<string, unknown>>;

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const constantWords = ['const', 'title', 'description', 'type'];

/** `[{const, title}, …]`: what can be chosen, and what each is called. */
export const isChoiceList = (value: unknown): value is readonly { const: unknown; title?: string }[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    one =>
      isObject(one) &&
      isScalar(one.const) &&
      Object.keys(one).every(keyword => constantWords.includes(keyword)),
  );

/** The one type of a list of types, null apart; undefined where there are several. */
export const onlyType = (value: unknown): unknown => {
  if (!Array.isArray(value)) return value;
  const others = value.filter(type => type !== 'null');
  return others.length === 1 ? others[0] : undefined;
};

const choice = (list: readonly { const: unknown; title?: string }[]): Node => ({
  enum: list.map(one => one.const),
  ...(list.some(({ title }) => title !== undefined) && {
    enumNames: list.map(one => one.title ?? String(one.const)),
  }),
});

const whenAnswered = (name: string, then: unknown): Node => ({
  if: { required: [name] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
  then: Array.isArray(then) ? { required: then } : then,
});

/** One schema in the engine's words; what is in it has its own turn. */
export const inOneWord = (schema: Node): Node => {
  const { oneOf, anyOf, type, prefixItems, dependencies, dependentRequired, dependentSchemas, ...rest } =
    schema;
  const list = [oneOf, anyOf].find(isChoiceList);
  const dependent = [dependencies, dependentRequired, dependentSchemas]
    .filter(isObject)
    .flatMap(map => Object.entries(map).map(([name, then]) => whenAnswered(name, then)));
  return {
    ...(type !== undefined && { type: onlyType(type) }),
    ...rest,
    // What is not ours stays: a reason was given where it was checked.
    ...(list
      ? choice(list)
      : { ...(oneOf !== undefined && { oneOf }), ...(anyOf !== undefined && { anyOf }) }),
    ...(prefixItems !== undefined && {
      items: prefixItems,
      ...(isObject(rest.items) && { additionalItems: rest.items }),
    }),
    ...(dependent.length > 0 && { allOf: [...((rest.allOf as unknown[] | undefined) ?? []), ...dependent] }),
  };
};
