import type { SessionAnswer } from '../../../lambdas/http/wire/session.ts';
import { tell } from '../../client/channel.ts';

let asked: Promise<SessionAnswer> | undefined;

const ask = async (): Promise<SessionAnswer> => {
  const response = await fetch('/api/session', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`session: ${response.status}`);
  return (await response.json()) as SessionAnswer;
};

/** Who is signed in, asked once a page however many scripts want to know. It never counts as use. */
export const currentSession = (): Promise<SessionAnswer> => (asked ??= ask());

/** True where somebody may be signed in: a public page asks the server only then. */
export const mayBeSignedIn = (): boolean => document.documentElement.classList.contains('signed-in');

/**
 * Ends the session here and at the identification service (R3.4). By fetch, then by navigating: a form that
 * redirects to another origin would be refused by `form-action 'self'`. Asks first where something typed would be lost,
 * and resolves to whether the session ends. Rejects where it could not be ended.
 */
export const signOut = async (fallback: string): Promise<boolean> => {
  const forget = await (await import('./unsent-dialog.ts')).mayLeave();
  if (!forget) return false;
  const response = await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!response.ok) throw new Error(`sign-out: ${response.status}`);
  tell({ type: 'ended', reason: 'signed-out' });
  const { location: next } = (await response.json().catch(() => ({}))) as { location?: string };
  await forget();
  // Nothing asks whether one really wants to leave: that has been asked.
  document.documentElement.classList.add('concealed');
  location.assign(next ?? fallback);
  return true;
};
