import { child, isObject, namesIn, pointerTo } from './answers.ts';
import type { Reporter } from './problem.ts';
import type { Schema } from './types.ts';

/** More parts than any form a person could fill in. */
const most = 20_000;

class TooLarge extends Error {}

/** Keywords whose values are data, not schemas: nothing in them is a reference. */
const data = new Set(['default', 'enum', 'const', 'options', 'required']);

/**
 * The schema with every `$ref` replaced by what it leads to (what stands beside a `$ref` wins, as the city's forms mean
 * it), so that nobody has to follow references at run time. Reports what leads nowhere or in a circle.
 */
export const withoutReferences = (root: unknown, report: Reporter): Schema | undefined => {
  let parts = 0;

  const inlineMap = (map: object, pointer: string, path: readonly string[]): object =>
    Object.fromEntries(
      Object.entries(map).map(([name, inner]) => [name, inline(inner, pointerTo(pointer, name), path)]),
    );

  const inline = (value: unknown, pointer: string, path: readonly string[]): unknown => {
    parts += 1;
    if (parts > most) throw new TooLarge();
    if (Array.isArray(value))
      return value.map((item, index) => inline(item, pointerTo(pointer, index), path));
    if (!isObject(value)) return value;
    const { $ref: reference, definitions, $defs, $schema, $id, $comment, ...rest } = value;
    const own = Object.fromEntries(
      Object.entries(rest).map(([name, inner]) => {
        const at = pointerTo(pointer, name);
        if (name === 'properties' && isObject(inner)) return [name, inlineMap(inner, at, path)];
        return [name, data.has(name) ? inner : inline(inner, at, path)];
      }),
    );
    return typeof reference === 'string'
      ? { ...follow(reference, pointerTo(pointer, '$ref'), path), ...own }
      : own;
  };

  const follow = (reference: string, pointer: string, path: readonly string[]): object => {
    if (path.includes(reference)) {
      report.error(pointer, `${reference} leads back to itself`);
      return {};
    }
    const target = namesIn(reference.replace(/^#/, '')).reduce<unknown>(child, root);
    if (isObject(target)) return inline(target, reference.slice(1), [...path, reference]) as object;
    report.error(pointer, `${reference} leads nowhere`);
    return {};
  };

  try {
    return inline(root, '', []) as Schema;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    report.error('', `more than ${most} parts`);
    return undefined;
  }
};
