import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { PacketFields } from '../connection/wire.ts';
import type { SiteQueue } from './site.ts';

/** What Asterisk counts of one queue since its start, by Asterisk's own rules. Times are whole seconds. */
export class QueueFigures {
  completed = 0;
  abandoned = 0;
  holdTime = 0;
  talkTime = 0;
  #answered = 0;
  #answeredInTime = 0;
  readonly #serviceLevelMs: Milliseconds;

  constructor(site: SiteQueue) {
    this.#serviceLevelMs = site.serviceLevelMs;
  }

  onAnswered(waitedMs: Milliseconds, holdTime: number): void {
    this.#answered += 1;
    if (waitedMs <= this.#serviceLevelMs) this.#answeredInTime += 1;
    this.holdTime = moving(this.holdTime, holdTime);
  }
  onCompleted(talkTime: number): void {
    this.completed += 1;
    this.talkTime = moving(this.talkTime, talkTime);
  }
  reset(): void {
    this.completed = 0;
    this.abandoned = 0;
    this.holdTime = 0;
    this.talkTime = 0;
    this.#answered = 0;
    this.#answeredInTime = 0;
  }

  /** The figures of `QueueParams`. */
  headers(): PacketFields {
    return {
      Holdtime: this.holdTime,
      TalkTime: this.talkTime,
      Completed: this.completed,
      Abandoned: this.abandoned,
      ServiceLevel: this.#serviceLevelMs / 1000,
      ServicelevelPerf: percent(this.#answeredInTime, this.#answered),
      ServicelevelPerf2: percent(this.#answeredInTime, this.#answered + this.abandoned),
    };
  }
}

/** Asterisk's own average: three quarters of the old, one quarter of the new, cut off. */
const moving = (old: number, fresh: number): number => Math.trunc((old * 3 + fresh) / 4);
const percent = (part: number, whole: number): string => (whole === 0 ? '0.0' : ((part / whole) * 100).toFixed(1));
