import type { EpochMs, OwnerId } from '../domain/case.ts';
import type { Ending, Session } from '../domain/session.ts';

export interface NewSession extends Omit<Session, 'idHash' | 'lastUsedAt'> {
  /** The provider's name for the person; a logout elsewhere may name it instead of the `sid`. */
  readonly subject: string;
  /** Proves at sign-out, to the provider, whose session is to end. */
  readonly idToken: string;
}

/** What is left of a session that was ended before its time. */
export interface EndedSession {
  readonly ended: Ending;
}

/** Signed-in browsers. The table knows only the SHA-256 of a cookie; what is personal is sealed by the cookie itself. */
export interface Sessions {
  /** Returns the cookie's value, 256 random bits, base64url. */
  create(session: NewSession): Promise<string>;
  /** Read consistently. The caller looks at the clock (`endedByTime`). */
  find(cookie: string): Promise<Session | EndedSession | undefined>;
  /** Writes down a use. A session ended meanwhile stays ended. */
  touch(session: Pick<Session, 'idHash'>, now: EpochMs): Promise<void>;
  /** After the registration, here or in another browser: from now on this folder. */
  register(session: Pick<Session, 'idHash'>, owner: OwnerId, person: OwnerId): Promise<void>;
}
