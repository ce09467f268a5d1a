/** Since when browsers know a feature of the web platform: web-features' data, by the names MDN gives features. */
import { features } from 'web-features';
import { oldestBrowsers } from '../../../web/build/browsers.ts';

type Versions = Readonly<Record<string, string>>;

/** `api.Element.replaceChildren`, `css.properties.gap`, `javascript.builtins.Array.at` … → browser → its first version. */
const known = new Map<string, Versions>(
  Object.values(features).flatMap(feature =>
    feature.kind === 'feature'
      ? Object.entries(feature.status.by_compat_key ?? {}).map(
          ([key, { support }]) => [key, support as Versions] as const,
        )
      : [],
  ),
);

/** `≤13` says that it was there in 13 at the latest. */
const numbersOf = (version: string): number[] => version.replace('≤', '').split('.').map(Number);

const isNewer = (one: string, other: string): boolean => {
  const [ones, others] = [numbersOf(one), numbersOf(other)];
  const at = ones.findIndex((part, index) => part !== (others[index] ?? 0));
  return at >= 0 && (ones[at] ?? 0) > (others[at] ?? 0);
};

export const isKnown = (key: string): boolean => known.has(key);

/** Our oldest browsers that lack a feature: `safari 17.0`. None where the data says nothing of it. */
export const missingIn = (key: string): string[] => {
  const support = known.get(key);
  if (!support) return [];
  return oldestBrowsers
    .filter(({ name, version }) => {
      const since = support[name];
      return since === undefined || isNewer(since, version);
    })
    .map(({ name, version }) => `${name} ${version}`);
};

const byLastName = Map.groupBy(known.keys(), key => key.slice(key.lastIndexOf('.') + 1));

/** Keys that end in a name, under a beginning: `api.*.replaceChildren`. */
export const keysOf = (beginning: string, name: string): readonly string[] =>
  (byLastName.get(name) ?? []).filter(key => key.startsWith(beginning));
