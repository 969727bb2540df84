import type { Clock, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Log } from '../log.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';
import type { Ledger } from './ledger.ts';

interface SnapshotDocument {
  readonly stream: string;
  /** Entries up to this one are in `state`. */
  readonly seq: number;
  readonly state: unknown;
}
const snapshotsSpec: CollectionSpec<SnapshotDocument> = {
  name: 'snapshots',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => document as SnapshotDocument,
};
const checkpointSpec: CollectionSpec<{ seq: number }> = {
  name: 'checkpoint',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => document as { seq: number },
};

/** The journal is read in pages of this many lines at recovery. */
const PAGE = 2_000;
const EVERY_MS: Milliseconds = 5_000;

/**
 * Bounds the replay: every few seconds the states that changed are stored with the journal's position, so that a start
 * costs the live calls and a few seconds of journal, whatever the length of history. Each snapshot carries its own
 * position, so a crash half-way through a checkpoint does no harm.
 */
export class Checkpoints {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #snapshots: Collection<SnapshotDocument>;
  readonly #checkpoint: Collection<{ seq: number }>;
  readonly #storage: Storage;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  private constructor(
    storage: Storage,
    ledger: Ledger,
    clock: Clock,
    log: Log,
    snapshots: Collection<SnapshotDocument>,
    checkpoint: Collection<{ seq: number }>,
  ) {
    this.#storage = storage;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#log = log;
    this.#snapshots = snapshots;
    this.#checkpoint = checkpoint;
  }
  static async open(storage: Storage, ledger: Ledger, clock: Clock, log: Log): Promise<Checkpoints> {
    const snapshots = await storage.collection(snapshotsSpec);
    return new Checkpoints(storage, ledger, clock, log, snapshots, await storage.collection(checkpointSpec));
  }

  /**
   * Brings the rooms to where the journal ends. Returns how many snapshots and entries it took. `prepare` sees states
   * and entries before they are applied, to load what they will need.
   */
  async recover(
    prepare: (bodies: readonly unknown[]) => Promise<void>,
  ): Promise<{ snapshots: number; entries: number }> {
    const positions = new Map<string, number>();
    let cursor: string | undefined;
    do {
      const page = await this.#snapshots.find({ limit: 1_000, ...(cursor === undefined ? {} : { cursor }) });
      await prepare(page.items.map(({ document }) => document.state));
      for (const { document } of page.items) {
        positions.set(document.stream, document.seq);
        this.#ledger.restore(document.stream, document.state);
      }
      cursor = page.next;
    } while (cursor !== undefined);
    const from = (await this.#checkpoint.get('journal'))?.document.seq ?? 0;
    const entries = await this.#replay(from, positions, prepare);
    this.#ledger.endReplay();
    return { snapshots: positions.size, entries };
  }

  async #replay(
    from: number,
    positions: ReadonlyMap<string, number>,
    prepare: (bodies: readonly unknown[]) => Promise<void>,
  ): Promise<number> {
    let after = from;
    let count = 0;
    for (;;) {
      const page = await this.#storage.journal.readAfter(after, PAGE);
      const last = page.at(-1);
      if (!last) return count;
      const fresh = page.filter((entry) => entry.seq > (positions.get(entry.stream) ?? 0));
      await prepare(fresh.map((entry) => entry.body));
      this.#ledger.replay(fresh);
      count += fresh.length;
      after = last.seq;
    }
  }

  start(): void {
    this.#cancel = this.#clock.setTimer(this.#clock.now() + EVERY_MS, () => {
      this.#running = this.write()
        .catch((fault: unknown) =>
          this.#log.warn({ err: fault }, 'a checkpoint could not be written; the journal has everything'),
        )
        .then(() => this.start());
    });
  }

  /** Stores what changed since the last checkpoint. */
  async write(): Promise<void> {
    const taken = this.#ledger.takeDirty();
    if (taken.states.size === 0) return;
    try {
      const seq = await taken.durable;
      await this.#store(taken.states, seq);
      await this.#checkpoint.put('journal', { seq });
    } catch (fault) {
      this.#ledger.dirtyAgain(taken.states.keys());
      throw fault;
    }
  }
  async #store(states: ReadonlyMap<string, unknown>, seq: number): Promise<void> {
    const kept: { id: string; document: SnapshotDocument }[] = [];
    for (const [stream, state] of states) {
      if (state === undefined) await this.#snapshots.delete(stream);
      else kept.push({ id: stream, document: { stream, seq, state } });
    }
    if (kept.length > 0) await this.#snapshots.putAll(kept);
  }

  abandon(): void {
    this.#cancel();
  }
  async stop(): Promise<void> {
    this.#cancel();
    await this.#running;
    this.#cancel();
    await this.write();
  }
}
