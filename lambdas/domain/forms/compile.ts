/**
 * From a form's files, as the city writes them, to the one immutable definition that is published. Runs where forms are
 * published and in the build, never in a request.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical.ts';
import type { Translated } from '../language.ts';
import { isObject, pointerTo } from './answers.ts';
import { checkSchema } from './check-schema.ts';
import { checkUi } from './check-ui.ts';
import { controlOf, option } from './controls.ts';
import { possible } from './effective.ts';
import { type FormProblem, reporter } from './problem.ts';
import { withoutReferences } from './references.ts';
import { identifier, readSettings } from './settings.ts';
import { type FormTexts, formTexts } from './translations.ts';
import { inOrder, itemSchema } from './tree.ts';
import type { CompiledForm, Control, FormPage, Schema, UiSchema } from './types.ts';

/** What the files hold, parsed; only the schema must be there. */
export interface FormFiles {
  /** The folder's name. */
  readonly id: string;
  readonly schema: unknown;
  readonly uiSchema?: unknown;
  readonly translation?: unknown;
  readonly settings?: unknown;
  readonly defaultTranslations?: unknown;
}

export interface Compilation {
  /** Absent when a problem is an error. */
  readonly form?: CompiledForm;
  /** Fields a person can fill in, those of a list counted once. */
  readonly fields: number;
  readonly pages: readonly string[];
  readonly problems: readonly FormProblem[];
}

const schemaFile = 'schema.json';
const uiFile = 'uiSchema.json';

interface Walk {
  readonly texts: FormTexts;
  readonly problems: FormProblem[];
}

const none: UiSchema = {};
const within = (ui: UiSchema, name: string): UiSchema => {
  const inner = ui[name];
  return isObject(inner) ? inner : none;
};

const unfilled: readonly Control[] = ['group', 'list', 'paragraph', 'hidden', 'sum'];

const useChoices = (schema: Schema, ui: UiSchema, pointer: string, { texts }: Walk): void => {
  const names = ui['ui:enumNames'];
  if (Array.isArray(names)) for (const name of names) texts.use(name, uiFile, pointer);
  else
    for (const value of schema.enum ?? [])
      if (typeof value === 'string' && texts.has(value)) texts.use(value, schemaFile, pointer);
  for (const { label } of schema.options ?? []) texts.use(label, schemaFile, pointer);
};

const useUiTexts = (ui: UiSchema, pointer: string, { texts }: Walk): void => {
  texts.use(ui['ui:help'], uiFile, pointer, 'help');
  for (const name of ['addText', 'removeText', 'printableName'])
    texts.use(option(ui, name), uiFile, pointer, 'auxiliary');
  for (const name of ['tooltipText', 'smallDescription', 'mediumDescription', 'largeDescription'])
    texts.use(option(ui, name), uiFile, pointer, 'help');
  for (const name of ['tooltipLabel', 'tooltipButtonLabel'])
    texts.use(option(ui, name), uiFile, pointer, 'auxiliary');
};

const checkLabel = (
  schema: Schema,
  control: Control | undefined,
  pointer: string,
  { problems }: Walk,
): void => {
  const report = reporter(schemaFile, problems);
  if (control === undefined) {
    report.error(pointer, 'no type, enum or properties say what is asked here');
    return;
  }
  if (!unfilled.includes(control) && !schema.title)
    report.note(pointer, 'no title: the name of the property is shown');
};

const checkRequired = (schema: Schema, pointer: string, { problems }: Walk): void => {
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(schema.properties ?? {}, name))
      reporter(schemaFile, problems).error(pointer, `${name} is required but there is no such field`);
};

const walkList = (schema: Schema, ui: UiSchema, pointer: string, walk: Walk): number => {
  const own = Array.isArray(schema.items) ? schema.items.length : 0;
  const first = walkField(itemSchema(schema, 0), within(ui, 'items'), `${pointer}/items`, walk);
  if (!schema.additionalItems || own === 0) return first;
  const beyond = ui.additionalItems === undefined ? 'items' : 'additionalItems';
  const rest = walkField(itemSchema(schema, own), within(ui, beyond), `${pointer}/additionalItems`, walk);
  return Math.max(first, rest);
};

