/** The services as the page's HTML has them. */
import type { Range } from '../../../lambdas/domain/catalogue/search/highlight.ts';
import type { Entry } from './filter.ts';

export interface Item extends Entry {
  readonly id: string;
  readonly element: HTMLElement;
  /** The list of its letter, where it stands when nothing is asked. */
  readonly home: HTMLElement;
  /** Where its name and first line stand, as text. */
  readonly lines: readonly HTMLElement[];
}

const readItem = (element: HTMLElement): Item => {
  const name = element.querySelector<HTMLElement>('h3 a');
  const line = element.querySelector<HTMLElement>('p');
  // No code means two things: each filter finds its own among them.
  const codes = element.dataset.codes?.split(' ') ?? [];
  return {
    id: element.dataset.service ?? '',
    element,
    home: element.parentElement as HTMLElement,
    lines: [name, line].filter(part => part !== null),
    name: name?.textContent ?? '',
    text: line?.textContent ?? '',
    topics: codes,
    groups: codes,
    events: codes,
    // *Siirry palveluun* is there where the matter can be taken care of on the web.
    electronic: element.querySelector('.service__ways a') !== null,
  };
};

export const readItems = (): Item[] =>
  [...document.querySelectorAll<HTMLElement>('.letter .service')].map(readItem);

/** "Lisää palvelusta" four hundred times over: read alone, each says which. Here, for it would weigh much in the HTML. */
export const nameWays = (items: readonly Item[]): void => {
  for (const { id, element, lines } of items) {
    if (lines[0]) lines[0].id = `name-${id}`;
    for (const way of element.querySelectorAll('.service__ways > *'))
      way.setAttribute('aria-describedby', `name-${id}`);
  }
};

const marked = (text: string): HTMLElement => {
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
};

/** A text in pieces, those in the ranges marked. */
const pieces = (text: string, ranges: readonly Range[]): (string | HTMLElement)[] => {
  let done = 0;
  const all = ranges.flatMap(({ start, end }) => {
    const before = text.slice(done, start);
    done = end;
    return [before, marked(text.slice(start, end))];
  });
  return [...all, text.slice(done)];
};

/** Marks what `rangesOf` says of the name and the first line; nothing where it says nothing. */
export const markItem = ({ lines }: Item, rangesOf: (text: string) => readonly Range[]): void => {
  for (const line of lines) {
    const text = line.textContent ?? '';
    const ranges = rangesOf(text);
    if (ranges.length > 0 || line.childElementCount > 0) line.replaceChildren(...pieces(text, ranges));
  }
};
