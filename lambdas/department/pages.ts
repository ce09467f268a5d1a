import * as z from 'zod/mini';
import { refuse } from '../domain/refusal.ts';
import { type Client, maySee } from './access.ts';

/** Where a list goes on: in which service, and after what in it. */
export interface Place<After> {
  readonly service: string;
  readonly after?: After;
}

export interface ServicePage<Item, After> {
  readonly items: readonly Item[];
  readonly next?: After;
}

/** Opaque to callers. Names a place only: what may be seen is decided by the client's services at every call. */
export const writePlace = (place: Place<unknown>): string =>
  Buffer.from(JSON.stringify([place.service, place.after ?? null])).toString('base64url');

const badCursor = () =>
  refuse({ kind: 'invalid-request', errors: [{ pointer: '/query/cursor', code: 'format' }] });

const decoded = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return badCursor();
  }
};

export const readPlace = <After>(
  cursor: string | undefined,
  after: z.ZodMiniType<After>,
): Place<After> | undefined => {
  if (cursor === undefined) return undefined;
  const read = z.tuple([z.string(), z.nullable(after)]).safeParse(decoded(cursor));
  if (!read.success) return badCursor();
  const [service, place] = read.data;
  return place === null ? { service } : { service, after: place as After };
};

/** The services to be listed, in one order: those of the client, or those of all that exist, or the one asked for. */
export const servicesOf = async (
  client: Client,
  asked: string | undefined,
  registered: () => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  if (asked !== undefined) return maySee(client, asked) ? [asked] : [];
  return client.services === '*' ? registered() : client.services.toSorted();
};

/** Looked at in one call, whatever it finds: a filter that little passes through must not run for ever. */
const looks = 25;

/** One page over several services, each listed to its end before the next. */
export const pageOver = async <Item, After>(
  services: readonly string[],
  start: Place<After> | undefined,
  limit: number,
  list: (service: string, after: After | undefined, limit: number) => Promise<ServicePage<Item, After>>,
): Promise<{ readonly items: readonly Item[]; readonly next?: string }> => {
  const items: Item[] = [];
  const left = services.filter(service => start === undefined || service >= start.service);
  let after = start && left[0] === start.service ? start.after : undefined;
  for (let look = 0; left.length > 0; look++) {
    const service = left[0] as string;
    const place: Place<After> = after === undefined ? { service } : { service, after };
    if (items.length >= limit || look >= looks) return { items, next: writePlace(place) };
    const page = await list(service, after, limit - items.length);
    items.push(...page.items);
    after = page.next;
    if (after === undefined) left.shift();
  }
  return { items };
};
