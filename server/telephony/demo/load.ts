import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { DemoExchange } from './exchange.ts';
import type { HappeningAt } from './happenings.ts';
import { mainOf } from './model.ts';
import { Random } from './random.ts';
import type { Telephones } from './telephones.ts';
import { STORIES, type StoryName } from './stories.ts';

export interface LoadOptions {
  readonly seed: number;
  readonly callsPerSecond: number;
  /** No new call while so many conversations go on; default: no limit. */
  readonly mostLive?: number;
  /** Multiplies every length of talk, hold and ringing: 1 is a real day, 0.02 a test. */
  readonly pace?: number;
  /** Which stories, and how often; default: all, as in `STORIES`. */
  readonly mix?: Readonly<Partial<Record<StoryName, number>>>;
}

/** One conversation and the story that it plays. */
export interface Played {
  readonly call: string;
  readonly story: StoryName;
  /** Telephones that have talked in it, the present one last. */
  readonly devices: string[];
  ended: boolean;
}

/**
 * Makes calls, lifts, holds, transfers, asks colleagues, hangs up: an endless day of a contact centre from one seed.
 * What truly happened is in the exchange's own happenings (`TrueLedger`); the generator keeps only who plays what.
 */
export class LoadGenerator {
  readonly exchange: DemoExchange;
  readonly keys: Telephones;
  readonly random: Random;
  readonly playing = new Map<string, Played>();
  started = 0;
  readonly #options: LoadOptions;
  readonly #mix: readonly (readonly [StoryName, number])[];
  readonly #stopWitness: () => void;
  #cancelNext: (() => void) | undefined;
  #owed = 0;
  #next: StoryName | undefined;

  constructor(exchange: DemoExchange, keys: Telephones, options: LoadOptions) {
    this.exchange = exchange;
    this.keys = keys;
    this.random = new Random(options.seed);
    this.#options = options;
    this.#mix = STORY_NAMES.map((name) => [name, options.mix ? (options.mix[name] ?? 0) : STORIES[name].weight]);
    exchange.clients.stranger = () => ({
      whenCalled: this.random.weighted(WHEN_CALLED) ?? 'answers',
      answersAfterMs: this.lasts(2_000, 12_000),
    });
    this.#stopWitness = exchange.witness((happening) => this.#on(happening));
  }

  start(): void {
    this.#owed = 0;
    this.#tick();
  }
  /** No new calls; those that go on play to their end. */
  stopCalling(): void {
    this.#cancelNext?.();
    this.#cancelNext = undefined;
  }
  close(): void {
    this.stopCalling();
    this.#stopWitness();
  }
  /** So many conversations at once, each answered and then left alone: for measuring what a live call costs. */
  fill(conversations: number): void {
    for (let each = 0; each < conversations; each += 1) this.#begin('endless');
  }

  /** How long something lasts, by the pace: between `least` and `most` of a real day. */
  lasts(least: Milliseconds, most: Milliseconds): Milliseconds {
    return Math.max(1, Math.round(this.random.between(least, most) * (this.#options.pace ?? 1)));
  }
  /** Runs `step` later, unless the conversation has ended by then. */
  later(played: Played, delayMs: Milliseconds, step: () => void): void {
    this.exchange.core.after(delayMs, () => {
      if (!played.ended) step();
    });
  }
  /** A telephone that is free, other than those of this conversation. */
  freeTelephone(played: Played): { device: string; number: string } | undefined {
    const { telephones } = this.exchange.core.site;
    for (let tries = 0; tries < 20; tries += 1) {
      const one = this.random.pick(telephones);
      if (one === undefined) return undefined;
      const free = this.exchange.core.board.of(one.device).length === 0;
      if (free && !played.devices.includes(one.device)) return one;
    }
    return undefined;
  }
  /** The telephone that talks in this conversation now, if it is still this one that it talks in. */
  talking(played: Played): string | undefined {
    const device = played.devices.at(-1) ?? '';
    return this.keys.talking(device)?.conversation === played.call ? device : undefined;
  }
  hangUp(played: Played, by: 'client' | 'operator'): void {
    const client = this.exchange.clientOf(played.call);
    const device = this.talking(played);
    if (by === 'operator' && device !== undefined) this.keys.hangUp(device);
    else if (client !== undefined) this.exchange.hangUpParty(client);
  }

  /** One look a tenth of a second: so many calls are owed by the rate. */
  #tick(): void {
    const { clock } = this.exchange.core;
    this.#owed += this.#options.callsPerSecond * (TICK_MS / 1000);
    while (this.#owed >= 1) {
      this.#owed -= 1;
      if (this.playing.size < (this.#options.mostLive ?? Infinity)) this.#begin(this.random.weighted(this.#mix));
    }
    this.#cancelNext = clock.setTimer(clock.now() + TICK_MS, () => this.#tick());
  }
  #begin(name: StoryName | undefined): void {
    if (name === undefined) return;
    this.#next = name;
    this.started += 1;
    STORIES[name].begin(this);
    this.#next = undefined;
  }
  /** Who is asked while the client waits lifts, mostly. */
  #asked(played: Played, happening: HappeningAt): void {
    if (happening.type !== 'offered' || this.random.chance(0.1)) return;
    const { device } = happening;
    this.later(played, this.lasts(800, 6_000), () => {
      if (mainOf(this.keys.ringing(device)[0]?.conversation ?? '') === played.call) this.keys.answer(device);
    });
  }

  #on(happening: HappeningAt): void {
    if (happening.type === 'started') {
      // Only what this generator began itself has a story.
      if (this.#next === undefined) return;
      this.playing.set(happening.call, { call: happening.call, story: this.#next, devices: [], ended: false });
      this.#next = undefined;
      return;
    }
    const played = this.playing.get(mainOf(happening.call));
    if (played === undefined) return;
    if (happening.call !== played.call) {
      this.#asked(played, happening);
      return;
    }
    if (happening.type === 'ended') {
      played.ended = true;
      this.playing.delete(happening.call);
      return;
    }
    if (happening.type === 'answered') played.devices.push(happening.device);
    STORIES[played.story].on(this, played, happening);
  }
}

const TICK_MS: Milliseconds = 100;
const WHEN_CALLED = [
  ['answers', 8],
  ['busy', 1],
  ['noAnswer', 1],
] as const;
const STORY_NAMES = Object.keys(STORIES) as StoryName[];
