import type { Log } from './log.ts';

/** What was being done: the metric counts by it. */
export type FaultPlace = 'entry' | 'snapshot' | 'fact' | 'promise' | 'script' | 'deadline' | 'command' | 'view';

/**
 * Faults of ours, contained: what throws while one of many is dealt with is that one's fault. It is told in the log and
 * counted, and everything else goes on. What can be told to a person (a refused command, a lost link) is none.
 */
export class Faults {
  readonly #log: Pick<Log, 'error'>;
  readonly #counts = new Map<FaultPlace, number>();

  constructor(log: Pick<Log, 'error'>) {
    this.#log = log;
  }
  /** How many there were since the start, by place. */
  get counts(): ReadonlyMap<FaultPlace, number> {
    return this.#counts;
  }
  /** `about`: whose it is, by ids; never what was said. */
  tell(fault: unknown, place: FaultPlace, about: Readonly<Record<string, string>>): void {
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
    this.#log.error(
      { err: fault, place, ...about },
      'a fault of the product: what it hit is left as it was, all else goes on',
    );
  }
  /** What `act` gives, `undefined` when it throws. */
  contain<Value>(place: FaultPlace, about: Readonly<Record<string, string>>, act: () => Value): Value | undefined {
    try {
      return act();
    } catch (fault) {
      this.tell(fault, place, about);
      return undefined;
    }
  }
}
