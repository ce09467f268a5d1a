import * as z from 'zod/mini';
import { pageUrl } from '../../web/urls.ts';
import { isLanguage, type Language, languages } from '../domain/language.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { type Answer, html, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { clearedCookies, sessionCookie, signInForgotten } from '../http/cookies.ts';
import type { PublicRequest } from '../http/request.ts';
import { idHashOf } from '../storage/cookie-sealing.ts';
import type { Sessions } from '../storage/sessions.ts';
import type { SignIns } from '../storage/sign-ins.ts';
import type { LogoutTokenVerifier } from './logout-token.ts';
import type { Provider } from './provider.ts';

export interface SignOutDependencies {
  readonly provider: Provider;
  readonly sessions: Sessions;
  readonly signIns: Pick<SignIns, 'isLogoutDone' | 'logoutDone'>;
  readonly logoutTokens: LogoutTokenVerifier;
  /** Origin of the portal. */
  readonly portalUrl: string;
}

/** `POST auth/sign-out` answers where the browser goes now. */
export interface SignOutAnswer {
  readonly location: string;
}

const signOutRequest = z.optional(z.object({ language: z.optional(z.enum(languages)) }));

const languageOfPage = (referer: string | undefined): string | undefined =>
  referer !== undefined && URL.canParse(referer) ? new URL(referer).pathname.split('/')[1] : undefined;

/** The one asked for, else that of the page one was on, else the one remembered. */
const languageOf = ({ body, cookies, headers }: PublicRequest): Language => {
  const wanted = [parse(signOutRequest, body)?.language, languageOfPage(headers.referer), cookies.language];
  return wanted.find(isLanguage) ?? 'fi';
};

/**
 * Takes from the browser what is left on a shared computer (R3.6). `cache` also drops the pages kept for the back
 * button, the only place where what was read may still be. Not `storage`: nothing personal is put there, and the
 * size of text is. Not `cookies`: it would clear those of every service under the city's domain; ours are taken back
 * by name.
 */
const clearing = { 'clear-site-data': '"cache"' };

/** The portal's own page when the provider cannot be asked: here one is signed out all the same. */
const locationAfter = async (
  hint: Readonly<Record<string, string>>,
  language: Language,
  { provider, portalUrl }: SignOutDependencies,
): Promise<string> => {
  const page = pageUrl(language, 'signedOut');
  return provider.signOutUrl(hint, portalUrl + page, language).catch(error => {
    if (error instanceof Refusal) return page;
    throw error;
  });
};

/**
 * `POST auth/sign-out`: ends the session here first, whatever becomes of the rest, then says where to go to end it
 * at the provider (R3.4). 200 for everybody: who is not signed in is signed out. A sign-in begun in another tab of this
 * browser dies with it: nobody who has signed out finds the browser signed in a moment later.
 */
export const signOut = async (request: PublicRequest, dependencies: SignOutDependencies): Promise<Answer> => {
  const { sessions } = dependencies;
  const language = languageOf(request);
  const cookie = request.cookies[sessionCookie];
  const found = cookie === undefined ? undefined : await sessions.find(cookie);
  const extras = { cookies: [...clearedCookies(), signInForgotten()], headers: clearing };
  if (!cookie || !found)
    return ok({ location: pageUrl(language, 'signedOut') } satisfies SignOutAnswer, extras);
  await sessions.end(idHashOf(cookie));
  const hint = await sessions.takeSignOutHint(cookie);
  return ok({ location: await locationAfter(hint, language, dependencies) } satisfies SignOutAnswer, extras);
};

const tokenIn = (body: unknown): string =>
  new URLSearchParams(String(body ?? '')).get('logout_token') ??
  refuse({ kind: 'invalid-request', errors: [{ pointer: '/logout_token', code: 'required' }] });

/** How long a token is remembered: longer than one is believed. */
const rememberedMs = 15 * 60 * 1000;

/** `POST auth/backchannel-logout`: the provider says that a session ended elsewhere (R3.4). 204, or 400. */
export const backchannelLogout = async (
  { body, now }: PublicRequest,
  { logoutTokens, signIns, sessions }: SignOutDependencies,
): Promise<Answer> => {
  const token = await logoutTokens.verify(tokenIn(body));
  if (await signIns.isLogoutDone(token.jti))
    refuse({ kind: 'invalid-request', errors: [{ pointer: '/logout_token', code: 'replayed' }] });
  await Promise.all(token.sessions.map(session => sessions.endAll(session, now)));
  await signIns.logoutDone(token.jti, now + rememberedMs);
  return noContent();
};

/**
 * `GET auth/frontchannel-logout?iss=&sid=`: the same through a hidden frame on the provider's page, the only way
 * Suomi.fi knows. Browsers keep cookies from such frames, so sessions are found by `sid`, which nobody guesses.
 */
export const frontchannelLogout = async (
  { query, now }: PublicRequest,
  { provider, sessions }: SignOutDependencies,
): Promise<Answer> => {
  const { iss, sid } = query;
  if (iss !== provider.issuer)
    refuse({ kind: 'invalid-request', errors: [{ pointer: '/iss', code: 'invalid' }] });
  if (!sid) return refuse({ kind: 'invalid-request', errors: [{ pointer: '/sid', code: 'required' }] });
  await sessions.endAll({ issuer: provider.issuer, by: 'sid', value: sid }, now);
  const frame = `default-src 'none'; frame-ancestors ${new URL(provider.issuer).origin}`;
  return html(200, '<!doctype html><title>-</title>', {
    headers: { 'content-security-policy': frame, 'cross-origin-resource-policy': 'cross-origin' },
  });
};
