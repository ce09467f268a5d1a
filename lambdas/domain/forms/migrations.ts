/** Reads `migrations.json`: what becomes of drafts that were begun under earlier versions. */
import { child, isObject, namesIn, pointerTo } from './answers.ts';
import { possible } from './effective.ts';
import type { Reporter } from './problem.ts';
import { itemSchema } from './tree.ts';
import type { Migration, MigrationStep, Schema } from './types.ts';

export const migrationsFile = 'migrations.json';

const isPointer = (value: unknown): value is string =>
  typeof value === 'string' && /^(\/[^/]+)+$/.test(value);
const isVersion = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{12}$/.test(value);

/** The field a pointer with `*` for items leads to. */
const fieldAt = (root: Schema, pointer: string): Schema | undefined =>
  namesIn(pointer).reduce<Schema | undefined>((at, name) => {
    const schema = at && possible(at);
    const next = name === '*' ? schema && itemSchema(schema, 0) : child(schema?.properties, name);
    return isObject(next) ? next : undefined;
  }, root);

const stars = (pointer: string): number => namesIn(pointer).filter(name => name === '*').length;

/** `rename` is a move within the same place: its `to` is a name. */
const readStep = (given: unknown, at: string, report: Reporter): MigrationStep | undefined => {
  const { drop, move, rename, to, ...others } = isObject(given) ? given : { none: true };
  const [other] = Object.keys(others);
  if (isPointer(drop) && move === undefined && rename === undefined && to === undefined && !other)
    return { drop };
  if (isPointer(move) && isPointer(to) && drop === undefined && rename === undefined && !other)
    return { move, to };
  if (
    isPointer(rename) &&
    typeof to === 'string' &&
    to !== '' &&
    drop === undefined &&
    move === undefined &&
    !other
  )
    return { move: rename, to: namesIn(rename).slice(0, -1).concat(to).reduce<string>(pointerTo, '') };
  report.error(
    at,
    'must be {"move": pointer, "to": pointer}, {"rename": pointer, "to": name} or {"drop": pointer}',
  );
  return undefined;
};

/** A name that a later step moves on from: two answers change round by way of it. */
const movesOn = (later: readonly unknown[], step: MigrationStep): boolean =>
  'to' in step && later.some(next => (child(next, 'move') ?? child(next, 'rename')) === step.to);

const checkMove = (
  step: MigrationStep,
  isLast: boolean,
  root: Schema,
  at: string,
  report: Reporter,
): void => {
  if ('drop' in step) return;
  if (stars(step.to) !== stars(step.move)) report.error(at, 'as many * are needed in to as in move');
  // Where earlier migrations lead, only later ones know.
  else if (isLast && fieldAt(root, step.to) === undefined) report.error(at, `there is no field ${step.to}`);
};

const readMigration = (
  given: unknown,
  isLast: boolean,
  root: Schema,
  at: string,
  report: Reporter,
): Migration[] => {
  const { from, steps, ...others } = isObject(given) ? given : {};
  if (!isVersion(from) || !Array.isArray(steps) || Object.keys(others).length > 0) {
    report.error(at, 'must be {"from": version of 12 hexadecimal digits, "steps": […]}');
    return [];
  }
  const read = steps.flatMap((step, index) => {
    const place = `${at}/steps/${index}`;
    const good = readStep(step, place, report);
    if (good) checkMove(good, isLast && !movesOn(steps.slice(index + 1), good), root, place, report);
    return good ? [good] : [];
  });
  return [{ from, steps: read }];
};

/** Takes the form's schema without references. Undefined where there is no such file. */
export const readMigrations = (
  file: unknown,
  root: Schema,
  report: Reporter,
): readonly Migration[] | undefined => {
  if (file === undefined) return undefined;
  if (!Array.isArray(file)) {
    report.error('', 'must be a list of migrations, the oldest first');
    return undefined;
  }
  const read = file.flatMap((given, index) =>
    readMigration(given, index === file.length - 1, root, `/${index}`, report),
  );
  for (const [index, given] of file.entries())
    if (file.findIndex(other => child(other, 'from') === child(given, 'from')) < index)
      report.error(`/${index}/from`, 'this version is named twice');
  return read;
};
