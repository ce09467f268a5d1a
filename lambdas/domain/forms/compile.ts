/**
 * From a form's files, as the city writes them, to the one immutable definition that is published. Runs where forms are
 * published and in the build, never in a request.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical.ts';
import type { Translated } from '../language.ts';
import { child, isObject, namesIn, pointerTo } from './answers.ts';
import { checkField, schemaFile, uiFile, within } from './check-fields.ts';
import { checkReach } from './check-reach.ts';
import { checkSchema } from './check-schema.ts';
import { checkSense } from './check-sense.ts';
import { checkUi } from './check-ui.ts';
import { option } from './controls.ts';
import { isTooDeep } from './depth.ts';
import { possible } from './effective.ts';
import { migrationsFile, readMigrations } from './migrations.ts';
import { type FormProblem, reporter } from './problem.ts';
import { withoutReferences } from './references.ts';
import { identifier, readSettings } from './settings.ts';
import { readableName } from './text.ts';
import { type FormTexts, formTexts, ownTexts, sharedTexts } from './translations.ts';
import { inOrder } from './tree.ts';
import type { CompiledForm, FormPage, Schema, UiSchema } from './types.ts';

/** What the files hold, parsed; only the schema must be there. */
export interface FormFiles {
  /** The folder's name. */
  readonly id: string;
  readonly schema: unknown;
  readonly uiSchema?: unknown;
  readonly translation?: unknown;
  readonly settings?: unknown;
  readonly defaultTranslations?: unknown;
  readonly migrations?: unknown;
}

export interface Compilation {
  /** Absent when a problem is an error. */
  readonly form?: CompiledForm;
  /** Fields a person can fill in, those of a list counted once. */
  readonly fields: number;
  readonly pages: readonly string[];
  readonly problems: readonly FormProblem[];
}

const isField = (root: Schema, path: string): boolean =>
  path.split('.').reduce<Schema | undefined>((at, name) => at && possible(at).properties?.[name], root) !==
  undefined;

/** What a sum adds and what a grant follows must be fields, or the sum would be silently zero. */
const checkSources = (ui: UiSchema, root: Schema, pointer: string, problems: FormProblem[]): void => {
  const report = reporter(uiFile, problems);
  const at = pointerTo(pointer, 'ui:options');
  // Whatever else stands there was refused already.
  for (const path of [option(ui, 'sourceFields')].flat())
    if (typeof path === 'string' && !isField(root, path))
      report.error(`${at}/sourceFields`, `there is no field ${path}`);
  const controlledBy = child(option(ui, 'startGrant'), 'controlledBy');
  if (typeof controlledBy === 'string' && !isField(root, controlledBy))
    report.error(`${at}/startGrant/controlledBy`, `there is no field ${controlledBy}`);
  for (const [name, inner] of Object.entries(ui))
    if (!/^(ui|misc):/.test(name) && isObject(inner))
      checkSources(inner, root, pointerTo(pointer, name), problems);
};

const pagesOf = (schema: Schema, ui: UiSchema, texts: FormTexts): FormPage[] => {
  const properties = possible(schema).properties ?? {};
  return inOrder(Object.keys(properties), ui).map(id => ({
    id,
    title: texts.translated(possible(properties[id] ?? {}).title ?? readableName(id)),
  }));
};

const titleOf = (schema: Schema, texts: FormTexts, fallback: string): Translated =>
  texts.translated(schema.title && texts.has(schema.title) ? schema.title : (schema.title ?? fallback));

/** First 12 hex digits of the sha256 over the definition with its keys in order; the same files, the same version. */
export const versionOf = ({
  version: _,
  ...rest
}: Omit<CompiledForm, 'version'> & { readonly version?: string }): string =>
  createHash('sha256').update(canonicalJson(rest)).digest('hex').slice(0, 12);

const checkRoot = (schema: Schema, problems: FormProblem[]): void => {
  if (Object.keys(possible(schema).properties ?? {}).length === 0)
    reporter(schemaFile, problems).error('', 'a form needs properties: they are its pages');
};

