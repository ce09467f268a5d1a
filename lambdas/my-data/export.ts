import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { type Language, languages, type Translated } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, download, fitsAnswer, html, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { MyDataAnswer } from '../http/wire/my-data.ts';
import { type Files, sumsOf, zipOf } from '../records/packing.ts';
import type { Forms } from '../storage/forms.ts';
import { type CollectDependencies, collect } from './collect.ts';
import type { MyDataPage } from './page.tsx';

export interface ExportDependencies extends CollectDependencies {
  readonly forms: Pick<Forms, 'get'>;
  readonly city: Translated;
  readonly page: {
    readonly render: (page: MyDataPage) => string | Promise<string>;
    /** What `style-src` of the page allows. */
    readonly stylePolicy: string;
  };
}

const query = z.object({
  query: z.object({
    as: z._default(z.enum(['json', 'html', 'zip']), 'json'),
    language: z.optional(z.enum(languages)),
  }),
});

const fileName: Readonly<Record<Language, string>> = {
  fi: 'omat-tiedot',
  sv: 'mina-uppgifter',
  en: 'my-data',
};

/** Every version that something was filled in by, once; what cannot be had is shown without its form. */
const formsOf = async (
  { cases, drafts, receipts, consents }: MyDataAnswer,
  forms: Pick<Forms, 'get'>,
): Promise<MyDataPage['formOf']> => {
  const wanted = new Map<string, readonly [id: string, version?: string]>();
  const nameOf = (id: string, version = ''): string => `${id}/${version}`;
  for (const { form, formVersion } of [...cases, ...drafts, ...receipts])
    wanted.set(nameOf(form, formVersion), [form, formVersion]);
  for (const { form } of consents) wanted.set(nameOf(form), [form]);
  const found = new Map<string, CompiledForm>();
  for (const [name, [id, version]] of wanted) {
    const form = await forms.get(id, version).catch(() => undefined);
    if (form) found.set(name, form);
  }
  return (id, version) => found.get(nameOf(id, version));
};

const packed = (folder: string, files: Files, now: EpochMs): Promise<Uint8Array> =>
  zipOf(folder, { ...files, SHA256SUMS: sumsOf(files) }, now);

const pageOf = async (
  data: MyDataAnswer,
  language: Language,
  { forms, city, page }: ExportDependencies,
): Promise<string> => page.render({ language, city, data, formOf: await formsOf(data, forms) });

/**
 * `GET profile/export?as=json|html|zip&language=`: everything the portal keeps of the person who asks (GDPR, articles 15
 * and 20), whether or not they agree to the wording in force. An organisation has no such right, and its folder holds what others have done: its cases are taken one by one.
 */
export const exportMyData = async (
  { session, now, query: asked }: CitizenRequest,
  dependencies: ExportDependencies,
): Promise<Answer> => {
  if (session.kind !== 'person') return refuse({ kind: 'persons-only' });
  const { as, language: wanted } = parse(query, { query: asked }).query;
  const data = await collect(session, now, dependencies);
  if (!data) return refuse({ kind: session.registered ? 'not-found' : 'registration-required' });
  const language = wanted ?? data.profile?.language ?? 'fi';
  const name = fileName[language];
  const attached = (ending: string) => ({
    'content-disposition': `attachment; filename="${name}.${ending}"`,
  });
  const json = { 'my-data.json': `${JSON.stringify(data, undefined, 2)}\n` };
  // What has grown too large for itself comes packed: first without the page, which says the same.
  const asZip = async (files: Files): Promise<Answer | undefined> => {
    const zip = await packed(name, files, now);
    return fitsAnswer(zip) ? download(zip, 'application/zip', `${name}.zip`) : undefined;
  };
  const dataOnly = async (): Promise<Answer> => (await asZip(json)) ?? refuse({ kind: 'answer-too-large' });
  if (as === 'json')
    return fitsAnswer(JSON.stringify(data)) ? ok(data, { headers: attached('json') }) : dataOnly();
  const page = await pageOf(data, language, dependencies);
  if (as === 'zip' || !fitsAnswer(page))
    return (await asZip({ [`${name}.html`]: page, ...json })) ?? dataOnly();
  return html(200, page, {
    headers: {
      'content-security-policy': `default-src 'none'; style-src ${dependencies.page.stylePolicy}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      ...attached('html'),
    },
  });
};
