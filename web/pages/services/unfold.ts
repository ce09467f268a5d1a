/** *Lisää palvelusta* (R2.3): a service's own page, unfolded under its name. */

export interface UnfoldTexts {
  readonly loading: string;
  readonly failed: string;
}

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

const unfold = async (element: HTMLElement, place: HTMLElement, texts: UnfoldTexts): Promise<void> => {
  const url = element.querySelector<HTMLAnchorElement>('h3 a')?.href ?? '';
  place.textContent = texts.loading;
  const page = await fetchDocument(url).catch(() => undefined);
  const parts = [...(page?.querySelectorAll('#service-details, .service-aside') ?? [])];
  if (parts.length === 0) {
    place.textContent = texts.failed;
    return;
  }
  place.replaceChildren(...parts.map(adopt));
};

/** Unfolds what a button belongs to, or folds it again; fetched once. */
export const toggle = (button: HTMLElement, texts: UnfoldTexts): void => {
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
    void unfold(element, made, texts);
  }
};
