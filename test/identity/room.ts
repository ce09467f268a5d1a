/** The identification's room with everything real but the provider, the tables and the keys. */
import { createHmac } from 'node:crypto';
import type { SignInRecord } from '../../lambdas/domain/access-log.ts';
import type { Warning } from '../../lambdas/domain/contact-change.ts';
import type { Delivery } from '../../lambdas/domain/digest.ts';
import { parseIdentityCode } from '../../lambdas/domain/identity-code.ts';
import type { Language } from '../../lambdas/domain/language.ts';
import type { Mandate } from '../../lambdas/domain/mandate.ts';
import { Refusal, refuse } from '../../lambdas/domain/refusal.ts';
import { api } from '../../lambdas/http/api.ts';
import { sessionCookie, signInCookie } from '../../lambdas/http/cookies.ts';
import type { LogLine } from '../../lambdas/http/log.ts';
import { confirmAtPortal } from '../../lambdas/http/mandate-check.ts';
import type { CitizenRequest } from '../../lambdas/http/request.ts';
import { routes } from '../../lambdas/http/routes.ts';
import type { Claims, Reading } from '../../lambdas/identity/claims.ts';
import type { LogoutTokenVerifier } from '../../lambdas/identity/logout-token.ts';
import type { Authorization, Provider } from '../../lambdas/identity/provider.ts';
import { keepSession, showSession } from '../../lambdas/identity/session.ts';
import { finishSignIn, startSignIn } from '../../lambdas/identity/sign-in.ts';
import { backchannelLogout, frontchannelLogout, signOut } from '../../lambdas/identity/sign-out.ts';
import { vocabularyOf } from '../../lambdas/identity/vocabulary.ts';
import { chooseMandate, takeMandate } from '../../lambdas/mandates/choosing.ts';
import { checkMandate, showMandates, switchMandate } from '../../lambdas/mandates/mandates.ts';
import type { MandateRegister } from '../../lambdas/mandates/register.ts';
import { addressGoneTexts, codeTexts } from '../../lambdas/notifications/contact-change.ts';
import type { Letter } from '../../lambdas/notifications/letter.ts';
import type { Recipient } from '../../lambdas/notifications/send.ts';
import { confirmContact, requestCode } from '../../lambdas/profile/confirmation.ts';
import { saveProfile, showProfile } from '../../lambdas/profile/profile.ts';
import { warnOwed } from '../../lambdas/profile/warn.ts';
import { memoryConfirmationCodes } from '../../lambdas/storage/confirmation-codes.memory.ts';
import { memoryMandates } from '../../lambdas/storage/mandates.memory.ts';
import { memoryProfiles } from '../../lambdas/storage/profiles.memory.ts';
import { memorySessions } from '../../lambdas/storage/sessions.memory.ts';
import { memorySignIns } from '../../lambdas/storage/sign-ins.memory.ts';
import type { KnownSubject } from '../../lambdas/storage/subjects.ts';
import { memoryWarnings } from '../../lambdas/storage/warnings.memory.ts';
import { type Call, type Called, call, environment } from '../http/call.ts';

const named = (name: string) => ({ fi: name, sv: name, en: name });
const city = { name: named('Kaupunki'), helpline: { name: named('Neuvonta'), phone: '09 000' } };

export const issuer = 'https://issuer.example';
export const code = '010190-900P';
export const otherCode = '020290-9016';
if (!parseIdentityCode(code) || !parseIdentityCode(otherCode))
  throw new Error('the codes must be valid ones');

export const person: Claims = {
  sub: 'sub-1',
  sid: 'sid-1',
  given_name: 'Maija',
  family_name: 'Mallikas',
  'urn:oid:1.2.246.21': code,
  acr: 'http://ftn.ficora.fi/2017/loa2',
  method: 'bank',
};
/** As the state names things. */
export const reading: Reading = {
  issuer,
  vocabulary: vocabularyOf('suomifi'),
  levels: ['http://ftn.ficora.fi/2017/loa2', 'http://ftn.ficora.fi/2017/loa3'],
};
export const organisation = { businessId: '0201256-6', name: 'Esimerkki ry', roles: ['NIMKO'] };

