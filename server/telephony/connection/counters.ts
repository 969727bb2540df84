import type { AmiStats } from './connection.ts';

/** Names come from outside, so their number is bounded. */
const NAMES_BOUND = 200;
const OTHER_NAMES = '(other)';

/** The counters behind `AmiStats`. Only the connection counts; everyone else reads. */
export class Counters implements AmiStats {
  received = 0;
  delivered = 0;
  refusedUserEvents = 0;
  late = 0;
  faulty = 0;
  handlerFaults = 0;
  logins = 0;
  refusedLogins = 0;
  losses = 0;
  overflows = 0;
  timeouts = 0;
  pendingActions = 0;
  queued = 0;
  queuedPeak = 0;
  readonly droppedEvents = new Map<string, number>();
  readonly unknownEvents = new Map<string, number>();

  dropped(name: string): void {
    count(this.droppedEvents, name);
  }

  unknown(name: string): void {
    count(this.unknownEvents, name);
  }
}

const count = (names: Map<string, number>, raw: string): void => {
  const clean = raw.replace(/\W/g, '_').slice(0, 40);
  const name = names.has(clean) || names.size < NAMES_BOUND - 1 ? clean : OTHER_NAMES;
  names.set(name, (names.get(name) ?? 0) + 1);
};
