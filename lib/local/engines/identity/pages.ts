import type { Language } from '../../../../lambdas/domain/language.ts';
import { type Html, html } from '../../html.ts';
import { type Page, translate } from './layout.ts';
import { fullName, type Method, methods, type Person, people } from './people.ts';

/** The steps of identifying oneself, each a page of one question. */
export interface Step {
  readonly language: Language;
  /** Path of this identification, `/interaction/<id>`. */
  readonly path: string;
  /** Name of the service one is on the way to. */
  readonly service: string;
}

const page = (step: Step, title: string, body: Html, query = ''): Page => ({
  language: step.language,
  title,
  body,
  switchTo: language => `${step.path}${query}${query.includes('?') ? '&' : '?'}language=${language}`,
});

const cancelLink = ({ path, language }: Step): Html =>
  html`<p class="leave"><a href="${path}/cancel">${translate(language)('cancel')}</a></p>`;

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly notes?: readonly (string | undefined)[];
}

/** Buttons one under another; what explains a choice describes its button without becoming part of its name. */
const choiceList = (name: string, choices: readonly Choice[]): Html =>
  html`<ul class="choices">${choices.map(({ value, label, notes = [] }) => {
    const lines = notes.filter(note => note !== undefined);
    const id = `${name}-${value}`;
    const described = lines.length > 0 && html` aria-describedby="${id}"`;
    const note = lines.length > 0 && html`<p class="note" id="${id}">${lines.join('. ')}</p>`;
    return html`<li><button name="${name}" value="${value}"${described}>${label}</button>${note}</li>`;
  })}</ul>`;

export const methodPage = (step: Step, timedOut: boolean): Page => {
  const t = translate(step.language);
  const choices = methods.map(method => ({ value: method, label: t(method) }));
  return page(
    step,
    t('chooseMethod'),
    html`<h1>${t('chooseMethod')}</h1>
${timedOut && html`<p class="alert" role="alert">${t('timedOut')}</p>`}
<p class="service">${t('toService', { service: step.service })}</p>
<form method="get" action="${step.path}/person">${choiceList('method', choices)}</form>
${cancelLink(step)}`,
  );
};

const personChoice = (person: Person, language: Language): Choice => {
  const t = translate(language);
  const names = person.organisations.map(({ name }) => name).join(', ');
  const code = person.identityCode ? t('code', { code: person.identityCode }) : t('noCode');
  return {
    value: person.id,
    label: fullName(person),
    notes: [code, names === '' ? undefined : t('mayActFor', { names })],
  };
};

export const personPage = (step: Step, method: Method): Page => {
  const t = translate(step.language);
  const timeOut = { value: 'time-out', label: t('timeOut'), notes: [t('timeOutNote')] };
  const weak = { value: 'weak', label: t('weak'), notes: [t('weakNote')] };
  const choices = people.map(person => personChoice(person, step.language));
  return page(
    step,
    t('choosePerson'),
    html`<h1>${t('choosePerson')}</h1>
<p class="service">${t(method)}. ${t('choosePersonNote')}</p>
<form method="post" action="${step.path}/person">
<input type="hidden" name="method" value="${method}">
${choiceList('person', method === 'mobile' ? [...choices, timeOut, weak] : [...choices, weak])}
</form>
<p><a href="${step.path}">${t('otherMethod')}</a></p>
${cancelLink(step)}`,
    `/person?method=${method}`,
  );
};

const proceed = (step: Step, action: string): Html =>
  html`<form method="post" action="${step.path}/${action}"><button>${translate(step.language)('continue')}</button></form>`;

export const successPage = (step: Step, person: Person): Page => {
  const t = translate(step.language);
  return page(
    step,
    t('succeeded'),
    html`<h1>${t('succeeded')}</h1>
<div class="success" role="status">
<p>${t('identifiedAs', { name: fullName(person) })}</p>
</div>
<p class="service">${t('toService', { service: step.service })}</p>
${proceed(step, 'done')}
${cancelLink(step)}`,
    '/done',
  );
};

/** Single sign-on (R3.3): no method is chosen again, but one is told where one goes. */
export const noticePage = (step: Step, person: Person): Page => {
  const t = translate(step.language);
  return page(
    step,
    t('entering'),
    html`<p class="service">${t('enteringService', { service: step.service })}</p>
<h1>${t('entering')}</h1>
<p>${t('identifiedAs', { name: fullName(person) })}</p>
${proceed(step, 'enter')}
${cancelLink(step)}`,
  );
};

export const failurePage = (language: Language): Page => {
  const t = translate(language);
  return {
    language,
    title: t('failed'),
    body: html`<h1>${t('failed')}</h1><p>${t('failedNote')}</p>`,
  };
};
