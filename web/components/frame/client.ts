/** What the frame does in the browser: language links, text size, menu, who is signed in, the helpline's hours. */
import { folderName } from '../../../lambdas/domain/folder-header.ts';
import { isLanguage, type Language } from '../../../lambdas/domain/language.ts';
import { tell } from '../../client/channel.ts';
import { inLanguage, placeOf } from '../../urls.ts';
import { afterPaint } from './after-paint.ts';
import { unfoldForPrint } from './print.ts';
import { currentSession, mayBeSignedIn, signOut } from './session.ts';

const root = document.documentElement;
const all = <E extends HTMLElement>(selector: string): E[] => [...document.querySelectorAll<E>(selector)];

/** The query goes along; where it says which page one is on the way to, that page changes its language too. */
const queryIn = (language: Language): string => {
  const query = new URLSearchParams(location.search);
  const target = query.get('return');
  if (target === null) return location.search;
  const [path = ''] = target.split(/[?#]/);
  if (placeOf(path)) query.set('return', inLanguage(path, language) + target.slice(path.length));
  return `?${query}`;
};

/** A shell's address and a list's filters are known only here; the choice is remembered for `/` (R1.2). */
const keepPlaceInLanguageLinks = (): void => {
  for (const link of all<HTMLAnchorElement>('[data-language]')) {
    const { language } = link.dataset;
    if (!isLanguage(language)) continue;
    const aim = (): void => {
      link.href = inLanguage(location.pathname, language) + queryIn(language) + location.hash;
    };
    // At once, for whoever opens it in a new tab; and again, for pages change their own address.
    if (placeOf(location.pathname)) aim();
    link.addEventListener('click', () => {
      aim();
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is newer than our browsers
      document.cookie = `language=${language}; path=/; max-age=31536000; samesite=lax`;
    });
  }
};

const showTextSize = (size: string): void => {
  for (const button of all('[data-size]'))
    button.setAttribute('aria-pressed', String(button.dataset.size === size));
};

const rememberTextSize = (size: string): void => {
  try {
    localStorage.setItem('text-size', size);
  } catch {
    // Storage may be forbidden: the size holds for this page.
  }
};

const offerTextSizes = (): void => {
  showTextSize(root.dataset.textSize ?? 'm');
  for (const button of all('[data-size]')) {
    const { size = 'm' } = button.dataset;
    button.addEventListener('click', () => {
      root.dataset.textSize = size;
      rememberTextSize(size);
      showTextSize(size);
    });
  }
};

const foldMenu = (): void => {
  const button = document.querySelector('.menu-button');
  const toggle = (open: boolean): void => button?.setAttribute('aria-expanded', String(open));
  button?.addEventListener('click', () => toggle(button.getAttribute('aria-expanded') !== 'true'));
  document.querySelector('.header')?.addEventListener('keydown', event => {
    if ((event as KeyboardEvent).key !== 'Escape' || button?.getAttribute('aria-expanded') !== 'true') return;
    toggle(false);
    (button as HTMLElement).focus();
  });
};

const showSession = async (): Promise<void> => {
  if (!mayBeSignedIn()) return;
  const session = await currentSession().catch(() => undefined);
  if (session?.signedIn === false) root.classList.remove('signed-in');
  if (session?.signedIn !== true) return;
  tell({ type: 'opened', folder: folderName(session.organisation) });
  for (const place of all('[data-account-name]')) {
    const organisation = session.mandateLost ? undefined : session.organisation;
    place.textContent = organisation ? `${place.dataset.organisation} ${organisation.name}` : session.name;
    place.classList.toggle('account__name--organisation', organisation !== undefined);
  }
};

const offerSignOut = (): void => {
  for (const button of all<HTMLButtonElement>('[data-sign-out]')) {
    let isLeaving = false;
    const failure = document.getElementById('sign-out-failed');
    button.addEventListener('click', async () => {
      if (isLeaving) return;
      isLeaving = true;
      if (failure) failure.textContent = '';
      isLeaving = await signOut(button.dataset.signOut ?? '/').catch(() => {
        if (failure) failure.textContent = failure.dataset.text ?? '';
        return false;
      });
    });
  }
};

/** In a script of its own, for who has them before their eyes: the calendar of holidays is no small matter. */
const showHours = (): void => {
  const sight = new IntersectionObserver(entries => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    sight.disconnect();
    void import('./hours.ts').then(
      part => part.showHours(),
      () => undefined,
    );
  });
  for (const helpline of all('.helpline')) sight.observe(helpline);
};

keepPlaceInLanguageLinks();
offerTextSizes();
foldMenu();
offerSignOut();
afterPaint(showHours);
unfoldForPrint();
void showSession();
