/**
 * The few tags the city's texts carry (`p ul ol li strong a`), read into blocks when a form is compiled. What reaches a
 * browser holds no HTML: any other tag, attribute or address is refused.
 */
import type { Block, Inline, Text } from './types.ts';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
};

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|(\w+));/g, (whole, code?: string, name?: string) =>
    code === undefined
      ? (entities[name ?? ''] ?? whole)
      : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
  );

const allowed = new Set(['p', 'br', 'ul', 'ol', 'li', 'strong', 'b', 'em', 'a']);
const attribute = /\s+([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;
const tags = /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g;
const harmless = new Set(['target', 'rel', 'title', 'class']);

const hrefOf = (attributes: string): string => {
  let href = '';
  for (const [, name = '', double, single] of attributes.matchAll(attribute)) {
    if (name === 'href') href = decode(double ?? single ?? '');
    else if (!harmless.has(name)) throw new Error(`attribute ${name}`);
  }
  return href;
};

const safeHref = (href: string): string => {
  if (/^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(href)) return href;
  throw new Error('a link that does not lead to a web page, mailto: or tel:');
};

/** Builds blocks from tags as they come; what stands outside any block is a paragraph of its own. */
class Builder {
  readonly blocks: Block[] = [];
  private content: Inline[] = [];
  private items: Inline[][] | undefined;
  private ordered = false;
  private style: { strong?: true; href?: string } = {};

  text(raw: string): void {
    const text = decode(raw).replace(/\s+/g, ' ');
    if (text === '' || (text === ' ' && this.content.length === 0)) return;
    const { strong, href } = this.style;
    this.content.push(href === undefined ? (strong ? { strong: text } : text) : { link: text, href });
  }

  open(tag: string, attributes: string): void {
    if (tag === 'strong' || tag === 'b') this.style.strong = true;
    else if (tag === 'a') this.style.href = safeHref(hrefOf(attributes));
    else if (tag !== 'em') this.flush();
    if (tag === 'ul' || tag === 'ol') {
      this.items = [];
      this.ordered = tag === 'ol';
    }
  }

  close(tag: string): void {
    if (tag === 'strong' || tag === 'b') delete this.style.strong;
    else if (tag === 'a') delete this.style.href;
    else if (tag !== 'em') this.flush();
    if ((tag === 'ul' || tag === 'ol') && this.items) {
      this.blocks.push({ kind: 'list', ordered: this.ordered, items: this.items });
      this.items = undefined;
    }
  }

  flush(): void {
    if (this.content.length === 0) return;
    if (this.items) this.items.push(this.content);
    else this.blocks.push({ kind: 'paragraph', content: this.content });
    this.content = [];
  }
}

/** Placeholders of template languages, and addresses that are scripts: nobody here would run them, and nobody should read them. */
export const holdsCode = (text: string): boolean => /\{\{|\$\{|<%|<\?|\bjavascript:/i.test(text);

/** Reads a text of a definition. Throws an Error naming what it may not hold. */
export const readText = (source: string): Text => {
  if (holdsCode(source)) throw new Error('code');
  if (!/[<&]/.test(source)) return source;
  if (/<[a-zA-Z!/?]/.test(source.replace(tags, ''))) throw new Error('an unfinished tag or a comment');
  const builder = new Builder();
  let at = 0;
  for (const match of source.matchAll(tags)) {
    const [whole, slash, name = '', attributes = ''] = match;
    const tag = name.toLowerCase();
    if (!allowed.has(tag)) throw new Error(`<${tag}>`);
    if (tag !== 'a') hrefOf(attributes);
    builder.text(source.slice(at, match.index));
    at = match.index + whole.length;
    if (slash) builder.close(tag);
    else builder.open(tag, attributes);
  }
  builder.text(source.slice(at));
  builder.flush();
  return builder.blocks.length === 1 ? simplest(builder.blocks[0] as Block) : builder.blocks;
};

const simplest = (block: Block): Text => {
  const only = block.kind === 'paragraph' && block.content.length === 1 ? block.content[0] : undefined;
  return typeof only === 'string' ? only.trim() : [block];
};
