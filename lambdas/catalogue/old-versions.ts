import type { Objects } from '../storage/objects.ts';
import { inParallel } from './in-parallel.ts';
import { catalogueKeys } from './keys.ts';

export interface Places {
  readonly content: Objects;
  readonly site: Objects;
}

/** The one in use among them: a page that was opened before still asks for the index it names. */
const keptVersions = 5;

const versionOf = (key: string): string | undefined => /^catalogue\/(\d{14}-[0-9a-f]{8})\//.exec(key)?.[1];

/** What must stay: the one in use, whatever the clock said when it was made, and the newest of the others. */
const versionsToKeep = (keys: readonly string[], inUse: string): Set<string> => {
  const others = new Set(keys.map(versionOf).filter(version => version !== undefined && version !== inUse));
  return new Set([inUse, ...[...others].sort().slice(1 - keptVersions)] as string[]);
};

/** Search files of the versions that stay; undefined where a version does not say, and so none may go. */
const searchFilesOf = async (
  versions: ReadonlySet<string>,
  content: Objects,
): Promise<Set<string> | undefined> => {
  const lists = await Promise.all(
    [...versions].map(async version => content.get(catalogueKeys.searchFiles(version))),
  );
  return lists.includes(undefined)
    ? undefined
    : new Set(lists.flatMap(list => JSON.parse(list ?? '[]') as string[]));
};

/**
 * Removes the pages, services and search files that only older versions of the catalogue had; also what a publication
 * that failed on its way has left. Answers how many objects went.
 */
export const removeOldVersions = async (inUse: string, { content, site }: Places): Promise<number> => {
  const [pages, services] = await Promise.all([
    site.list(catalogueKeys.versions),
    content.list(catalogueKeys.versions),
  ]);
  const kept = versionsToKeep([...pages, ...services], inUse);
  const search = await searchFilesOf(kept, content);
  const isOld = (key: string): boolean => {
    const version = versionOf(key);
    return version !== undefined && !kept.has(version);
  };
  const isUnused = (key: string): boolean =>
    search !== undefined && key.startsWith(catalogueKeys.search) && !search.has(key);
  const removed = await Promise.all([
    inParallel(
      pages.filter(key => isOld(key) || isUnused(key)),
      key => site.remove(key),
    ),
    inParallel(services.filter(isOld), key => content.remove(key)),
  ]);
  return removed.reduce((sum, count) => sum + count, 0);
};
