/** The form's own components, rendered to HTML in Node: what a person would see of a field, without a browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Field } from '../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../lambdas/domain/forms/types.ts';
import type { Language } from '../../lambdas/domain/language.ts';
import type { Upload } from '../../web/components/file-sending/sending.ts';

const web = join(import.meta.dirname, '..', '..', 'web');

/** Nothing is fetched on demand here, and texts come from the files instead of the page. */
const stands: Readonly<Record<string, string>> = {
  'lazily.tsx': `
    const loads = [];
    export const lazily = load => {
      let Part;
      loads.push(load().then(part => { Part = part; }));
      return properties => Part && <Part {...properties} />;
    };
    export const ready = () => Promise.all(loads);`,
  'texts.ts': `
    import { translator } from '../../lambdas/domain/texts.ts';
    import { fileSendingTexts } from '../components/file-sending/file-sending-texts.ts';
    import { formTexts } from '../components/form/form-texts.ts';
    export const spoken = { language: 'fi' };
    export const texts = () => {
      const { language } = spoken;
      return translator({ ...formTexts[language], ...fileSendingTexts[language] }, language);
    };`,
};

const withoutBrowser: Plugin = {
  name: 'without a browser',
  setup: ({ onLoad }) =>
    onLoad({ filter: /web\/client\/(lazily\.tsx|texts\.ts)$/ }, ({ path }) => ({
      contents: stands[path.split('/').at(-1) ?? ''] ?? '',
      loader: 'tsx',
      resolveDir: join(web, 'client'),
    })),
};

const entry = `
import { render } from 'preact-render-to-string';
import { h } from 'preact';
import { ready } from './client/lazily.tsx';
import { spoken } from './client/texts.ts';
import { AnswersView } from './components/form/answers-view.tsx';
import { FieldsOf } from './components/form/field.tsx';
import { inLanguage } from './components/frame/page-texts.ts';
const nothing = () => undefined;
const desk = { draft: 'x', save: nothing, update: nothing, setUploads: nothing };
await ready();
export const page = (form, answers, tree, page, language, errors = new Map(), uploads = []) => {
  spoken.language = language;
  const files = { ...desk, uploads };
  const view = { form, language, answers, tree, errors, change: nothing, spell: field => field.value, files };
  return inLanguage(language, () => render(h(FieldsOf, { field: page, view })));
};
export const answersShown = (form, answers, language) => {
  spoken.language = language;
  return render(h(AnswersView, { form, answers, language }));
};
`;

export interface Rendering {
  /** A page's questions as HTML. */
  page(
    form: CompiledForm,
    answers: Answers,
    tree: Field,
    page: Field,
    language: Language,
    errors?: ReadonlyMap<string, string>,
    uploads?: readonly Upload[],
  ): string;
  /** Answers as the folder shows them. */
  answersShown(form: CompiledForm, answers: Answers, language: Language): string;
}

export const loadRendering = async (): Promise<Rendering> => {
  const folder = mkdtempSync(join(tmpdir(), 'rendering-'));
  const outfile = join(folder, 'rendering.mjs');
  try {
    await build({
      stdin: { contents: entry, resolveDir: web, loader: 'js' },
      absWorkingDir: join(web, '..'),
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      plugins: [withoutBrowser],
      logLevel: 'silent',
    });
    return (await import(pathToFileURL(outfile).href)) as Rendering;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** The words of some HTML, in one line. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, entity => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
