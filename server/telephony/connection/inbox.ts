import type { AmiPacket } from './connection.ts';
import type { Counters } from './counters.ts';
import type { AmiLimits } from './options.ts';

/**
 * What came from the exchange and was not handled yet, in its order. The decoder only puts in; one turn of the event
 * loop takes out for so long as `turnMs` says, so that a slow consumer never keeps the socket from being read: Asterisk
 * closes a reader that makes no progress for 100 ms (`writetimeout`).
 */
export class Inbox {
  #items: (AmiPacket | (() => void))[] = [];
  #head = 0;
  #scheduled = false;
  #closed = false;
  readonly #limits: AmiLimits;
  readonly #counters: Counters;
  readonly #deliver: (batch: readonly AmiPacket[]) => void;

  constructor(limits: AmiLimits, counters: Counters, deliver: (batch: readonly AmiPacket[]) => void) {
    this.#limits = limits;
    this.#counters = counters;
    this.#deliver = deliver;
  }

  /** `full`: it was taken, but no more should come. */
  push(packet: AmiPacket): 'taken' | 'full' {
    const counters = this.#counters;
    counters.queued += 1;
    counters.queuedPeak = Math.max(counters.queuedPeak, counters.queued);
    this.#put(packet);
    return counters.queued >= this.#limits.queueBound ? 'full' : 'taken';
  }

  /** Runs `run` after all packets that came before; what came after waits for the next turn, and so for promises. */
  mark(run: () => void): void {
    this.#put(run);
  }

  /** Delivers nothing from here on. What was marked still runs: a promise must not be left hanging. */
  close(): void {
    const left = this.#items.slice(this.#head);
    this.#closed = true;
    this.#items = [];
    this.#head = 0;
    this.#counters.queued = 0;
    for (const item of left) if (typeof item === 'function') item();
  }

  #put(item: AmiPacket | (() => void)): void {
    if (this.#closed) return;
    this.#items.push(item);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  #turn(): void {
    const until = performance.now() + this.#limits.turnMs;
    let run: (() => void) | undefined;
    do {
      const batch: AmiPacket[] = [];
      while (run === undefined && batch.length < this.#limits.batchSize && this.#head < this.#items.length) {
        const item = this.#items[this.#head];
        this.#head += 1;
        if (typeof item === 'function') run = item;
        else if (item !== undefined) batch.push(item);
      }
      this.#compact();
      this.#counters.queued -= batch.length;
      if (batch.length > 0) this.#deliver(batch);
    } while (run === undefined && this.#items.length > 0 && performance.now() < until);
    if (this.#items.length > 0) this.#schedule();
    run?.();
  }

  #compact(): void {
    if (this.#head < this.#items.length && this.#head < 1_024) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
