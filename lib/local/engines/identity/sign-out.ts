import type { KoaContextWithOIDC } from 'oidc-provider';
import { html } from '../../html.ts';
import type { Service } from './clients.ts';
import { languageOf, layout, type Page, type Reach, securityHeaders, translate } from './layout.ts';

/**
 * Signing out of everything at once (R3.4). A service that shows it knows the session (its ID token as a hint, or
 * the session id it was given, as `logout_hint`) is believed: one sees for a moment which services one leaves.
 * The front channel (OpenID Connect Front-Channel Logout 1.0) is ours, the provider brings the back channel.
 */
const answer = (ctx: KoaContextWithOIDC, page: Page, reach?: Reach): void => {
  ctx.type = 'html';
  ctx.set(securityHeaders(reach));
  ctx.body = layout(page);
};

const languageIn = (ctx: KoaContextWithOIDC) =>
  languageOf((ctx.oidc.params?.ui_locales as string | undefined) ?? ctx.get('accept-language'));

const asked = (ctx: KoaContextWithOIDC, name: string): string | undefined =>
  ctx.oidc.params?.[name] as string | undefined;

const isTrusted = (ctx: KoaContextWithOIDC): boolean => {
  const { session, client, entities } = ctx.oidc;
  const hint = entities.IdTokenHint as { payload?: { sub?: unknown } } | undefined;
  if (hint?.payload?.sub !== undefined && hint.payload.sub === session?.accountId) return true;
  const sid = client && session?.sidFor(client.clientId);
  return (sid !== undefined && asked(ctx, 'logout_hint') === sid) || ctx.query.confirmed === session?.uid;
};

/** Each signed-in service's front-channel address, with who says so and of which session. */
const frames = (ctx: KoaContextWithOIDC, services: readonly Service[]): URL[] =>
  services.flatMap(({ clientId, frontchannelLogoutUri }) => {
    if (!frontchannelLogoutUri) return [];
    const url = new URL(frontchannelLogoutUri);
    url.searchParams.set('iss', ctx.oidc.provider.issuer);
    url.searchParams.set('sid', ctx.oidc.session?.sidFor(clientId) ?? '');
    return [url];
  });

const signingOut = (ctx: KoaContextWithOIDC, form: string, signedIn: readonly Service[]): void => {
  const language = languageIn(ctx);
  const t = translate(language);
  const urls = frames(ctx, signedIn);
  const body = html`<h1>${t('signingOut')}</h1>
<p>${t('signingOutOf')}</p>
<ul>${signedIn.map(({ name }) => html`<li>${name[language]}</li>`)}</ul>
${{ html: form }}
<p><button form="op.logoutForm" name="logout" value="yes" data-proceed>${t('proceed')}</button></p>
<div class="frames" aria-hidden="true">${urls.map(
    url => html`<iframe src="${url.href}" title="${url.host}" tabindex="-1"></iframe>`,
  )}</div>`;
  const after = ctx.oidc.session?.state?.postLogoutRedirectUri;
  answer(
    ctx,
    { language, title: t('signingOut'), body, script: 'sign-out' },
    { forms: after ? [new URL(String(after)).origin] : [], frames: urls.map(url => url.origin) },
  );
};

const passedOn = ['client_id', 'post_logout_redirect_uri', 'state', 'ui_locales'] as const;

const question = (ctx: KoaContextWithOIDC, signedIn: readonly Service[]): void => {
  const language = languageIn(ctx);
  const t = translate(language);
  const fields = passedOn.flatMap(name => {
    const value = asked(ctx, name);
    return value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}">`];
  });
  const body = html`<h1>${t('signOutQuestion')}</h1>
<p>${t('signOutQuestionOf')}</p>
<ul>${signedIn.map(({ name }) => html`<li>${name[language]}</li>`)}</ul>
<form method="get" action="${ctx.path}">${fields}
<input type="hidden" name="confirmed" value="${ctx.oidc.session?.uid}">
<button>${t('signOut')}</button></form>`;
  answer(ctx, { language, title: t('signOutQuestion'), body });
};

export const signOutPages = (services: readonly Service[]) => ({
  logoutSource: (ctx: KoaContextWithOIDC, form: string): void => {
    const ids = Object.keys(ctx.oidc.session?.authorizations ?? {});
    const signedIn = services.filter(({ clientId }) => ids.includes(clientId));
    if (isTrusted(ctx)) signingOut(ctx, form, signedIn);
    else question(ctx, signedIn);
  },
  postLogoutSuccessSource: (ctx: KoaContextWithOIDC): void => {
    const language = languageIn(ctx);
    const title = translate(language)('signedOut');
    answer(ctx, { language, title, body: html`<h1>${title}</h1>` });
  },
});