/** Files are kept until they are fetched; a form that is never stored has nowhere to keep them. */
const checkStorage = (
  { schema, uiSchema, settings }: Omit<CompiledForm, 'version'>,
  problems: FormProblem[],
): void => {
  const hasFile = (whole: Schema, ui: UiSchema): boolean =>
    ui['ui:field'] === 'atvFile' ||
    Object.entries(possible(whole).properties ?? {}).some(([name, inner]) =>
      hasFile(inner, within(ui, name)),
    );
  if (!settings.stored && hasFile(schema, uiSchema))
    reporter('settings.json', problems).error('/stored', 'a form that is never stored cannot take files');
};

const build = (files: FormFiles, schema: Schema, problems: FormProblem[]): Omit<Compilation, 'problems'> => {
  const ui = isObject(files.uiSchema) ? files.uiSchema : {};
  const texts = formTexts(files.translation, files.defaultTranslations, problems);
  const { title, service, settings } = readSettings(
    files.settings ?? {},
    reporter('settings.json', problems),
  );
  checkRoot(schema, problems);
  checkSense(schema, { report: reporter(schemaFile, problems), texts, file: schemaFile });
  checkUi(files.uiSchema ?? {}, schema, '', reporter(uiFile, problems));
  const fields = checkField({ schema, ui, at: '', uiAt: '' }, { texts, problems });
  checkSources(ui, schema, '', problems);
  checkReach(schema, ui, reporter(schemaFile, problems));
  texts.checkRest();
  const migrations = readMigrations(files.migrations, schema, reporter(migrationsFile, problems));
  const pages = pagesOf(schema, ui, texts);
  const form = {
    id: files.id,
    service: service ?? files.id,
    title: titleOf(schema, texts, title ?? files.id),
    pages,
    // Without the marks of where it was written.
    schema: JSON.parse(JSON.stringify(schema)) as Schema,
    uiSchema: ui,
    texts: texts.all(),
    settings,
    ...(migrations && { migrations }),
  };
  checkStorage(form, problems);
  return { form: { ...form, version: versionOf(form) }, fields, pages: pages.map(page => page.id) };
};

/** Files by the names they have in a folder. */
const filesByName = (files: FormFiles): readonly (readonly [string, unknown])[] => [
  [schemaFile, files.schema],
  [uiFile, files.uiSchema],
  [ownTexts, files.translation],
  ['settings.json', files.settings],
  [sharedTexts, files.defaultTranslations],
  [migrationsFile, files.migrations],
];

/** A definition is rewritten in places before it is checked: a pointer leads at least to what holds the trouble. */
const leadingSomewhere = (problem: FormProblem, files: FormFiles): FormProblem => {
  const file = filesByName(files).find(([name]) => name === problem.file)?.[1];
  let names = namesIn(problem.pointer);
  const isThere = () => names.length === 0 || names.reduce<unknown>(child, file) !== undefined;
  while (!isThere()) names = names.slice(0, -1);
  return { ...problem, pointer: names.reduce<string>(pointerTo, '') };
};

/** Never throws for what the files hold: everything wrong is a problem with its place. */
export const compileForm = (files: FormFiles): Compilation => {
  const { problems, ...rest } = compileFiles(files);
  return { ...rest, problems: problems.map(problem => leadingSomewhere(problem, files)) };
};

const compileFiles = (files: FormFiles): Compilation => {
  const problems: FormProblem[] = [];
  const report = reporter(schemaFile, problems);
  for (const [name, content] of filesByName(files))
    if (isTooDeep(content)) reporter(name, problems).error('', 'nests too deep');
  if (problems.length > 0) return { fields: 0, pages: [], problems };
  if (!identifier.test(files.id))
    report.error('', 'the name of the folder must be small letters, digits, - and _');
  checkSchema(files.schema, '', { report, mode: 'form' });
  const isSound = () => !problems.some(problem => problem.severity === 'error');
  const schema = isSound() ? withoutReferences(files.schema, report) : undefined;
  if (isTooDeep(schema)) report.error('', 'nests too deep where its references are followed');
  if (!schema || !isSound()) return { fields: 0, pages: [], problems };
  const { form, ...rest } = build(files, schema, problems);
  return { ...rest, problems, ...(isSound() && form && { form }) };
};
