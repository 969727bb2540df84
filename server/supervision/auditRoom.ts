import { z } from 'zod';
import type { Clock, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { Collection, CollectionSpec, JournalEntry } from '../storage/port.ts';

/** One act or one look at personal data: who, what, at whom, when, why. */
export interface AuditRow {
  readonly at: Instant;
  readonly who: string;
  readonly whoName: string;
  /** Stable dotted code: `listening.start`, `call.viewed`, `transfer.allowed`… */
  readonly what: string;
  readonly whom: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}
const schema = z.looseObject({ at: z.number(), who: z.string(), what: z.string(), whom: z.string() });
export const auditSpec: CollectionSpec<AuditRow> = {
  name: 'audit',
  version: 1,
  columns: {
    at: { type: 'instant', of: (row) => row.at },
    who: { type: 'text', of: (row) => row.who },
    what: { type: 'text', of: (row) => row.what },
    whom: { type: 'text', of: (row) => row.whom },
  },
  indexes: [{ columns: ['at'] }, { columns: ['who', 'at'] }, { columns: ['whom', 'at'] }],
  check: (document) => schema.parse(document) as unknown as AuditRow,
};
const AGAIN_MS: Milliseconds = 2_000;

/** Acts go through the journal like everything else, then into their own collection for search. */
export class AuditRoom implements Room {
  readonly prefix = 'audit';
  readonly collection: Collection<AuditRow>;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #pending = new Map<string, AuditRow>();
  #count = 0;

  constructor(collection: Collection<AuditRow>, ledger: Ledger, clock: Clock) {
    this.collection = collection;
    this.#ledger = ledger;
    this.#clock = clock;
  }
  /** Recorded with the next flush. */
  note(
    row: Omit<AuditRow, 'at' | 'reason' | 'details'> & Partial<Pick<AuditRow, 'reason' | 'details'>>,
    at: Instant,
  ): void {
    this.#count += 1;
    this.#ledger.record(`audit/${at}-${this.#count}-${row.who}`, 'act', at, { reason: '', details: {}, ...row, at });
  }
  apply(entry: JournalEntry): void {
    const id = entry.stream.slice(this.prefix.length + 1);
    this.#pending.set(id, entry.body as AuditRow);
    void this.#store(id);
  }
  async #store(id: string): Promise<void> {
    const row = this.#pending.get(id);
    if (!row) return;
    try {
      await this.collection.put(id, row);
    } catch {
      // Storage is away: the journal has it.
      this.#clock.setTimer(this.#clock.now() + AGAIN_MS, () => void this.#store(id));
      return;
    }
    this.#pending.delete(id);
    this.#ledger.markDirty(`audit/${id}`);
  }
  snapshot(id: string): AuditRow | undefined {
    return this.#pending.get(id);
  }
  restore(id: string, state: unknown): void {
    this.#pending.set(id, state as AuditRow);
    void this.#store(id);
  }
}
