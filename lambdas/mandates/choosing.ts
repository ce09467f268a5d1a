import { randomBytes } from 'node:crypto';
import { pageUrl } from '../../web/urls.ts';
import type { Language } from '../domain/language.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { toReturnPath } from '../domain/return-path.ts';
import { type Answer, redirect } from '../http/answer.ts';
import { findSession } from '../http/api.ts';
import type { CitizenRequest, PublicRequest } from '../http/request.ts';
import { languageOf } from '../identity/sign-in.ts';
import { type Choosing, choosingMs } from '../storage/mandates.ts';
import { actFor, cookieOf, demandPatience, type MandateDependencies } from './mandates.ts';

/** Why nobody is acted for, as the page *Kenen puolesta asioit* is told: `?reason=`. */
export type Hindrance = 'cancelled' | 'none' | 'no-code' | 'unavailable' | 'expired' | 'several';

const choicePage = (language: Language, reason: Hindrance, returnPath: string | undefined): Answer => {
  const back = returnPath === undefined ? '' : `&return=${encodeURIComponent(returnPath)}`;
  return {
    ...redirect(`${pageUrl(language, 'actFor')}?reason=${reason}${back}`),
    ...(reason !== 'several' && { problem: `mandate/${reason}` }),
  };
};

const hinder = (why: Hindrance): never => refuse({ kind: 'identification-failed', why });

/** A browser asks with an address bar: it gets a page that says what to do. */
const onPage = async (
  language: Language,
  returnPath: string | undefined,
  act: () => Promise<Answer>,
): Promise<Answer> => {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason } = error;
    if (reason.kind === 'mandate-unavailable') return choicePage(language, 'unavailable', returnPath);
    if (reason.kind === 'identification-failed')
      return choicePage(language, reason.why as Hindrance, returnPath);
    return choicePage(language, 'expired', returnPath);
  }
};

/** Whoever is not signed in identifies first, and is led on to the register from there. */
const signedIn = async (
  request: PublicRequest,
  { sessions }: MandateDependencies,
): Promise<CitizenRequest | undefined> => {
  const session = await findSession(request, sessions).catch(error => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  return session && { ...request, session };
};

const signInFirst = (returnPath: string | undefined): Answer => {
  const back = returnPath === undefined ? '' : `&return=${encodeURIComponent(returnPath)}`;
  return redirect(`/api/auth/sign-in?as=organisation${back}`);
};

/** `GET auth/mandate?return=`: off to the register's page, where the person picks the organisation (R3.1). */
export const chooseMandate = async (
  request: PublicRequest,
  dependencies: MandateDependencies,
): Promise<Answer> => {
  const returnPath = toReturnPath(request.query.return);
  const language = languageOf(returnPath, request);
  const asked = await signedIn(request, dependencies);
  if (!asked) return signInFirst(returnPath);
  return onPage(language, returnPath, async () => {
    const { identityCode } = asked.session.identity;
    if (identityCode === undefined) return hinder('no-code');
    await demandPatience(request, dependencies.mandates);
    const visit = await dependencies.register.begin(identityCode);
    const state = randomBytes(32).toString('base64url');
    const begun = { registerSession: visit.session, language, returnPath, startedAt: request.now };
    await dependencies.mandates.begin(state, cookieOf(request), begun);
    return redirect(dependencies.register.choiceUrl(visit.user, state, language));
  });
};

/** The link one came by (R3.2); an organisation nobody has registered yet goes there by way of the registration. */
const destination = ({ language, returnPath }: Choosing, registered: boolean): string => {
  if (registered) return returnPath ?? pageUrl(language, 'front');
  const after = returnPath === undefined ? '' : `?return=${encodeURIComponent(returnPath)}`;
  return pageUrl(language, 'register') + after;
};

const finish = async (
  asked: CitizenRequest,
  choosing: Choosing,
  dependencies: MandateDependencies,
): Promise<Answer> => {
  const { register, mandates } = dependencies;
  const { code, error } = asked.query;
  if (error !== undefined) return hinder(error === 'access_denied' ? 'cancelled' : 'unavailable');
  if (!code || asked.now - choosing.startedAt >= choosingMs) return hinder('expired');
  const access = await register.redeem({ session: choosing.registerSession }, code);
  const found = (await register.mandates(access)) ?? hinder('unavailable');
  await mandates.hold(asked.session, cookieOf(asked), { access, mandates: found });
  const [first, ...others] = found;
  if (!first) return hinder('none');
  if (others.length > 0) return choicePage(choosing.language, 'several', choosing.returnPath);
  const { registered } = await actFor(asked, first, dependencies);
  return redirect(destination(choosing, registered));
};

/** `GET auth/mandate/callback`: back from the register, in the session that went there, with the state it took along. */
export const takeMandate = async (
  request: PublicRequest,
  dependencies: MandateDependencies,
): Promise<Answer> => {
  const asked = await signedIn(request, dependencies);
  const { state } = request.query;
  const choosing = asked && state ? await dependencies.mandates.take(state, cookieOf(request)) : undefined;
  const language = choosing?.language ?? languageOf(undefined, request);
  if (!asked || !choosing) return choicePage(language, 'expired', undefined);
  return onPage(language, choosing.returnPath, () => finish(asked, choosing, dependencies));
};
