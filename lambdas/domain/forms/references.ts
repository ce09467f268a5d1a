import { child, isObject, namesIn, pointerTo } from './answers.ts';
import { inOneWord } from './plain-schema.ts';
import type { Reporter } from './problem.ts';
import { source, sourceOf } from './source.ts';
import type { Schema } from './types.ts';

/** More parts than any form a person could fill in. */
const most = 20_000;

class TooLarge extends Error {}

/** As they may stand in an address: `#/definitions/my%20field`. */
const decoded = (reference: string): string => {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
};

/** Keywords whose values are data, not schemas: nothing in them is a reference. */
const data = new Set(['default', 'enum', 'enumNames', 'examples', 'const', 'options', 'required']);

interface Place {
  readonly pointer: string;
  /** References that led here. */
  readonly path: readonly string[];
  /** Within an `if`, where a schema judges and shows nothing. */
  readonly isCondition: boolean;
}

const below = ({ pointer, ...place }: Place, name: string | number): Place => ({
  ...place,
  pointer: pointerTo(pointer, name),
});

/**
 * The schema with every `$ref` replaced by what it leads to (what stands beside a `$ref` wins, as the city's forms mean
 * it), so that nobody has to follow references at run time. Reports what leads nowhere or in a circle.
 */
export const withoutReferences = (root: unknown, report: Reporter): Schema | undefined => {
  let parts = 0;

  const inlineMap = (map: object, place: Place): object =>
    Object.fromEntries(Object.entries(map).map(([name, inner]) => [name, inline(inner, below(place, name))]));

  const inline = (value: unknown, place: Place): unknown => {
    parts += 1;
    if (parts > most) throw new TooLarge();
    if (Array.isArray(value)) return value.map((item, index) => inline(item, below(place, index)));
    if (!isObject(value)) return value;
    const { isCondition } = place;
    const pointer = sourceOf(value) ?? place.pointer;
    const here = { ...place, pointer };
    const plain = isCondition ? value : inOneWord(value, pointer);
    const { $ref: reference, definitions, $defs, $schema, $id, $comment, ...rest } = plain;
    const own = Object.fromEntries(
      Object.entries(rest).map(([name, inner]) => {
        const at = { ...below(here, name), isCondition: isCondition || name === 'if' };
        if (name === 'properties' && isObject(inner)) return [name, inlineMap(inner, at)];
        return [name, data.has(name) ? inner : inline(inner, at)];
      }),
    );
    if (typeof reference !== 'string') return isCondition ? own : { ...own, [source]: pointer };
    const target = follow(reference, below(here, '$ref'));
    return { ...target, ...own, ...(Object.keys(own).length > 0 && { [source]: pointer }) };
  };

  const follow = (reference: string, { pointer, path, isCondition }: Place): object => {
    if (path.includes(reference)) {
      report.error(pointer, `${reference} leads back to itself`);
      return {};
    }
    for (const one of [reference.slice(1), decoded(reference.slice(1))]) {
      const target = namesIn(one).reduce<unknown>(child, root);
      if (!isObject(target)) continue;
      return inline(target, {
        pointer: one,
        path: [...path, reference],
        isCondition,
      }) as object;
    }
    report.error(pointer, `${reference} leads nowhere`);
    return {};
  };

  try {
    return inline(root, { pointer: '', path: [], isCondition: false }) as Schema;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    report.error('', `more than ${most} parts`);
    return undefined;
  }
};
