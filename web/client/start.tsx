/** Starts a page that only a signed-in person sees: session first, then the view, then the watch over both. */
import { render, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { folderName } from '../../lambdas/domain/folder-header.ts';
import { pageLanguage } from '../components/frame/page-texts.ts';
import { currentSession, signOut } from '../components/frame/session.ts';
import { LoadFailure } from '../components/notice/load-failure.tsx';
import { type PageName, pageUrl } from '../urls.ts';
import { getSession, listen, openedFor, staySignedIn } from './api.ts';
import { receive } from './carried.ts';
import { hasSaidEnd, hear, type Message, tell } from './channel.ts';
import type fi from './fi.json';
import { lazily } from './lazily.tsx';
import { prepareLiveRegion } from './live.ts';
import { type EndReason, type SessionWatch, type SignedIn, type Warning, watchSession } from './session.ts';
import { texts } from './texts.ts';
import { keepTyped } from './typed-before.ts';
import { here as unsent } from './unsent.ts';

/** Most visits never see it; who has lost the network five minutes before the end could not stay anyway. */
const SessionWarning = lazily(() =>
  import('../components/session-warning/session-warning.tsx').then(part => part.SessionWarning),
);

const here = (): string => location.pathname + location.search;

/** The page that lets one in, which then leads back here. */
const goBy = (page: PageName): void =>
  location.replace(`${pageUrl(pageLanguage(), page)}?return=${encodeURIComponent(here())}`);

/** The right to act for the organisation has ended: the page there says so, and whom one can act for. */
const goToMandates = (): void => {
  conceal(true);
  goBy('actFor');
};

/** Nothing of the session may be seen once it is over, nor flash when the browser brings a page back (R3.6). */
const conceal = (hidden: boolean): void =>
  void document.documentElement.classList.toggle('concealed', hidden);

/** A page that signs out is already going to the provider: nothing may turn it from that way. */
const leave = (reason: EndReason): void => {
  unsent.hasSignedOut ||= reason === 'signed-out';
  conceal(true);
  if (hasSaidEnd()) return;
  tell({ type: 'ended', reason });
  // Whom the clock has signed out comes back to where they were; who signed out may not be the next one here.
  const back = reason === 'signed-out' ? '' : `&return=${encodeURIComponent(here())}`;
  location.replace(`${pageUrl(pageLanguage(), 'signedOut')}?reason=${reason}${back}`);
};

/** A tab of the same browser that used the session, or ended it, and a page brought back from the browser's memory. */
const followTheBrowser = (watch: SessionWatch, folder: string, isWarned: () => boolean): (() => void) => {
  const isElsewhere = (message: Message) =>
    message.type === 'switched' || (message.type === 'opened' && message.folder !== folder);
  const deafen = hear(message => {
    if (message.type === 'ended') watch.learn({ signedIn: false, ended: message.reason });
    else if (isWarned() || isElsewhere(message)) void watch.check();
  });
  const silence = listen({
    used: () => {
      tell({ type: 'used' });
      if (isWarned()) void watch.check();
    },
    mandateLost: goToMandates,
    conflict: () => void watch.check(),
    // With its refusal the cookie has gone: asked now, the server would not know why.
    unauthenticated: (kind, ended = 'idle') =>
      kind === 'session-expired' ? watch.learn({ signedIn: false, ended }) : void watch.check(),
  });
  const ends = new AbortController();
  const on = (target: EventTarget, name: string, act: (event: PageTransitionEvent) => void) =>
    target.addEventListener(name, act as EventListener, { signal: ends.signal });
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') void watch.check();
  });
  on(window, 'pagehide', event => {
    if (event.persisted) conceal(true);
  });
  on(window, 'pageshow', async event => {
    if (!event.persisted) return;
    await watch.check();
    if (!watch.over()) conceal(false);
  });
  return () => {
    ends.abort();
    silence();
    deafen();
  };
};

const SessionGuard = ({ first }: { first: SignedIn }) => {
  const [warning, setWarning] = useState<Warning>();
  const [dismissed, setDismissed] = useState(false);
  const watch = useRef<SessionWatch>(null);
  const warned = useRef(false);
  useEffect(() => {
    const started = watchSession(first, {
      ask: getSession,
      now: Date.now,
      leave,
      restart: () => {
        conceal(true);
        location.reload();
      },
      warn: next => {
        warned.current = next !== undefined;
        setWarning(next);
      },
    });
    watch.current = started;
    const unfollow = followTheBrowser(started, folderName(first.organisation), () => warned.current);
    return () => {
      started.stop();
      unfollow();
    };
  }, []);
  if (!warning || (dismissed && !warning.canStay)) return null;
  return (
    <SessionWarning
      warning={warning}
      onStay={async () => watch.current?.learn(await staySignedIn())}
      onSignOut={async () => void (await signOut(pageUrl(pageLanguage(), 'signedOut')))}
      onDismiss={() => setDismissed(true)}
    />
  );
};

/**
 * Fills `#app`. Whoever is not signed in goes to sign in, whoever has not registered to register, and both come
 * back to this very address. `unregistered` lets the page itself take in those who have not registered; `carried` opens
 * what the page's other language has sent along; what `first` answers is there when the view is first shown, so that what
 * the page came with stays until then. Undefined where it failed.
 */
export const startSignedIn = async <First = undefined>(
  view: (session: SignedIn, first: First | undefined) => VNode | null,
  options: {
    readonly unregistered?: true;
    /** The page is for those too whose mandate has ended. */
    readonly mandateLost?: true;
    readonly carried?: (fragment: string) => Promise<unknown>;
    readonly first?: () => Promise<First>;
  } = {},
): Promise<void> => {
  if (options.carried) await receive(options.carried);
  const root = document.getElementById('app');
  if (!root) return;
  prepareLiveRegion();
  const show = (content: VNode) => {
    keepTyped(root);
    root.replaceChildren();
    root.removeAttribute('aria-busy');
    render(content, root);
  };
  const session = await currentSession().catch(() => undefined);
  if (session === undefined) {
    const failed = texts<keyof typeof fi>()('start.failed');
    show(<LoadFailure what={failed} onRetry={() => location.reload()} />);
  } else if (!session.signedIn) goBy('signIn');
  else if (session.mandateLost && !options.mandateLost) goToMandates();
  else if (!session.registered && !options.unregistered) goBy('register');
  else {
    openedFor(session.organisation);
    const first = await options.first?.().catch(() => undefined);
    show(
      <>
        {view(session, first)}
        <SessionGuard first={session} />
      </>,
    );
  }
};
