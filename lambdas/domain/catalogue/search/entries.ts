import type { Language } from '../../language.ts';
import { groupsOf, topics } from '../city.ts';
import { type Service, type ServiceTexts, textsFor } from '../service.ts';
import type { SearchEntry } from './search-index.ts';
import type { Analysis } from './words.ts';

export interface EntriesProps {
  readonly services: readonly Service[];
  readonly language: Language;
  /** Words people use for a service, by its id. */
  readonly everyday: Readonly<Record<string, string>>;
  readonly analysis: Analysis;
}

/** What is said about a service elsewhere than in its name. */
const keyText = ({ description, audience, information, channels }: ServiceTexts): string =>
  [description, ...channels.flatMap(({ name, information: said }) => [name, said]), audience, information]
    .filter(text => text !== undefined)
    .join('\n');

/** Of a text, a root in more of the services than this tells nothing: addresses, phones, "read more". */
const commonShare = 0.04;

const commonRoots = (texts: readonly (readonly string[])[]): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const root of texts.flatMap(roots => [...new Set(roots)]))
    counts.set(root, (counts.get(root) ?? 0) + 1);
  const least = Math.max(3, texts.length * commonShare);
  return new Set([...counts].filter(([, count]) => count > least).map(([root]) => root));
};

/** What a service is about and for whom: what people add to the thing itself. */
const contextOf = (service: Service, language: Language): string =>
  [...service.topics.map(code => topics[code]?.[language] ?? ''), ...groupsOf(service, language)].join('\n');

/** An entry of which the text is not yet cut to what the index can bear. */
export type WholeEntry = SearchEntry & { readonly context: readonly string[] };

/** What of an entry the index bears: of its text so many roots, of what it is about all. */
export const cutEntry = ({ context, ...entry }: WholeEntry, length: number): SearchEntry => ({
  ...entry,
  text: [...context, ...entry.text.slice(0, length)],
});

const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * What the index knows of every service, in the order of ids, each root once a service, where it counts most; of the
 * texts the roots that tell services apart, as they are written.
 */
export const searchEntries = ({ services, language, everyday, analysis }: EntriesProps): WholeEntry[] => {
  const sorted = services.toSorted((one, other) => inOrder.compare(one.id, other.id));
  const written = sorted.map(service => textsFor(service, language).texts);
  const texts = written.map(one => analysis.roots(keyText(one)));
  const common = commonRoots(texts);
  return sorted.map((service, place) => {
    const { name = '', synonyms = '' } = written[place] ?? {};
    const said = `${synonyms}, ${everyday[service.id] ?? ''}`.split(/[,;\n]/).map(analysis.roots);
    const seen = new Set<string>();
    const fresh = (roots: readonly string[]): string[] => {
      const found = [...new Set(roots)].filter(root => !seen.has(root));
      for (const root of found) seen.add(root);
      return found;
    };
    return {
      id: service.id,
      name: fresh(analysis.roots(name)),
      words: fresh(said.filter(roots => roots.length === 1).flat()),
      phrases: fresh(said.flat()),
      context: fresh(analysis.roots(contextOf(service, language))),
      text: fresh((texts[place] ?? []).filter(root => !common.has(root))),
    };
  });
};
