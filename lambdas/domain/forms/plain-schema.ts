/**
 * JSON Schema has several words for one thing; the rest of the engine knows one of each. Here, where a definition is
 * compiled, the others become it: choices written as `oneOf` or `anyOf` of constants, lists of types that only allow
 * null beside one, tuples as `prefixItems`, requirements written as dependencies. Nothing is no answer to choose: `null` and
 * the empty text go from a list of choices, as nothing can always be answered where a field is not required.
 */
import { isObject, pointerTo } from './answers.ts';
import { source } from './source.ts';

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

const isNothing = (value: unknown): boolean => value === null || value === '';

const withoutNothing = ({ enum: values, enumNames: names }: Node): Node => {
  if (!Array.isArray(values) || !values.some(isNothing)) return {};
  const isKept = (_: unknown, index: number): boolean => !isNothing(values[index]);
  return { enum: values.filter(isKept), ...(Array.isArray(names) && { enumNames: names.filter(isKept) }) };
};

/** Nothing comes after the last item of a tuple that does not say what. */
const asTuple = (items: readonly unknown[], rest: unknown, most: unknown): Node => ({
  items,
  ...(isObject(rest)
    ? { additionalItems: rest }
    : { maxItems: Math.min(items.length, typeof most === 'number' ? most : items.length) }),
});

const whenAnswered = (name: string, then: unknown, pointer: string): object => ({
  [source]: pointer,
  if: { required: [name] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
  then: Array.isArray(then) ? { required: then } : then,
});

const dependentWords = ['dependencies', 'dependentRequired', 'dependentSchemas'] as const;

const dependentsOf = (schema: Node, pointer: string): readonly object[] =>
  dependentWords.flatMap(word => {
    const map = schema[word];
    const at = pointerTo(pointer, word);
    return Object.entries(isObject(map) ? map : {}).map(([name, then]) =>
      whenAnswered(name, then, pointerTo(at, name)),
    );
  });

const tupleOf = ({ prefixItems, items, additionalItems, maxItems }: Node): Node => {
  if (Array.isArray(prefixItems)) return asTuple(prefixItems, items, maxItems);
  return Array.isArray(items) ? asTuple(items, additionalItems, maxItems) : {};
};

/** One schema in the engine's words, and where it stands in its file; what is in it has its own turn. */
export const inOneWord = (schema: Node, pointer: string): Node => {
  const { oneOf, anyOf, type, prefixItems, dependencies, dependentRequired, dependentSchemas, ...others } =
    schema;
  const { additionalItems, ...rest } = others;
  const list = [oneOf, anyOf].find(isChoiceList);
  const dependent = dependentsOf(schema, pointer);
  return {
    ...(type !== undefined && { type: onlyType(type) }),
    ...rest,
    // What is not ours stays: a reason was given where it was checked.
    ...(list
      ? choice(list)
      : { ...(oneOf !== undefined && { oneOf }), ...(anyOf !== undefined && { anyOf }) }),
    ...withoutNothing(schema),
    ...tupleOf(schema),
    ...(dependent.length > 0 && { allOf: [...((rest.allOf as unknown[] | undefined) ?? []), ...dependent] }),
  };
};
