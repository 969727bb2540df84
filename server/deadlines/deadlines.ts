import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import { InstantHeap } from './instantHeap.ts';
import type { Alarm } from './instantHeap.ts';

/** One instant that an owner waits for; `key` is the owner's own word for it. */
export interface DueInstant {
  readonly key: string;
  readonly at: Instant;
}
export interface DeadlinesSetup {
  readonly clock: Clock;
  /** The instant has come. `at` is the clock's now, never before the instant that was set. */
  onDue(owner: string, key: string, at: Instant): void;
  /** `onDue` threw; the other deadlines go on. */
  onFault(fault: unknown, owner: string, key: string): void;
}

interface Deadline extends Alarm {
  readonly owner: string;
  readonly key: string;
}

/**
 * All instants of all promises, limits and reminders: one heap, one timer. Setting, moving and cancelling cost
 * O(log n). A deadline rings once, at or after its instant; after a forward step of the clock at once, after a backward
 * step at its instant by the new time. Instants in the past ring at the next turn of the clock, never within the call
 * that sets them. A deadline that an earlier one of the same moment cancels does not ring.
 */
export class Deadlines {
  readonly #setup: DeadlinesSetup;
  readonly #heap = new InstantHeap<Deadline>();
  readonly #owners = new Map<string, Map<string, Deadline>>();
  #order = 0;
  #armed: { readonly at: Instant; readonly cancel: () => void } | undefined;
  #stopped = false;

  constructor(setup: DeadlinesSetup) {
    this.#setup = setup;
  }

  get size(): number {
    return this.#heap.size;
  }
  /** The nearest instant. */
  get nextAt(): Instant | undefined {
    return this.#heap.first?.at;
  }
  at(owner: string, key: string): Instant | undefined {
    return this.#owners.get(owner)?.get(key)?.at;
  }

  /** Sets or moves one deadline. */
  set(owner: string, key: string, at: Instant): void {
    const known = this.#owners.get(owner)?.get(key);
    if (known?.at === at) return;
    if (known !== undefined) this.#heap.remove(known);
    const deadline: Deadline = { owner, key, at, order: this.#order, index: -1 };
    this.#order += 1;
    this.#remember(deadline);
    this.#heap.add(deadline);
    this.#rearm();
  }

  cancel(owner: string, key: string): void {
    const known = this.#owners.get(owner)?.get(key);
    if (known === undefined) return;
    this.#forget(known);
    this.#heap.remove(known);
    this.#rearm();
  }

  /** Exactly these deadlines of this owner from now on: what is not listed is cancelled, what stays is not moved. */
  arm(owner: string, due: readonly DueInstant[]): void {
    const wanted = new Set(due.map(({ key }) => key));
    for (const key of this.#owners.get(owner)?.keys() ?? []) if (!wanted.has(key)) this.cancel(owner, key);
    for (const { key, at } of due) this.set(owner, key, at);
  }

  /** Nothing rings any more. */
  stop(): void {
    this.#stopped = true;
    this.#armed?.cancel();
    this.#armed = undefined;
  }

  #remember(deadline: Deadline): void {
    let keys = this.#owners.get(deadline.owner);
    if (keys === undefined) this.#owners.set(deadline.owner, (keys = new Map()));
    keys.set(deadline.key, deadline);
  }
  #forget(deadline: Deadline): void {
    const keys = this.#owners.get(deadline.owner);
    keys?.delete(deadline.key);
    if (keys?.size === 0) this.#owners.delete(deadline.owner);
  }

  /** A timer that is armed too early finds nothing due and arms itself anew, so only an earlier instant moves it. */
  #rearm(): void {
    const first = this.#heap.first;
    if (this.#stopped || first === undefined) {
      this.#armed?.cancel();
      this.#armed = undefined;
      return;
    }
    if (this.#armed !== undefined && this.#armed.at <= first.at) return;
    this.#armed?.cancel();
    this.#armed = { at: first.at, cancel: this.#setup.clock.setTimer(first.at, () => this.#ring()) };
  }

  #ring(): void {
    this.#armed = undefined;
    const now = this.#setup.clock.now();
    for (const deadline of this.#takeDue(now)) {
      const isWanted = this.#owners.get(deadline.owner)?.get(deadline.key) === deadline;
      if (!isWanted || this.#stopped) continue;
      this.#forget(deadline);
      try {
        this.#setup.onDue(deadline.owner, deadline.key, now);
      } catch (fault) {
        this.#setup.onFault(fault, deadline.owner, deadline.key);
      }
    }
    this.#rearm();
  }

  /** Taken out before any rings, so that an owner who sets a past instant again and again cannot stop the rest. */
  #takeDue(now: Instant): Deadline[] {
    const due: Deadline[] = [];
    for (let first = this.#heap.first; first !== undefined && first.at <= now; first = this.#heap.first) {
      this.#heap.remove(first);
      due.push(first);
    }
    return due;
  }
}
