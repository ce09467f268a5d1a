import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { withTexts } from '../../web/client/texts.ts';
import type { Language } from '../domain/language.ts';
import style from '../receipts/receipt.css' with { type: 'text' };
import { formText } from './record-texts.ts';

export interface Sheet {
  readonly language: Language;
  readonly title: string;
  /** Drawn while the texts of answers are at hand in this language. */
  readonly body: () => VNode;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A page that stands by itself, to be read, kept and printed anywhere: no script, nothing to fetch. */
export const renderSheet = ({ language, title, body }: Sheet): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${style}</style></head><body><main>`,
    withTexts(formText(language), () => render(body())),
    '</main></body></html>\n',
  ].join('');

/** Names and what they stand for. */
export const Facts = ({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
