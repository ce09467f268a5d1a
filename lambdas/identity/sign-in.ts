import { randomBytes } from 'node:crypto';
import { pageUrl } from '../../web/urls.ts';
import { signInOf } from '../domain/access-log.ts';
import type { EpochMs } from '../domain/case.ts';
import { isLanguage, type Language } from '../domain/language.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { toReturnPath } from '../domain/return-path.ts';
import { type Answer, redirect } from '../http/answer.ts';
import { findSession } from '../http/api.ts';
import { boundToBrowser, sessionCookie, signedInCookies, signInCookie } from '../http/cookies.ts';
import type { PublicRequest } from '../http/request.ts';
import type { AccessLog } from '../storage/access-log.ts';
import { idHashOf } from '../storage/cookie-sealing.ts';
import type { NewSession } from '../storage/session-rows.ts';
import type { Sessions } from '../storage/sessions.ts';
import { type SignIn, type SignIns, sha256, signInMs } from '../storage/sign-ins.ts';
import { type Subjects, subjectKeyOf } from '../storage/subjects.ts';
import { type Identified, type Reading, toIdentified } from './claims.ts';
import { type Failure, isFailure } from './failure.ts';
import { type Folder, type FolderDependencies, folderOf } from './folder.ts';
import type { Provider } from './provider.ts';

export interface SignInDependencies extends FolderDependencies {
  readonly provider: Provider;
  readonly reading: Reading;
  readonly signIns: SignIns;
  readonly sessions: Sessions;
  readonly log: Pick<AccessLog, 'addSignIn'>;
  /** Absent where the issuer names a person anew at each identification. */
  readonly subjects?: Pick<Subjects, 'know'> | undefined;
  /** Origin of the portal. */
  readonly portalUrl: string;
}

const random = (): string => randomBytes(32).toString('base64url');

/** That of the page one is going to, else the one remembered. */
export const languageOf = (returnPath: string | undefined, { cookies }: PublicRequest): Language => {
  const candidates = [returnPath?.split('/')[1], cookies.language];
  return candidates.find(isLanguage) ?? 'fi';
};

/**
 * A browser asks with an address bar: it gets a page that says what to do, not JSON. The next attempt leads where this
 * one would have.
 */
const failurePage = (language: Language, reason: Failure, returnPath: string | undefined): Answer => {
  const back = returnPath === undefined ? '' : `&return=${encodeURIComponent(returnPath)}`;
  return {
    ...redirect(`${pageUrl(language, 'identificationFailed')}?reason=${reason}${back}`),
    problem: `identification-failed/${reason}`,
  };
};

/** The provider's session ended while the browser was on its way from there. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof Refusal && error.reason.kind === 'session-expired';

const signedOutPage = (language: Language): Answer => ({
  ...redirect(pageUrl(language, 'signedOut')),
  problem: 'session-expired',
});

const failureIn = (error: unknown): Failure => {
  if (!(error instanceof Refusal) || error.reason.kind !== 'identification-failed') throw error;
  return isFailure(error.reason.why) ? error.reason.why : 'failed';
};

/** Tabs of one browser share the cookie, so that a second sign-in does not spoil the first. */
const browserOf = ({ cookies }: PublicRequest): string => {
  const given = cookies[signInCookie] ?? '';
  return /^[\w-]{43}$/.test(given) ? given : random();
};

/** Links made in the days of *Katso* lead to what has taken its place. */
const ofOrganisations = ['organisation', 'katso'];

/** `GET auth/sign-in?as=&return=`: off to the state's page (R3.1). */
export const startSignIn = async (
  request: PublicRequest,
  dependencies: SignInDependencies,
): Promise<Answer> => {
  const { provider, signIns } = dependencies;
  const returnPath = toReturnPath(request.query.return);
  const language = languageOf(returnPath, request);
  const as = ofOrganisations.includes(request.query.as ?? '') ? 'organisation' : 'person';
  const [state, nonce, codeVerifier, browser] = [random(), random(), random(), browserOf(request)];
  try {
    const location = await provider.authorizationUrl({ state, nonce, codeVerifier, language });
    await signIns.begin(state, {
      ...{ browserHash: sha256(browser), nonce, codeVerifier, as, language, startedAt: request.now },
      ...(returnPath !== undefined && { returnPath }),
    });
    return redirect(location, { cookies: [boundToBrowser(browser, signInMs / 1000)] });
  } catch (error) {
    return failurePage(language, failureIn(error), returnPath);
  }
};

