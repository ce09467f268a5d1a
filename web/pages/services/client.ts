/** Narrows the list that is there, keeps the URL, and unfolds a service in place from its own page. */
import { translator } from '../../../lambdas/domain/texts.ts';
import { pageLanguage, pageTexts } from '../../components/frame/page-texts.ts';
import { type Entry, find, type Query, readQuery, writeQuery } from './filter.ts';

type Item = Entry & { readonly element: HTMLElement; readonly home: HTMLElement };

const t = translator<'count' | 'loading' | 'failed'>(pageTexts(), pageLanguage());
const get = <E extends HTMLElement>(selector: string): E => {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
};

const form = get<HTMLFormElement>('.service-search form');
const input = get<HTMLInputElement>('#q');
const count = get('.services__count');
const letters = get('.letters');
const results = get('#results');
const resultList = get('#results ul');
const none = get('#none');
const clear = get('#clear');

const split = (codes: string | undefined): string[] => codes?.split(' ') ?? [];

const items: readonly Item[] = [...document.querySelectorAll<HTMLElement>('.letter .service')].map(
  element => ({
    element,
    home: element.parentElement as HTMLElement,
    name: element.querySelector('h3')?.textContent ?? '',
    text: `${element.dataset.words ?? ''} ${element.querySelector('p')?.textContent ?? ''}`,
    topics: split(element.dataset.topics),
    groups: split(element.dataset.groups),
    electronic: element.dataset.channel === 'electronic',
  }),
);

/** "Lisää palvelusta" four hundred times over: read alone, each says which. Here, for it would weigh much in the HTML. */
const nameWays = (): void => {
  for (const { element } of items) {
    const name = element.querySelector('h3 a');
    if (name) name.id = `name-${element.dataset.service}`;
    for (const way of element.querySelectorAll('.service__ways > *'))
      way.setAttribute('aria-describedby', `name-${element.dataset.service}`);
  }
};

const fillForm = ({ q, topics, groups, electronic }: Query): void => {
  if (input.value.trim() !== q) input.value = q;
  for (const box of form.querySelectorAll<HTMLInputElement>('[type=checkbox]')) {
    const chosen =
      { topic: topics, group: groups, channel: electronic ? ['electronic'] : [] }[box.name] ?? [];
    box.checked = chosen.includes(box.value);
    const fold = box.closest('details');
    if (box.checked && fold) fold.open = true;
  }
};

const show = (query: Query): void => {
  const found = find(items, query);
  const asked = writeQuery(query) !== '';
  if (asked) resultList.replaceChildren(...found.map(({ element }) => element));
  else for (const { element, home } of items) home.append(element);
  results.hidden = !asked || found.length === 0;
  none.hidden = found.length > 0;
  letters.hidden = asked;
  clear.hidden = !asked;
  for (const group of document.querySelectorAll<HTMLElement>('.letter')) group.hidden = asked;
  count.textContent = t('count', { count: found.length });
};

const asked = (): Query => readQuery(`?${new URLSearchParams(new FormData(form) as never)}`);

const go = (query: Query, how: 'pushState' | 'replaceState'): void => {
  history[how](null, '', location.pathname + writeQuery(query));
  show(query);
};

const showFromUrl = (): void => {
  const query = readQuery(location.search);
  fillForm(query);
  show(query);
};

/** A page of ours, parsed without running anything of it. */
const fetchDocument = (url: string): Promise<Document> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    request.onload = () =>
      request.status === 200 && request.responseXML ? resolve(request.responseXML) : reject(request.status);
    request.onerror = reject;
    request.send();
  });

/** What stood on a page of its own becomes part of this one: no landmark, no id, headings under the entry's. */
const adopt = (part: Element): HTMLElement => {
  const copy = document.createElement('div');
  copy.className = part.className.replace('columns__aside', '');
  copy.append(...[...part.childNodes].map(node => document.importNode(node, true)));
  for (const heading of copy.querySelectorAll('h2, h3')) {
    const lower = document.createElement(heading.tagName === 'H2' ? 'h4' : 'h5');
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return copy;
};

const unfold = async (element: HTMLElement, place: HTMLElement): Promise<void> => {
  const url = element.querySelector<HTMLAnchorElement>('h3 a')?.href ?? '';
  place.textContent = t('loading');
  const page = await fetchDocument(url).catch(() => undefined);
  const parts = [...(page?.querySelectorAll('#service-details, .service-aside') ?? [])];
  if (parts.length === 0) {
    place.textContent = t('failed');
    return;
  }
  place.replaceChildren(...parts.map(adopt));
};

const toggle = (button: HTMLElement): void => {
  const element = button.closest<HTMLElement>('.service');
  if (!element) return;
  const open = button.getAttribute('aria-expanded') !== 'true';
  button.setAttribute('aria-expanded', String(open));
  const place = element.querySelector<HTMLElement>('.service__unfolded');
  if (place) place.hidden = !open;
  else if (open) {
    const made = document.createElement('div');
    made.className = 'service__unfolded unfolded';
    element.append(made);
    void unfold(element, made);
  }
};

form.addEventListener('submit', event => {
  event.preventDefault();
  go(asked(), 'pushState');
});
form.addEventListener('change', event => {
  if (event.target !== input) go(asked(), 'pushState');
});
input.addEventListener('input', () => go(asked(), 'replaceState'));
clear.addEventListener('click', () => {
  form.reset();
  go(readQuery(''), 'pushState');
  input.focus();
});
window.addEventListener('popstate', showFromUrl);
get('.services').addEventListener('click', event => {
  const button = (event.target as Element).closest<HTMLElement>('.service__ways button');
  if (button) toggle(button);
});
if (location.search !== '') showFromUrl();
nameWays();
