/** Texts of the register and of departments are data: they become these parts, and never HTML. */
export type Inline = string | { readonly text: string; readonly href: string };
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly start?: number; readonly items: readonly (readonly Inline[])[] };

const protocols = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address when a page may link to it, else undefined: `javascript:`, `data:` and relative ones do not pass. */
export const safeUrl = (value: string): string | undefined => {
  const trimmed = value.trim();
  if (!URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  return protocols.has(url.protocol) ? url.href : undefined;
};

const linkPattern =
  /\[(?<title>[^[\]\n]{1,300})\]\((?<target>[^()\s]{1,1000})\)|(?<url>https?:\/\/[^\s<>"]{1,1000})|(?<www>www\.[^\s<>"]{1,300}\.[a-z]{2,}[^\s<>"]{0,300})|(?<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})/gi;

/** Full stops, commas and brackets after an address belong to the sentence. */
const withoutPunctuation = (address: string): string => address.replace(/[.,;:!?)\]}'’”]+$/, '');

const linkOf = (groups: Readonly<Record<string, string | undefined>>): Inline | undefined => {
  const { title, target, url, www, email } = groups;
  const bare = url ?? www ?? email;
  const text = title ?? withoutPunctuation(bare ?? '');
  const address = target ?? (email ? `mailto:${text}` : www ? `https://${text}` : text);
  const href = safeUrl(address);
  return href === undefined ? undefined : { text, href };
};

/** A line with its links told apart. Joined, the texts are the line again, but for `[…](…)`. */
export const parseLine = (line: string): Inline[] => {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(linkPattern)) {
    const link = linkOf(match.groups ?? {});
    if (link === undefined || typeof link === 'string') continue;
    if (match.index > end) parts.push(line.slice(end, match.index));
    parts.push(link);
    end = match.index + (match.groups?.title === undefined ? link.text.length : match[0].length);
  }
  if (end < line.length) parts.push(line.slice(end));
  return parts;
};

type Line =
  | { readonly kind: 'text' | 'bullet'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly number: number };

const classify = (line: string): Line => {
  const bullet = /^[-*•–]\s+(.*)$/.exec(line);
  if (bullet) return { kind: 'bullet', text: bullet[1] ?? '' };
  const numbered = /^(\d{1,2})[.)]\s+(.*)$/.exec(line);
  if (numbered) return { kind: 'number', number: Number(numbered[1]), text: numbered[2] ?? '' };
  return { kind: 'text', text: line };
};

/** Lines of one kind that follow each other. */
const runs = (lines: readonly Line[]): Line[][] => {
  const groups: Line[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.[0]?.kind === line.kind) last.push(line);
    else groups.push([line]);
  }
  return groups;
};

const blockOf = (lines: readonly Line[]): Block => {
  const items = lines.map(line => parseLine(line.text));
  const first = lines[0];
  if (first?.kind === 'number') return { kind: 'list', start: first.number, items };
  return first?.kind === 'bullet' ? { kind: 'list', items } : { kind: 'paragraph', lines: items };
};

/** Paragraphs at empty lines, lists at `- ` and `1. `, line breaks elsewhere. */
export const parseRichText = (text: string): Block[] =>
  text.split(/\r?\n[^\S\n]*\n/).flatMap(chunk => {
    const lines = chunk.split(/\r?\n/).map(line => line.trim());
    return runs(lines.filter(line => line !== '').map(classify)).map(blockOf);
  });

/** The beginning of a text in one line of at most `length` characters, cut between words. */
export const firstLine = (text: string, length = 150): string => {
  const line = (text.trim().split(/\n/)[0] ?? '').trim();
  if (line.length <= length) return line;
  const sentence = /^.{40,}?[.!?](?=\s)/.exec(line)?.[0];
  if (sentence && sentence.length <= length) return sentence;
  return `${line.slice(0, line.lastIndexOf(' ', length - 1)).replace(/[\s,;:–-]+$/, '')}…`;
};
