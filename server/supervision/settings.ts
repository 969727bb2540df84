import { z } from 'zod';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { BoardSettings, QueueThresholds, ServiceLevelFormula } from '../contract/index.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';

const MINUTE_MS = 60_000;
const LONG = {
  talkWarnMs: 10 * MINUTE_MS,
  talkBreachMs: 20 * MINUTE_MS,
  pauseWarnMs: 20 * MINUTE_MS,
  pauseBreachMs: 45 * MINUTE_MS,
} as const;
/** Limits that came later have a default: what was stored before them is still read. */
const thresholds = z.object({
  waitWarnMs: z.number(),
  waitBreachMs: z.number(),
  talkWarnMs: z.number().default(LONG.talkWarnMs),
  talkBreachMs: z.number().default(LONG.talkBreachMs),
  pauseWarnMs: z.number().default(LONG.pauseWarnMs),
  pauseBreachMs: z.number().default(LONG.pauseBreachMs),
  serviceLevelMs: z.number(),
  shortAbandonMs: z.number(),
  serviceLevelGoal: z.number(),
});
const schema = z.object({
  formula: z.enum(['answeredWithin/offered', 'answeredWithin/answered', 'answeredWithin/(offered-shortAbandoned)']),
  thresholds: z.record(z.string(), thresholds),
  default: thresholds,
});
const spec: CollectionSpec<BoardSettings> = {
  name: 'boardSettings',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => schema.parse(document),
};
const ID = 'board';
export const DEFAULT_SETTINGS: BoardSettings = {
  formula: 'answeredWithin/offered',
  thresholds: {},
  default: {
    waitWarnMs: 20_000,
    waitBreachMs: 60_000,
    ...LONG,
    serviceLevelMs: 20_000,
    shortAbandonMs: 5_000,
    serviceLevelGoal: 0.8,
  },
};

/** Definitions and thresholds of the board: one document, changed by supervisors. */
export class SupervisionSettings {
  readonly #collection: Collection<BoardSettings>;
  #value: BoardSettings;
  #revision: number;

  private constructor(collection: Collection<BoardSettings>, value: BoardSettings, revision: number) {
    this.#collection = collection;
    this.#value = value;
    this.#revision = revision;
  }
  static async open(storage: Storage): Promise<SupervisionSettings> {
    const collection = await storage.collection(spec);
    await collection.insert(ID, DEFAULT_SETTINGS);
    const stored = await collection.get(ID);
    return new SupervisionSettings(collection, stored?.document ?? DEFAULT_SETTINGS, stored?.revision ?? 1);
  }
  get value(): BoardSettings {
    return this.#value;
  }
  of(queue: string | undefined): QueueThresholds {
    return (queue === undefined ? undefined : this.#value.thresholds[queue]) ?? this.#value.default;
  }
  /** Throws `supervision.conflict` when somebody changed them meanwhile. */
  async change(formula: ServiceLevelFormula, queue: string | null, next: QueueThresholds | undefined): Promise<void> {
    const before = this.#value;
    const value: BoardSettings = {
      formula,
      thresholds: next && queue !== null ? { ...before.thresholds, [queue]: next } : before.thresholds,
      default: next && queue === null ? next : before.default,
    };
    if ((await this.#collection.replace(ID, value, this.#revision)) === 'conflict')
      throw new AppError('supervision.conflict', 'somebody changed the settings just now', { kind: 'user' });
    this.#revision += 1;
    this.#value = value;
  }
}