/** Answers every code with the claims it is told to, or fails as it is told to. */
const stubProvider = () => {
  const asked: Authorization[] = [];
  const state: { claims: Claims; fails?: string } = { claims: person };
  const failing = () => {
    if (state.fails) throw new Refusal({ kind: 'identification-failed', why: state.fails });
  };
  const provider: Provider = {
    issuer,
    authorizationUrl: async authorization => {
      failing();
      asked.push(authorization);
      return `${issuer}/auth?state=${authorization.state}`;
    },
    redeem: async () => {
      failing();
      return { claims: state.claims, signOutHint: { logout_hint: String(state.claims.sid) } };
    },
    signOutUrl: async (hint, returnTo, language) => {
      failing();
      return `${issuer}/end?${new URLSearchParams({ ...hint, post_logout_redirect_uri: returnTo, ui_locales: language })}`;
    },
    jwksUri: async () => `${issuer}/jwks`,
  };
  return { provider, asked, state };
};

/** Knows what each person may act for, forgets visits, or does not answer, as it is told to. */
const stubRegister = () => {
  const state: {
    held: Map<string, readonly Mandate[]>;
    answers: boolean;
    remembers: boolean;
    asked: number;
    /** Happens between a question and its answer. */
    meanwhile?: (() => Promise<void>) | undefined;
  } = {
    held: new Map([code, otherCode].map(each => [each, [organisation]])),
    answers: true,
    remembers: true,
    asked: 0,
  };
  const answering = <Answer>(answer: Answer): Answer =>
    state.answers ? answer : refuse({ kind: 'mandate-unavailable' });
  const register: MandateRegister = {
    begin: async identityCode => answering({ session: `visit of ${identityCode}`, user: 'user-1' }),
    choiceUrl: (user, visit) => `https://register.example/?${new URLSearchParams({ user, state: visit })}`,
    redeem: async ({ session }, given) => answering({ session, token: `token for ${given}` }),
    mandates: async ({ session }) => {
      state.asked += 1;
      const found = state.held.get(session.slice('visit of '.length)) ?? [];
      await state.meanwhile?.();
      return answering(state.remembers ? found : undefined);
    },
  };
  return { register, state };
};

/** A browser: keeps its cookies as it is told to. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(route: string, query?: Record<string, string>, more?: Partial<Call>): Promise<Called>;
  send(route: string, body?: unknown, more?: Partial<Call>): Promise<Called>;
  /** From the link to the page one lands on. */
  signIn(query?: Record<string, string>): Promise<Called>;
  /** To the register of mandates and back, with what it answers. */
  choose(path: string, answer?: Record<string, string>): Promise<Called>;
}

