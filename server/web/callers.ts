import type { Clock, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Log } from '../log.ts';
import type { Person, Sessions, Users } from '../people/users.ts';
import type { Caller } from './route.ts';
import { callerOf, tokenOf } from './session.ts';

export interface Headers {
  readonly cookie?: string | undefined;
  readonly authorization?: string | undefined;
}
export interface Callers {
  /** Who asks; `undefined`: nobody who is signed in. */
  of(headers: Headers): Promise<Caller | undefined>;
  /**
   * Whether a page that was opened as this person may stay: not when the session was ended, or the person changed or may
   * no longer sign in. A session whose time is over keeps its open page: somebody may be on the line there.
   */
  mayStay(headers: Headers, person: Person): Promise<boolean>;
}
export interface CallersSetup {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly log: Log;
  /** What other processes may have changed (the admin command, other instances) is read anew at most so often. */
  readonly freshMs: Milliseconds;
}

/** `freshMs` of the core: it is told of what the others do, and the admin command may be seen a little later. */
export const CORE_FRESH_MS: Milliseconds = 2_000;
/** A request waits for it so long; then what is known must do, for the storage is slow or away. */
const PATIENCE_MS: Milliseconds = 500;
const MOST_KNOWN = 5_000;

export function openCallers({ users, sessions, clock, log, freshMs }: CallersSetup): Callers {
  const readAt = new Map<string, Instant>();
  const read = async (token: string): Promise<void> => {
    try {
      const bearer = await sessions.refresh(token);
      if (bearer) await users.refresh(bearer.userId);
    } catch (fault) {
      log.warn({ err: fault }, 'people could not be read anew; those known are used');
    }
  };
  const refresh = async (token: string): Promise<void> => {
    const now = clock.now();
    if (freshMs === Infinity || now - (readAt.get(token) ?? -Infinity) < freshMs) return;
    if (readAt.size > MOST_KNOWN) readAt.clear();
    readAt.set(token, now);
    let stop = (): void => undefined;
    const patience = new Promise<void>((resolve) => (stop = clock.setTimer(now + PATIENCE_MS, resolve)));
    await Promise.race([read(token), patience]);
    stop();
  };
  return {
    async of(headers) {
      const token = tokenOf(headers);
      if (token !== undefined) await refresh(token);
      return callerOf({ users, sessions }, headers);
    },
    async mayStay(headers, person) {
      const token = tokenOf(headers);
      if (token === undefined) return false;
      await refresh(token);
      const isSame = JSON.stringify(users.get(person.id)) === JSON.stringify(person);
      return isSame && (await sessions.knows(token));
    },
  };
}
