/**
 * The session as a tab lives it (R3.4–R3.6): asks the server, which alone knows, how long is left; warns five
 * minutes before the end; and shows nothing once it has ended, wherever it was ended.
 */
import type { EpochMs } from '../../lambdas/domain/case.ts';
import type { SessionAnswer } from '../../lambdas/http/wire/session.ts';

export type SignedIn = Extract<SessionAnswer, { signedIn: true }>;
export type EndReason = NonNullable<Extract<SessionAnswer, { signedIn: false }>['ended']>;

export interface Warning {
  readonly endsAt: EpochMs;
  /** False when the absolute end is what comes: use cannot move it. */
  readonly canStay: boolean;
}

/** The browser, as far as the watch needs it. */
export interface Surroundings {
  ask(): Promise<SessionAnswer>;
  now(): EpochMs;
  /** A warning to show, or undefined when there is none any more. */
  warn(warning: Warning | undefined): void;
  /** The session has ended: show nothing more of it. */
  leave(reason: EndReason): void;
  /** Somebody else is signed in now: what is on the screen is not theirs. */
  restart(): void;
}

export interface SessionWatch {
  /** Asks at once. */
  check(): Promise<void>;
  /** Takes an answer that came by another way. */
  learn(answer: SessionAnswer): void;
  /** True once it has ended or somebody else is signed in. */
  over(): boolean;
  stop(): void;
}

/** Five minutes (R3.5). */
export const warningSeconds = 300;
/** Asking is no use of the session; it notices a sign-out elsewhere and a clock that was set. */
const checkSeconds = 30;
const checkSecondsWhenWarned = 10;

const secondsLeft = (answer: SignedIn): number =>
  Math.min(answer.idleSecondsLeft, answer.absoluteSecondsLeft);

/** Seconds until the server is asked again. */
export const nextCheck = (left: number): number =>
  left <= warningSeconds
    ? Math.max(1, Math.min(left + 1, checkSecondsWhenWarned))
    : Math.min(left - warningSeconds, checkSeconds);

const sameFolder = (one: SignedIn, other: SignedIn): boolean =>
  one.kind === other.kind &&
  one.name === other.name &&
  one.mandateLost === other.mandateLost &&
  one.organisation?.businessId === other.organisation?.businessId;

/** Watches from the first answer on; there is one timer. */
export const watchSession = (first: SignedIn, around: Surroundings): SessionWatch => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endsAt = around.now();
  let canStay = true;
  let over = false;

  const stop = () => {
    over = true;
    clearTimeout(timer);
  };

  const wait = (seconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(check, seconds * 1000);
  };

  /** By what is known; tells how long it holds. */
  const show = () => {
    const left = (endsAt - around.now()) / 1000;
    around.warn(left > warningSeconds ? undefined : { endsAt, canStay });
    return left;
  };

  const learn = (answer: SessionAnswer) => {
    if (over) return;
    if (!answer.signedIn) {
      stop();
      around.leave(answer.ended ?? 'signed-out');
    } else if (!sameFolder(first, answer)) {
      stop();
      around.restart();
    } else {
      endsAt = around.now() + secondsLeft(answer) * 1000;
      canStay = answer.absoluteSecondsLeft > answer.idleSecondsLeft;
      wait(nextCheck(show()));
    }
  };

  const check = async () => {
    const answer = await around.ask().catch(() => undefined);
    // Without a connection the last known end is what holds.
    if (answer) learn(answer);
    else if (around.now() >= endsAt) learn({ signedIn: false, ended: canStay ? 'idle' : 'absolute' });
    else if (!over) wait(nextCheck(show()));
  };

  learn(first);
  return { check, learn, over: () => over, stop };
};
