/** `npm run forms -- check|validate|preview|publish …`: a department's forms, from a folder in the city's format. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isObject } from '../lambdas/domain/forms/answers.ts';
import { type Compilation, compileForm } from '../lambdas/domain/forms/compile.ts';
import type { FormProblem } from '../lambdas/domain/forms/problem.ts';
import type { CompiledForm } from '../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../lambdas/domain/forms/validate.ts';
import type { Losses } from '../lambdas/forms/losses.ts';
import type { PublishAnswer, PublishRequest, WithoutConsent } from '../lambdas/forms/publish.ts';
import { ControlError, connect } from '../lib/local/control.ts';
import { readFormFiles, UnreadableForm } from '../web/build/form-files.ts';
import { pageUrl } from '../web/urls.ts';

const usage = `A form is a folder with schema.json and, where needed, uiSchema.json, translation.json, settings.json;
texts that forms share are in defaultTranslations.json beside the folder.

  npm run forms -- check DIR [--json]                  what is wrong with it, where and why
  npm run forms -- validate DIR ANSWERS.json [--json]  judges answers as the server would
  npm run forms -- preview DIR [--port N]              shows it in the browser as it is being written
  npm run forms -- publish DIR [--json]                publishes it in the running portal
      --drop-fields   also where drafts begun earlier would lose answers

Ends with 0 when all is good, 1 when problems were found, 2 when the call cannot be carried out.
A missing translation is a problem for check; publish lets it by and shows another language's text.
What becomes of earlier drafts is said in migrations.json, oldest first:
  [{"from": "<version>", "steps": [{"rename": "/page/old", "to": "new"}, {"move": "/a/b", "to": "/c/d"}, {"drop": "/a/e"}]}]`;

class Unusable extends Error {}

const compile = async (folder: string): Promise<Compilation> => {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Unusable(`${folder} is not a folder`);
  try {
    return compileForm(await readFormFiles(folder));
  } catch (error) {
    if (!(error instanceof UnreadableForm)) throw error;
    const problem: FormProblem = { file: error.file, pointer: '', reason: error.message, severity: 'error' };
    return { pages: [], fields: 0, problems: [problem] };
  }
};

const line = ({ file, pointer, reason, severity }: FormProblem): string =>
  `${severity}: ${file}${pointer && ` ${pointer}`}: ${reason}`;

const isProblem = ({ severity }: FormProblem): boolean => severity !== 'note';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const summary = ({ pages, fields, problems }: Compilation): string =>
  [
    counted(pages.length, 'page'),
    counted(fields, 'field'),
    counted(problems.filter(isProblem).length, 'problem'),
  ].join(', ');

const check = async (folder: string, isJson: boolean): Promise<number> => {
  const compilation = await compile(folder);
  const { pages, fields, problems: all } = compilation;
  const problems = all.filter(isProblem);
  const notes = all.filter(found => !isProblem(found));
  if (isJson) console.log(JSON.stringify({ pages, fields, problems, notes }));
  else {
    for (const problem of all) console.log(line(problem));
    console.log(summary(compilation));
  }
  return problems.length > 0 ? 1 : 0;
};

/** The form, or its errors on the screen and undefined. */
const compileOrTell = async (folder: string): Promise<CompiledForm | undefined> => {
  const { form, problems } = await compile(folder);
  for (const problem of problems.filter(isProblem)) console.error(line(problem));
  return form;
};

const readAnswers = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Unusable(`cannot read ${file}`);
  });
  try {
    const answers: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (isObject(answers)) return answers;
  } catch {
    // Said below.
  }
  throw new Unusable(`${file} is not a JSON object`);
};

const validate = async (folder: string, file: string, isJson: boolean): Promise<number> => {
  const answers = await readAnswers(file);
  const form = await compileOrTell(folder);
  if (!form) throw new Unusable(`${folder} is not a form that can be published`);
  const errors = validateAnswers(form, answers, { now: Date.now() });
  if (isJson) console.log(JSON.stringify({ valid: errors.length === 0, errors }));
  else {
    for (const { pointer, code } of errors) console.log(`${pointer}: ${code}`);
    console.log(errors.length === 0 ? 'valid' : counted(errors.length, 'error'));
  }
  return errors.length > 0 ? 1 : 0;
};

const lossLines = ({ versions }: Losses): readonly string[] =>
  versions.flatMap(({ version, drafts, fields }) =>
    fields.map(field => `${field.drafts} of ${drafts} drafts of version ${version}: ${field.pointer}`),
  );