const walkGroup = (schema: Schema, ui: UiSchema, pointer: string, walk: Walk): number => {
  checkRequired(schema, pointer, walk);
  return Object.entries(schema.properties ?? {}).reduce(
    (fields, [name, inner]) => fields + walkField(inner, within(ui, name), pointerTo(pointer, name), walk),
    0,
  );
};

/** Every field there can be: collects its texts, checks what it needs, counts what can be filled in. */
const walkField = (whole: Schema, ui: UiSchema, pointer: string, walk: Walk): number => {
  const schema = possible(whole);
  const control = controlOf(schema, ui);
  checkLabel(schema, control, pointer, walk);
  walk.texts.use(schema.title, schemaFile, pointer);
  walk.texts.use(schema.description, schemaFile, pointer, 'help');
  useUiTexts(ui, pointer, walk);
  useChoices(schema, ui, pointer, walk);
  if (control === 'group') return walkGroup(schema, ui, pointer, walk);
  if (control === 'list') return walkList(schema, ui, pointer, walk);
  if (control === 'paragraph' && Array.isArray(schema.items))
    for (const note of schema.items as readonly Schema[]) walk.texts.use(note.title, schemaFile, pointer);
  if (control === 'checkboxes') useChoices(schema.items as Schema, ui, pointer, walk);
  return control && !unfilled.includes(control) ? 1 : 0;
};

/** Sum sources must lead to a field, or the sum would be silently zero. */
const checkSources = (
  schema: Schema,
  ui: UiSchema,
  root: Schema,
  pointer: string,
  problems: FormProblem[],
): void => {
  for (const path of (option(ui, 'sourceFields') as string[] | undefined) ?? []) {
    const found = path
      .split('.')
      .reduce<Schema | undefined>((at, name) => at && possible(at).properties?.[name], root);
    if (!found) reporter(uiFile, problems).error(pointer, `sourceFields: there is no field ${path}`);
  }
  for (const [name, inner] of Object.entries(possible(schema).properties ?? {}))
    checkSources(inner, within(ui, name), root, pointerTo(pointer, name), problems);
};

const pagesOf = (schema: Schema, ui: UiSchema, texts: FormTexts): FormPage[] => {
  const properties = possible(schema).properties ?? {};
  return inOrder(Object.keys(properties), ui).map(id => ({
    id,
    title: texts.translated(properties[id]?.title ?? possible(properties[id] ?? {}).title ?? id),
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
  const ui = isObject(files.uiSchema) ? files.uiSchema : none;
  const texts = formTexts(files.translation, files.defaultTranslations, problems);
  const { title, service, settings } = readSettings(
    files.settings ?? {},
    reporter('settings.json', problems),
  );
  checkRoot(schema, problems);
  checkUi(files.uiSchema ?? {}, schema, '', reporter(uiFile, problems));
  const fields = walkField(schema, ui, '', { texts, problems });
  checkSources(schema, ui, schema, '', problems);
  const pages = pagesOf(schema, ui, texts);
  const form = {
    id: files.id,
    service: service ?? files.id,
    title: titleOf(schema, texts, title ?? files.id),
    pages,
    schema,
    uiSchema: ui,
    texts: texts.all(),
    settings,
  };
  checkStorage(form, problems);
  return { form: { ...form, version: versionOf(form) }, fields, pages: pages.map(page => page.id) };
};

/** Never throws for what the files hold: everything wrong is a problem with its place. */
export const compileForm = (files: FormFiles): Compilation => {
  const problems: FormProblem[] = [];
  const report = reporter(schemaFile, problems);
  if (!identifier.test(files.id))
    report.error('', 'the name of the folder must be small letters, digits, - and _');
  checkSchema(files.schema, '', { report, mode: 'form' });
  const isSound = () => !problems.some(problem => problem.severity === 'error');
  const schema = isSound() ? withoutReferences(files.schema, report) : undefined;
  if (!schema || !isSound()) return { fields: 0, pages: [], problems };
  const { form, ...rest } = build(files, schema, problems);
  return { ...rest, problems, ...(isSound() && form && { form }) };
};
