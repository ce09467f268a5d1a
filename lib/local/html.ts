/** Text that is HTML already; everything else put into a template is escaped. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | undefined | false | readonly Part[];

const escaped = (text: string): string => text.replace(/[<>&"']/g, char => `&#${char.charCodeAt(0)};`);

const render = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(render).join('');
};

/** A tagged template: values are escaped, lists joined, undefined and false left out. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, index) => text + render(parts[index])).join(''),
});