/** Always a new session; the browser's old one ends, for within one browser only the newest sign-in counts. */
const openSession = async (
  { identity, subject, sid, method }: Identified,
  signOutHint: Readonly<Record<string, string>>,
  { cookies, now }: PublicRequest,
  dependencies: SignInDependencies,
  folder: Folder,
  begunAt: EpochMs,
): Promise<string> => {
  const { sessions, provider, subjects } = dependencies;
  const subjectKey = subjects && subjectKeyOf(provider.issuer, subject);
  const { owner, identityKeys } = folder;
  if (subjectKey && folder.registered)
    await subjects.know(subjectKey, { owner, identityKey: identityKeys.person });
  const session: NewSession = {
    ...{ ...folder, method, identity, kind: 'person' },
    ...(subjectKey !== undefined && { subjectKey }),
    startedAt: now,
    ...{ issuer: provider.issuer, subject, signOutHint, ...(sid !== undefined && { sid }) },
  };
  const cookie = await sessions.create(session, begunAt);
  // Before the browser gets the cookie: nobody signs in unrecorded. Who has not registered leaves nothing behind.
  if (session.registered) await dependencies.log.addSignIn(signInOf(session));
  const old = cookies[sessionCookie];
  if (old) await sessions.end(idHashOf(old));
  return cookie;
};

/**
 * The link one came by (R3.2); who is not registered yet goes there by way of the registration, and who acts for an
 * organisation by way of the register of mandates, which asks for which.
 */
const destination = ({ language, returnPath, as }: SignIn, registered: boolean): string => {
  const after = returnPath === undefined ? '' : `?return=${encodeURIComponent(returnPath)}`;
  if (as === 'organisation') return `/api/auth/mandate${after}`;
  if (registered) return returnPath ?? pageUrl(language, 'front');
  return pageUrl(language, 'register') + after;
};

/** The sign-in this browser began, once. Refuses one of another browser, one used before and one too old. */
const takeSignIn = async ({ query, cookies, now }: PublicRequest, signIns: SignIns): Promise<SignIn> => {
  const signIn = query.state ? await signIns.take(query.state) : undefined;
  const isOurs = signIn?.browserHash === sha256(cookies[signInCookie] ?? '');
  if (!signIn || !isOurs || now - signIn.startedAt >= signInMs)
    return refuse({ kind: 'identification-failed', why: 'expired' });
  return signIn;
};

const complete = async (
  request: PublicRequest,
  signIn: SignIn,
  dependencies: SignInDependencies,
): Promise<Answer> => {
  const callback = new URL(`${dependencies.portalUrl}/api/auth/callback?${request.rawQuery}`);
  const expected = { ...signIn, state: request.query.state ?? '' };
  const { claims, signOutHint } = await dependencies.provider.redeem(callback, expected);
  const identified = toIdentified(claims, dependencies.reading);
  const { kind, code } = identified.found;
  const key = await dependencies.identityKeys.keyOf(kind, code);
  const folder = await folderOf(identified.identity, key, dependencies);
  const cookie = await openSession(identified, signOutHint, request, dependencies, folder, signIn.startedAt);
  return redirect(destination(signIn, folder.registered), { cookies: signedInCookies(cookie) });
};

const isSignedIn = (request: PublicRequest, sessions: Sessions): Promise<boolean> =>
  findSession(request, sessions).then(
    () => true,
    () => false,
  );

/** `GET auth/callback`: back from the state's page (R3.2). */
export const finishSignIn = async (
  request: PublicRequest,
  dependencies: SignInDependencies,
): Promise<Answer> => {
  let language = languageOf(undefined, request);
  let returnPath: string | undefined;
  try {
    const signIn = await takeSignIn(request, dependencies.signIns);
    language = signIn.language;
    returnPath = signIn.returnPath;
    return await complete(request, signIn, dependencies);
  } catch (error) {
    if (isOvertaken(error)) return signedOutPage(language);
    const reason = failureIn(error);
    // The browser's back button brings a used answer again: who is signed in by then has come where they wanted.
    const isRepeated = reason === 'expired' && (await isSignedIn(request, dependencies.sessions));
    return isRepeated ? redirect(pageUrl(language, 'front')) : failurePage(language, reason, returnPath);
  }
};
