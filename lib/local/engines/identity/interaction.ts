import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { isLanguage, type Language } from '../../../../lambdas/domain/language.ts';
import { readBody } from '../server.ts';
import type { Service } from './clients.ts';
import { answerPage, languageOf, type Page } from './layout.ts';
import { failurePage, methodPage, noticePage, personPage, type Step, successPage } from './pages.ts';
import { assurance, isMethod, type Method, type Person, people, personOf, weakLevel } from './people.ts';

/** What one identification has come to; lives from its first page to its last. */
interface Progress {
  language?: Language;
  method?: Method;
  person?: Person;
  timedOut?: boolean;
  isWeak?: boolean;
}

/** What was chosen for one service and is told in its tokens, by the grant's id. */
export interface Choice {
  readonly method: Method;
  /** Level of assurance. */
  readonly level: string;
}

interface Desk {
  readonly provider: Provider;
  readonly services: readonly Service[];
  readonly progresses: Map<string, Progress>;
  readonly choices: Map<string, Choice>;
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

interface Visit {
  readonly desk: Desk;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly details: Details;
  readonly progress: Progress;
  readonly step: Step;
  readonly service: Service;
  readonly query: URLSearchParams;
}

type Serve = (visit: Visit) => Promise<void>;

/** Keeps the newest so many; an abandoned identification is forgotten with time. */
const remember = <Value>(map: Map<string, Value>, key: string, value: Value, most = 2000): Value => {
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && !oldest.done) map.delete(oldest.value);
  return value;
};

const goTo = ({ response, step }: Visit, name = ''): void => {
  const location = name === '' ? step.path : `${step.path}/${name}`;
  response.writeHead(303, { location, 'cache-control': 'no-store' }).end();
};

/** A form here ends in a redirect to the service, which a browser holds to the page's `form-action` as well. */
const show = ({ response, service }: Visit, page: Page): void =>
  answerPage(response, 200, page, { forms: service.redirectUris.map(uri => new URL(uri).origin) });

const readForm = async ({ request }: Visit): Promise<URLSearchParams> =>
  new URLSearchParams((await readBody(request, 16 * 1024)).toString('utf8'));

/** The browser has a session here already: nobody is identified again, only announced to the next service. */
const isSignedIn = ({ details }: Visit): boolean => details.prompt.name === 'notice';

const personIn = (visit: Visit): Person | undefined =>
  isSignedIn(visit) ? personOf(visit.details.session?.accountId) : visit.progress.person;

const methodIn = (visit: Visit): Method | undefined => {
  const amr = visit.details.session?.amr?.[0];
  return isSignedIn(visit) ? (isMethod(amr) ? amr : undefined) : visit.progress.method;
};

/** Who may go on to the service; undefined while something is still to be chosen. */
const ready = (visit: Visit): { person: Person; method: Method } | undefined => {
  const [person, method] = [personIn(visit), methodIn(visit)];
  return person && method ? { person, method } : undefined;
};

const finish = async (
  visit: Visit,
  { person, method }: { person: Person; method: Method },
): Promise<void> => {
  const { desk, details, progress, request, response, service } = visit;
  const { isWeak } = progress;
  const level = isSignedIn(visit)
    ? String(details.session?.acr ?? assurance[method])
    : isWeak
      ? weakLevel
      : assurance[method];
  const grant = new desk.provider.Grant({ accountId: person.id, clientId: service.clientId });
  grant.addOIDCScope(String(details.params.scope ?? 'openid'));
  const grantId = await grant.save();
  remember(desk.choices, grantId, { method, level });
  desk.progresses.delete(details.uid);
  const login = { accountId: person.id, acr: level, amr: [method] };
  const result = { consent: { grantId }, ...(isSignedIn(visit) ? { notice: {} } : { login }) };
  await desk.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

const cancel: Serve = async ({ desk, request, response, details }) => {
  desk.progresses.delete(details.uid);
  const result = { error: 'access_denied', error_description: 'identification was cancelled' };
  await desk.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

const start: Serve = async visit => {
  const { progress, step } = visit;
  const person = personIn(visit);
  if (isSignedIn(visit) && person) return show(visit, noticePage(step, person));
  const timedOut = progress.timedOut === true;
  progress.timedOut = false;
  show(visit, methodPage(step, timedOut));
};

const askPerson: Serve = async visit => {
  const method = visit.query.get('method');
  if (!isMethod(method)) return goTo(visit);
  show(visit, personPage(visit.step, method));
};

const choosePerson: Serve = async visit => {
  const { progress } = visit;
  const fields = await readForm(visit);
  const method = fields.get('method');
  const isWeak = fields.get('person') === 'weak';
  const person = isWeak ? people[0] : personOf(fields.get('person') ?? undefined);
  progress.isWeak = isWeak;
  progress.timedOut = fields.get('person') === 'time-out';
  if (!isMethod(method) || !person) return goTo(visit);
  Object.assign(progress, { method, person });
  goTo(visit, 'done');
};

const succeeded: Serve = async visit => {
  const whole = ready(visit);
  if (!whole) return goTo(visit);
  show(visit, successPage(visit.step, whole.person));
};

const done: Serve = async visit => {
  const whole = ready(visit);
  return whole && !isSignedIn(visit) ? finish(visit, whole) : goTo(visit);
};

const enter: Serve = async visit => {
  if (!isSignedIn(visit)) return goTo(visit);
  const whole = ready(visit);
  return whole ? finish(visit, whole) : goTo(visit);
};

const steps: Readonly<Record<string, Serve>> = {
  'GET ': start,
  'GET person': askPerson,
  'POST person': choosePerson,
  'GET done': succeeded,
  'POST done': done,
  'POST enter': enter,
  'GET cancel': cancel,
};

/** Throws where the browser has no identification under way: the library finds it by a cookie. */
const visitOf = async (
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<Visit> => {
  const details = await desk.provider.interactionDetails(request, response);
  const progress = desk.progresses.get(details.uid) ?? remember(desk.progresses, details.uid, {});
  const chosen = url.searchParams.get('language');
  if (isLanguage(chosen)) progress.language = chosen;
  const locales = (details.params.ui_locales as string | undefined) ?? request.headers['accept-language'];
  const language = progress.language ?? languageOf(locales);
  const service = desk.services.find(one => one.clientId === details.params.client_id);
  if (!service) throw new Error('a client that is no service cannot send people here');
  const step = { language, path: `/interaction/${details.uid}`, service: service.name[language] };
  return {
    desk,
    request,
    response,
    details,
    progress,
    service,
    query: url.searchParams,
    step,
  };
};

export interface Interactions {
  /** Serves `/interaction/…`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  choiceOf(grantId: string): Choice | undefined;
}

/** The pages between a service's request and the answer to it. */
export const interactions = (provider: Provider, services: readonly Service[]): Interactions => {
  const desk: Desk = { provider, services, progresses: new Map(), choices: new Map() };
  return {
    choiceOf: grantId => desk.choices.get(grantId),
    handle: async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const visit = await visitOf(desk, request, response, url).catch(() => undefined);
      const name = /^\/interaction\/[^/]+\/?(.*)$/.exec(url.pathname)?.[1] ?? '';
      const serve = steps[`${request.method} ${name}`];
      if (visit && serve) return serve(visit);
      answerPage(response, visit ? 404 : 400, failurePage(languageOf(request.headers['accept-language'])));
    },
  };
};