export const room = (logoutTokens?: LogoutTokenVerifier) => {
  const stub = stubProvider();
  const { register, state: registered } = stubRegister();
  const clock = { now: 1_800_000_000_000 };
  const lines: LogLine[] = [];
  const sessions = memorySessions();
  const owed = new Map<string, Warning>();
  const profiles = memoryProfiles(owed);
  const sent: { readonly to: string; readonly text: string }[] = [];
  /** What the carrier says to a message for this address. */
  const carrier: { answer: (to: string) => Promise<Delivery> } = { answer: async () => 'sent' };
  const signIns: SignInRecord[] = [];
  const log = { fails: false };
  const subjects = new Map<string, KnownSubject>();
  const dependencies = {
    codes: memoryConfirmationCodes(),
    warnings: memoryWarnings(owed),
    notify: async (to: Recipient, { email, sms }: Letter) => {
      const [address, text] = to.channel === 'email' ? [to.address, email.text] : [to.number, sms];
      const delivery = await carrier.answer(address);
      if (delivery === 'sent') sent.push({ to: address, text });
      return delivery;
    },
    texts: {
      code: (language: Language, code: string) => codeTexts(language, code, city),
      addressGone: (language: Language) => addressGoneTexts(language, city, environment.PORTAL_URL),
    },
    log: {
      addSignIn: async (record: SignInRecord) => {
        if (log.fails) throw new Error('the log does not answer');
        signIns.push(record);
      },
    },
    subjects: {
      know: async (key: string, known: KnownSubject) => {
        subjects.set(key, known);
      },
    },
    reading,
    register,
    mandates: memoryMandates(),
    ...{
      provider: stub.provider,
      signIns: memorySignIns(),
      sessions,
      profiles,
      portalUrl: environment.PORTAL_URL,
    },
    logoutTokens: logoutTokens ?? { verify: async () => ({ jti: '', sessions: [] }) },
    identityKeys: {
      keyOf: async (kind: string, value: string) =>
        createHmac('sha256', 'key').update(`${kind}|${value}`).digest('hex'),
    },
  };
  const common = { environment, now: () => clock.now, log: (line: LogLine) => lines.push(line) };
  const open = api(
    routes({
      'GET /api/auth/sign-in': request => startSignIn(request, dependencies),
      'GET /api/auth/callback': request => finishSignIn(request, dependencies),
      'GET /api/auth/mandate': request => chooseMandate(request, dependencies),
      'GET /api/auth/mandate/callback': request => takeMandate(request, dependencies),
      'POST /api/auth/sign-out': request => signOut(request, dependencies),
      'POST /api/auth/backchannel-logout': request => backchannelLogout(request, dependencies),
      'GET /api/auth/frontchannel-logout': request => frontchannelLogout(request, dependencies),
      'GET /api/session': request => showSession(request, dependencies),
      'POST /api/session': request => keepSession(request, dependencies),
    }),
    {
      access: 'public',
      ...common,
      fromElsewhere: ['POST /api/auth/backchannel-logout'],
      bodyAsText: ['POST /api/auth/backchannel-logout'],
    },
  );
  const own = api(
    routes<CitizenRequest>({
      'GET /api/profile': request => showProfile(request, dependencies),
      'PUT /api/profile': request => saveProfile(request, dependencies),
      'POST /api/profile/codes': request => requestCode(request, dependencies),
      'POST /api/profile/confirmations': request => confirmContact(request, dependencies),
    }),
    { access: 'session', sessions, ...common, confirmMandate: (...asked) => confirmMandate(...asked) },
  );
  const mandates = api(
    routes<CitizenRequest>({
      'GET /api/mandate': request => showMandates(request, dependencies),
      'PUT /api/mandate': request => switchMandate(request, dependencies),
      'POST /api/mandate/check': request => checkMandate(request, dependencies),
    }),
    { access: 'session', sessions, ...common, confirmMandate: 'never' },
  );
  /** As `confirmAtPortal`, without the network between. */
  const confirmMandate = confirmAtPortal(environment.PORTAL_URL, async (_url, init) => {
    const { cookie = '' } = (init?.headers ?? {}) as Record<string, string>;
    const { status, body } = await call(mandates, {
      route: 'POST /api/mandate/check',
      body: JSON.parse(String(init?.body)),
      cookies: [cookie],
    });
    return new Response(JSON.stringify(body), { status });
  });

  const browser = (): Browser => {
    const cookies = new Map<string, string>();
    const request = async (given: Call): Promise<Called> => {
      const handler = given.route.includes('/profile')
        ? own
        : given.route.includes(' /api/mandate')
          ? mandates
          : open;
      const jar = [...cookies].map(([name, value]) => `${name}=${value}`);
      const answer = await call(handler, { ...given, cookies: jar });
      for (const cookie of answer.cookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/Max-Age=0/.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    };
    const get: Browser['get'] = (route, query = {}, more = {}) =>
      request({ route: `GET ${route}`, query, ...more });
    const choose: Browser['choose'] = async (path, answer = { code: 'picked' }) => {
      const away = await get('/api/auth/mandate', Object.fromEntries(new URL(path, issuer).searchParams));
      const visit = new URL(away.headers.location ?? '', issuer).searchParams.get('state');
      return visit === null ? away : get('/api/auth/mandate/callback', { ...answer, state: visit });
    };
    return {
      cookies,
      get,
      send: (route, body, more = {}) => request({ route, body, ...more }),
      signIn: async (query = {}) => {
        const away = await get('/api/auth/sign-in', query);
        const state = new URL(away.headers.location ?? '').searchParams.get('state') ?? '';
        const landed = await get('/api/auth/callback', { code: 'c', state, iss: issuer });
        return /^\/api\/auth\/mandate/.test(landed.headers.location ?? '')
          ? choose(landed.headers.location ?? '')
          : landed;
      },
      choose,
    };
  };
  return {
    ...stub,
    browser,
    registered,
    clock,
    owed,
    warn: () => warnOwed({ ...dependencies, now: () => clock.now, hasTime: () => true }),
    lines,
    sessions,
    profiles,
    sent,
    carrier,
    signIns,
    subjects,
    log,
  };
};

export const sessionOf = ({ cookies }: Browser): string | undefined => cookies.get(sessionCookie);
export const signInOf = ({ cookies }: Browser): string | undefined => cookies.get(signInCookie);
