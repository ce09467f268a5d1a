/** Forms of a test's own, published at the running portal. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.ts';
import type { PortalPlace } from './portal.ts';

export const said = (fi: string, sv: string, en: string) => ({ fi, sv, en });

/** By name of the file, what it holds. */
export type FormFiles = Readonly<Record<string, object>>;

interface TrialForm {
  readonly title: object;
  /** Its one page, `page`: title, questions and which of them must be answered, as JSON Schema has them. */
  readonly page: {
    readonly title: object;
    readonly properties: object;
    readonly required?: readonly string[];
  };
  /** Of the questions. */
  readonly uiSchema?: object;
  readonly settings: object;
  /** Of the questions' titles. */
  readonly texts: object;
}

export const trialForm = ({ title, page, uiSchema, settings, texts }: TrialForm): FormFiles => ({
  'schema.json': {
    type: 'object',
    title: 'form.title',
    properties: { page: { type: 'object', ...page, title: 'page.title' } },
  },
  'uiSchema.json': uiSchema ? { page: uiSchema } : {},
  'settings.json': settings,
  'translation.json': { translations: { 'form.title': title, 'page.title': page.title, ...texts } },
});

/** `prepare` fills the form's folder. */
export const publishFolder = async (
  place: PortalPlace,
  id: string,
  prepare: (folder: string) => void,
): Promise<void> => {
  const root = mkdtempSync(join(tmpdir(), 'trial-form-'));
  const folder = join(root, id);
  mkdirSync(folder);
  prepare(folder);
  const published = await command(place, 'forms', 'publish', folder);
  rmSync(root, { recursive: true });
  assert.equal(published.status, 0, published.stdout + published.stderr);
};

export const publishForm = (place: PortalPlace, id: string, files: FormFiles): Promise<void> =>
  publishFolder(place, id, folder => {
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(folder, name), JSON.stringify(content));
  });
