/**
 * Another service of the same identification, for trying single sign-on and single logout by hand and in tests: a relying
 * party of its own at `/state-service/`. As Suomi.fi's services do, it listens to logouts by the front channel only.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as openid from 'openid-client';
import { readCookies } from '../../../../lambdas/http/cookies.ts';
import { pageUrl } from '../../../../web/urls.ts';
import { type Html, html } from '../../html.ts';
import type { Handle } from '../server.ts';
import type { Service } from './clients.ts';
import { securityHeaders } from './layout.ts';

export interface StateServiceOptions {
  readonly issuer: string;
  readonly portalUrl: string;
  /** Epoch ms. */
  readonly now: () => number;
}

export interface StateService {
  readonly service: Service;
  readonly secret: string;
  /** Serves `/state-service/…`. */
  readonly handle: Handle;
}

interface Visitor {
  readonly sid: string;
  readonly name: string;
}

const home = '/state-service/';
const cookieName = 'state-service';
const name = { fi: 'Kokeiltava valtion palvelu', sv: 'Statens provtjänst', en: 'Trial state service' };
const fullNames = ['urn:oid:2.16.840.1.113730.3.1.241', 'name'];

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="fi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`.html;

const homeBody = (visitor: Visitor | undefined, portalUrl: string): Html =>
  html`<p>${visitor ? `Olet kirjautunut: ${visitor.name}` : 'Et ole kirjautunut.'}</p>
<ul>
<li>${
    visitor ? html`<a href="${home}sign-out">Kirjaudu ulos</a>` : html`<a href="${home}sign-in">Kirjaudu</a>`
  }</li>
<li><a href="${portalUrl}${pageUrl('fi', 'folder')}">Avaa asiointikansio</a></li>
</ul>`;

const random = (): string => randomBytes(32).toString('base64url');

export const stateService = ({ issuer, portalUrl, now }: StateServiceOptions): StateService => {
  const base = issuer + home;
  const secret = random();
  const service: Service = {
    clientId: 'state-service',
    name,
    redirectUris: [`${base}callback`],
    postLogoutRedirectUris: [base],
    frontchannelLogoutUri: `${base}front`,
    // The provider's library tells its session's name (`sid`) only to those with a back channel; nobody listens at it.
    backchannelLogoutUri: `${base}back`,
  };
  /** By the cookie; in memory, as the provider's own sessions are. */
  const visitors = new Map<string, Visitor>();
  const begun = new Map<string, { readonly nonce: string; readonly codeVerifier: string }>();

  /** Each time anew: the clock may have been moved. */
  const configuration = () =>
    openid.discovery(
      new URL(issuer),
      service.clientId,
      { [openid.clockSkew]: Math.round((now() - Date.now()) / 1000) },
      openid.ClientSecretBasic(secret),
      { execute: [openid.allowInsecureRequests] },
    );

  const signIn = async (): Promise<string> => {
    const [state, nonce, codeVerifier] = [random(), random(), random()];
    begun.set(state, { nonce, codeVerifier });
    return openid.buildAuthorizationUrl(await configuration(), {
      redirect_uri: `${base}callback`,
      scope: 'openid profile',
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ui_locales: 'fi',
    }).href;
  };

  /** Answers the cookie; undefined for an answer that brings nobody. */
  const finish = async (url: URL): Promise<string | undefined> => {
    const state = url.searchParams.get('state') ?? '';
    const expected = begun.get(state);
    begun.delete(state);
    if (!expected || !url.searchParams.has('code')) return undefined;
    const tokens = await openid.authorizationCodeGrant(await configuration(), url, {
      pkceCodeVerifier: expected.codeVerifier,
      expectedState: state,
      expectedNonce: expected.nonce,
    });
    const claims: Record<string, unknown> = tokens.claims() ?? {};
    const cookie = random();
    const found = fullNames.map(claim => claims[claim]).find(value => typeof value === 'string');
    visitors.set(cookie, { sid: String(claims.sid), name: String(found ?? '') });
    return cookie;
  };

  const endBySid = (sid: string | null): void => {
    for (const [cookie, visitor] of visitors) if (visitor.sid === sid) visitors.delete(cookie);
  };

  const signOut = async (visitor: Visitor | undefined): Promise<string> => {
    if (!visitor) return home;
    endBySid(visitor.sid);
    return openid.buildEndSessionUrl(await configuration(), {
      logout_hint: visitor.sid,
      post_logout_redirect_uri: base,
      ui_locales: 'fi',
    }).href;
  };

  const goTo = (response: ServerResponse, location: string, cookie?: string): void => {
    const kept = cookie && `${cookieName}=${cookie}; Path=${home}; HttpOnly; SameSite=Lax`;
    response.writeHead(303, { location, 'cache-control': 'no-store', ...(kept && { 'set-cookie': kept }) });
    response.end();
  };

  const show = (response: ServerResponse, body: Html): void => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...securityHeaders(),
    });
    response.end(page(name.fi, body));
  };

  const visitorOf = ({ headers }: IncomingMessage): Visitor | undefined =>
    visitors.get(readCookies(headers.cookie?.split(';'))[cookieName] ?? '');

  const handle: Handle = async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname.slice(home.length)) {
      case '':
        return show(response, homeBody(visitorOf(request), portalUrl));
      case 'sign-in':
        return goTo(response, await signIn());
      case 'callback':
        return goTo(response, home, await finish(url));
      case 'sign-out':
        return goTo(response, await signOut(visitorOf(request)));
      case 'front':
        endBySid(url.searchParams.get('sid'));
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
        });
        return void response.end('<!doctype html><title>-</title>');
      case 'back':
        return void response.writeHead(200).end();
      default:
        response.writeHead(404).end();
    }
  };
  return { service, secret, handle };
};
