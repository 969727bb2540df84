import { AppError, type Clock, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Log } from '../log.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';
import type { Ledger } from './ledger.ts';

interface SnapshotDocument {
  readonly stream: string;
  /** Entries up to this one are in `state`. */
  readonly seq: number;
  readonly state: unknown;
  /** Of the core that wrote it, when instances take turns. */
  readonly epoch?: number;
}
interface CheckpointDocument {
  /** The journal is replayed from here. */
  readonly seq: number;
  /** Snapshots of this epoch count, all others are leavings. */
  readonly epoch?: number;
}
const snapshotsSpec: CollectionSpec<SnapshotDocument> = {
  name: 'snapshots',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => document as SnapshotDocument,
};
const checkpointSpec: CollectionSpec<CheckpointDocument> = {
  name: 'checkpoint',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => document as CheckpointDocument,
};

/** The journal is read in pages of this many lines at recovery. */
const PAGE = 2_000;
/** Written together: one transaction of the embedded engine, for which appends wait. */
const AT_ONCE = 200;
const EVERY_MS: Milliseconds = 5_000;

/**
 * Bounds the replay: every few seconds the states that changed are stored with the journal's position, so that a start
 * costs the live calls and a few seconds of journal, whatever the length of history. Each snapshot carries its own
 * position, so a crash half-way through a checkpoint does no harm.
 *
 * Where instances take turns (`epoch`), each core writes snapshots of its own and moves the checkpoint by
 * compare-and-set: an old core that wakes up late can neither overwrite a newer snapshot nor set the position back.
 */
export class Checkpoints {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #snapshots: Collection<SnapshotDocument>;
  readonly #checkpoint: Collection<CheckpointDocument>;
  readonly #epoch: number | undefined;
  #revision = 0;
  /** Snapshots of earlier epochs; they go when ours are complete. */
  #leavings: string[] = [];
  readonly #storage: Storage;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  private constructor(
    storage: Storage,
    ledger: Ledger,
    clock: Clock,
    log: Log,
    snapshots: Collection<SnapshotDocument>,
    checkpoint: Collection<CheckpointDocument>,
    epoch: number | undefined,
  ) {
    this.#epoch = epoch;
    this.#storage = storage;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#log = log;
    this.#snapshots = snapshots;
    this.#checkpoint = checkpoint;
  }
  static async open(storage: Storage, ledger: Ledger, clock: Clock, log: Log, epoch?: number): Promise<Checkpoints> {
    const snapshots = await storage.collection(snapshotsSpec);
    const checkpoint = await storage.collection(checkpointSpec);
    return new Checkpoints(storage, ledger, clock, log, snapshots, checkpoint, epoch);
  }

  /**
   * Brings the rooms to where the journal ends. Returns how many snapshots and entries it took. `prepare` sees states
   * and entries before they are applied, to load what they will need. A stream whose state cannot be read is made anew
   * from all its entries.
   */
  async recover(
    prepare: (bodies: readonly unknown[]) => Promise<void>,
  ): Promise<{ snapshots: number; entries: number }> {
    const checkpoint = await this.#checkpoint.get('journal');
    this.#revision = checkpoint?.revision ?? 0;
    const { positions, unread } = await this.#restore(checkpoint?.document.epoch, prepare);
    const from = checkpoint?.document.seq ?? 0;
    for (const stream of unread) await this.#remake(stream, from, prepare);
    const { entries, lastSeq } = await this.#replay(from, positions, prepare);
    this.#ledger.endReplay(lastSeq);
    return { snapshots: positions.size, entries };
  }

  async #restore(
    epoch: number | undefined,
    prepare: (bodies: readonly unknown[]) => Promise<void>,
  ): Promise<{ positions: ReadonlyMap<string, number>; unread: readonly string[] }> {
    const positions = new Map<string, number>();
    const unread: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#snapshots.find({ limit: 1_000, ...(cursor === undefined ? {} : { cursor }) });
      const counted = page.items.filter(({ document }) => document.epoch === epoch);
      this.#leavings.push(...page.items.filter((each) => each.document.epoch !== this.#epoch).map(({ id }) => id));
      await prepare(counted.map(({ document }) => document.state));
      for (const { document } of counted) {
        if (this.#ledger.restore(document.stream, document.state)) positions.set(document.stream, document.seq);
        else unread.push(document.stream);
        if (epoch !== this.#epoch) this.#ledger.markDirty(document.stream);
      }
      cursor = page.next;
    } while (cursor !== undefined);
    return { positions, unread };
  }

  /** The replay takes it on from `until`. */
  async #remake(stream: string, until: number, prepare: (bodies: readonly unknown[]) => Promise<void>): Promise<void> {
    const entries = (await this.#storage.journal.readStream(stream)).filter(({ seq }) => seq <= until);
    await prepare(entries.map(({ body }) => body));
    this.#ledger.replay(entries);
  }

  async #replay(
    from: number,
    positions: ReadonlyMap<string, number>,
    prepare: (bodies: readonly unknown[]) => Promise<void>,
  ): Promise<{ entries: number; lastSeq: number }> {
    let lastSeq = from;
    let entries = 0;
    for (;;) {
      const page = await this.#storage.journal.readAfter(lastSeq, PAGE);
      const last = page.at(-1);
      if (!last) return { entries, lastSeq };
      const fresh = page.filter((entry) => entry.seq > (positions.get(entry.stream) ?? 0));
      await prepare(fresh.map((entry) => entry.body));
      this.#ledger.replay(fresh);
      entries += fresh.length;
      lastSeq = last.seq;
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
      // The journal and its backlog have everything; a stop must not wait for a storage that is away.
      if (seq === undefined) return this.#ledger.dirtyAgain(taken.states.keys());
      await this.#store(taken.states, seq);
      await this.#move(seq);
    } catch (fault) {
      this.#ledger.dirtyAgain(taken.states.keys());
      throw fault;
    }
  }
  async #store(states: ReadonlyMap<string, unknown>, seq: number): Promise<void> {
    const kept: { id: string; document: SnapshotDocument }[] = [];
    const gone: string[] = [];
    for (const [stream, state] of states) {
      const id = this.#epoch === undefined ? stream : `${this.#epoch}/${stream}`;
      if (state === undefined) gone.push(id);
      else kept.push({ id, document: { stream, seq, state, ...this.#ofEpoch() } });
    }
    for (let at = 0; at < kept.length; at += AT_ONCE) await this.#snapshots.putAll(kept.slice(at, at + AT_ONCE));
    await this.#remove(gone);
  }
  async #remove(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += AT_ONCE) await this.#snapshots.deleteAll(ids.slice(at, at + AT_ONCE));
  }
  async #move(seq: number): Promise<void> {
    const document: CheckpointDocument = { seq, ...this.#ofEpoch() };
    if (this.#epoch === undefined) return this.#checkpoint.put('journal', document);
    const moved =
      this.#revision === 0
        ? await this.#checkpoint.insert('journal', document)
        : await this.#checkpoint.replace('journal', document, this.#revision);
    if (moved === 'ok') this.#revision += 1;
    else await this.#refused();
    await this.#remove(this.#leavings.splice(0));
  }
  /** Either an earlier move of ours arrived unanswered, or another core is at work. */
  async #refused(): Promise<never> {
    const stored = await this.#checkpoint.get('journal');
    if (stored?.document.epoch === this.#epoch) this.#revision = stored?.revision ?? 0;
    throw new AppError('ledger.checkpointMoved', 'the checkpoint was moved meanwhile');
  }
  #ofEpoch(): { epoch?: number } {
    return this.#epoch === undefined ? {} : { epoch: this.#epoch };
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
