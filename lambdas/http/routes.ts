import { refuse } from '../domain/refusal.ts';
import type { Answer } from './answer.ts';
import type { PublicRequest } from './request.ts';

export type RouteKey = `${'GET' | 'PUT' | 'POST' | 'DELETE'} /api/${string}`;
export type Handle<Request> = (request: Request) => Promise<Answer>;

/** One function, several routes: `routes({ 'GET /api/drafts': listDrafts, … })`, keyed as API Gateway names them. */
export const routes =
  <Request extends PublicRequest>(table: Readonly<Record<RouteKey, Handle<Request>>>): Handle<Request> =>
  async request => {
    const handle = Object.hasOwn(table, request.routeKey) ? table[request.routeKey as RouteKey] : undefined;
    return handle ? handle(request) : refuse({ kind: 'not-found' });
  };