const tellLosses = (losses: Losses): void => {
  console.error('Not published: drafts that people have begun would lose answers.');
  for (const line of lossLines(losses)) console.error(`  ${line}`);
  const [first] = losses.versions;
  const steps = first?.fields.map(({ pointer }) => ({ move: pointer, to: '/…' }));
  console.error('Say in migrations.json what becomes of them, for example');
  console.error(`  ${JSON.stringify([{ from: first?.version, steps }])}`);
  console.error('or give them up with --drop-fields.');
};

const tellStored = (drafts: number): void => {
  console.error('Not published: the form would never be stored any more, and people have drafts of it.');
  console.error(
    `  ${counted(drafts, 'draft')}: each ends when it is sent, or ninety days after its last saving.`,
  );
  console.error('Close the form until they are gone, or publish it as a form of another name.');
};

const consentProblems: Readonly<Record<WithoutConsent['why'], string>> = {
  missing: 'there is no such form in the portal: publish it first',
  'no-consent': 'that form gives none: its settings.json lacks "consent": true',
  'wrong-applicants': 'not everybody who may send this form may send that one',
};

const tellConsent = ({ consentForm, why }: WithoutConsent): void =>
  console.error(
    `Not published: settings.json /requiresConsent: ${consentForm} must come first, but ${consentProblems[why]}.`,
  );

const publish = async (folder: string, isJson: boolean, dropFields: boolean): Promise<number> => {
  const definition = await compileOrTell(folder);
  if (!definition) return 1;
  const portal = await connect();
  const request: PublishRequest = { definition, dropFields };
  const published = (await portal.invoke('forms-publish', request)) as PublishAnswer;
  if ('consentForm' in published) {
    if (isJson) console.log(JSON.stringify(published));
    else tellConsent(published);
    return 1;
  }
  if ('losses' in published) {
    if (isJson) console.log(JSON.stringify(published));
    else if (published.storedDrafts !== undefined) tellStored(published.storedDrafts);
    else tellLosses(published.losses);
    return 1;
  }
  await portal.invoke('catalogue-publish', {});
  if (!isJson)
    for (const line of lossLines({ ...published, versions: published.dropped }))
      console.log(`given up: ${line}`);
  if (isJson) console.log(JSON.stringify(published));
  else
    console.log(
      `Published ${published.id}, version ${published.version}: ${portal.portalUrl}/fi/lomake/${published.id}/`,
    );
  return 0;
};

const root = join(import.meta.dirname, '..');
/** Beside the ports of a running portal. */
const firstPort = 3005;

const portOf = (given: string | undefined): number => {
  const port = Number(given ?? firstPort);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Unusable(`${given} is not a port`);
};

const tell = (compilation: Compilation): void => {
  for (const problem of compilation.problems.filter(isProblem)) console.log(line(problem));
  console.log(summary(compilation));
};

/** Until it is interrupted. */
const preview = async (folder: string, port: number): Promise<number> => {
  const first = await compile(folder);
  const [{ bundlePreview }, { startPreview }, { buildSite }] = await Promise.all([
    import('../lib/local/preview/assets.ts'),
    import('../lib/local/preview/preview.ts'),
    import('../web/build/build.ts'),
  ]);
  const work = await mkdtemp(join(tmpdir(), 'preview-'));
  const interrupted = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    await Promise.all([buildSite(work), bundlePreview(root, join(work, 'preview'))]);
    const site = join(work, 'site');
    const assets = join(work, 'preview');
    const shown = await startPreview({ folder, port, site, assets, compile, changed: tell }).catch(
      (error: NodeJS.ErrnoException) => {
        throw error.code === 'EADDRINUSE'
          ? new Unusable(`port ${port} is taken: name another with --port`)
          : error;
      },
    );
    tell(first);
    console.log(
      `Preview ready: ${shown.origin}${pageUrl('fi', 'form', basename(resolve(folder)).toLowerCase())}`,
    );
    await interrupted;
    await shown.close();
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return 0;
};

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      'drop-fields': { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, folder, file] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (command === 'check' && folder && positionals.length === 2) return check(folder, values.json);
  if (command === 'preview' && folder && positionals.length === 2)
    return preview(folder, portOf(values.port));
  if (command === 'validate' && folder && file && positionals.length === 3)
    return validate(folder, file, values.json);
  if (command === 'publish' && folder && positionals.length === 2)
    return publish(folder, values.json, values['drop-fields']);
  throw new Unusable(usage);
};

try {
  process.exitCode = await run();
} catch (error) {
  const isMisspelt = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  const isExpected = error instanceof Unusable || error instanceof ControlError || isMisspelt;
  console.error(isExpected ? (error as Error).message : error);
  process.exitCode = 2;
}
