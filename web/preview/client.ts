/** Beside a form that is being written: what is wrong with it, and what was sent; loads the page again when it changes. */
import type { FormProblem } from '../../lambdas/domain/forms/problem.ts';
import { isLanguage } from '../../lambdas/domain/language.ts';
import { translator } from '../../lambdas/domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

interface State {
  readonly version?: string;
  readonly pages: number;
  readonly fields: number;
  readonly problems: readonly FormProblem[];
}

const { lang } = document.documentElement;
const language = isLanguage(lang) ? lang : 'fi';
const t = translator<keyof typeof fi>({ fi, sv, en }[language], language);

const element = (name: string, className: string, ...content: (Node | string)[]): HTMLElement => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
};

const panel = element('aside', 'preview');
panel.setAttribute('aria-label', t('preview'));
const summary = element('p', 'preview__summary');
summary.setAttribute('role', 'status');
const list = element('ul', 'preview__problems');
const sent = element('div', 'preview__sent');
panel.append(element('h2', 'preview__title', t('preview')), summary, list, sent);

const line = ({ severity, file, pointer, reason }: FormProblem): HTMLElement =>
  element(
    'li',
    `preview__problem preview__problem--${severity}`,
    element('strong', '', t(severity)),
    ' ',
    element('code', '', `${file}${pointer && ` ${pointer}`}`),
    ` ${reason}`,
  );

let shown: string | undefined;

const showState = ({ version, pages, fields, problems }: State): void => {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  summary.textContent = [
    t('counts', { pages, fields, count: problems.length }),
    errors > 0 ? t(version ? 'broken' : 'unusable') : '',
  ]
    .filter(Boolean)
    .join(' ');
  panel.classList.toggle('preview--broken', errors > 0);
  list.replaceChildren(...problems.map(line));
  if (shown !== undefined && shown !== (version ?? '')) void loadAgain();
  shown = version ?? '';
};

const showSent = (given: unknown): void => {
  const text = element('pre', '', JSON.stringify(given, null, 2));
  text.tabIndex = 0;
  sent.replaceChildren(element('h3', '', t('sent')), text);
};

/** Nothing is asked at the page's end here: what was typed is saved as the page goes, and is there in the next one. */
addEventListener('beforeunload', event => event.stopImmediatePropagation(), { capture: true });

const savingMs = 400;
const loadAgain = async (): Promise<void> => {
  dispatchEvent(new PageTransitionEvent('pagehide'));
  await new Promise(resolve => setTimeout(resolve, savingMs));
  location.reload();
};

document.querySelector('main')?.before(panel);
const events = new EventSource('/preview/events');
events.addEventListener('state', ({ data }) => showState(JSON.parse(data) as State));
events.addEventListener('sent', ({ data }) => showSent(JSON.parse(data)));
events.addEventListener('error', () => {
  summary.textContent = t('gone');
});
