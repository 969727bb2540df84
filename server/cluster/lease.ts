import type { Clock, Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Log } from '../log.ts';
import type { Collection, CollectionSpec, Storage, Stored } from '../storage/port.ts';

/** Who is the core of this database. One document, changed by compare-and-set on its revision alone. */
export interface LeaseDocument {
  /** Id of the instance, or of the last one that was. */
  readonly holder: string;
  /** Where a person finds it: host, port, process. */
  readonly title: string;
  /** Rises with every taking: the fence of the journal. */
  readonly epoch: number;
  readonly renewedAt: Instant;
  /** Given back: anybody may take it at once. */
  readonly released: boolean;
}
export const leasesSpec: CollectionSpec<LeaseDocument> = {
  name: 'leases',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => document as LeaseDocument,
};
export const LEASE_ID = 'core';

export interface Holder {
  readonly id: string;
  /** `host:port (process 123)`. */
  readonly title: string;
}
const placeOf = (title: string): string | undefined => title.split(' ')[0];
/** The lease was taken. */
export interface Tenure {
  readonly epoch: number;
  /** Who had it before, if anybody ever had. */
  readonly previous?: LeaseDocument;
}
export interface LeaseTools {
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds that no step of the wall clock touches; they go on while the process is stopped. */
  readonly monotonic?: () => Milliseconds;
}

/** A lease that has not changed for so long is free. With the look and the recovery under 5 s in all. */
export const LEASE_TTL_MS: Milliseconds = 2_000;
const RENEW_EVERY_MS: Milliseconds = 400;
/** A renewal unanswered for so long counts as unanswered: the storage is away. */
const RENEW_WITHIN_MS: Milliseconds = 800;

/**
 * The lease of the core. No instance compares its clock with another's: an instance takes the lease when it has itself
 * seen it unchanged for `LEASE_TTL_MS`, without a look that failed in between, or when an earlier process on its own data
 * folder had it. So after an outage of the database the core that went on from memory has the time to renew before
 * anybody else may take over.
 */
export class Lease {
  readonly #collection: Collection<LeaseDocument>;
  readonly #me: Holder;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #monotonic: () => Milliseconds;
  #seen: { readonly revision: number; readonly at: Milliseconds } | undefined;
  #held: Stored<LeaseDocument> | undefined;
  #begunAt: Milliseconds = -Infinity;
  #cancel: () => void = () => undefined;
  #renewing: Promise<unknown> = Promise.resolve();
  #lost = false;
  /** Who waits for the answer to the next renewal. */
  #waiting: (() => void)[] = [];

  private constructor(collection: Collection<LeaseDocument>, me: Holder, tools: LeaseTools) {
    this.#collection = collection;
    this.#me = me;
    this.#clock = tools.clock;
    this.#log = tools.log;
    this.#monotonic = tools.monotonic ?? (() => performance.now());
  }
  static async open(storage: Storage, me: Holder, tools: LeaseTools): Promise<Lease> {
    return new Lease(await storage.collection(leasesSpec), me, tools);
  }

  /** One look at the lease; the tenure when it was free and is ours now. Rejects as the storage does. */
  async tryTake(): Promise<Tenure | undefined> {
    let stored: Stored<LeaseDocument> | undefined;
    const begunAt = this.#monotonic();
    try {
      stored = await this.#collection.get(LEASE_ID);
    } catch (fault) {
      this.#seen = undefined;
      throw fault;
    }
    const isOurs = stored !== undefined && this.#isOfBefore(stored.document);
    if (stored && !stored.document.released && !isOurs && !this.#unchanged(stored.revision)) return undefined;
    const mine = this.#document((stored?.document.epoch ?? 0) + 1);
    const taken =
      stored === undefined
        ? await this.#collection.insert(LEASE_ID, mine)
        : await this.#collection.replace(LEASE_ID, mine, stored.revision);
    if (taken !== 'ok') return undefined;
    this.#begunAt = begunAt;
    this.#held = { id: LEASE_ID, revision: (stored?.revision ?? 0) + 1, document: mine };
    return { epoch: mine.epoch, ...(stored ? { previous: stored.document } : {}) };
  }
  /** Who has it as far as is known. */
  async holder(): Promise<LeaseDocument | undefined> {
    return (await this.#collection.get(LEASE_ID))?.document;
  }

  /** Renews from now on; `onLost` is called once, when somebody else has taken the lease. */
  keep(onLost: () => void): void {
    this.#cancel = this.#clock.setTimer(this.#clock.now() + RENEW_EVERY_MS, () => {
      this.#renewing = this.#renew().then((kept) => {
        if (kept) this.keep(onLost);
        else if (!this.#lost) {
          this.#lost = true;
          onLost();
        }
        this.#tellWaiting();
      });
    });
  }
  /** Somebody else is known to be the core. */
  get lost(): boolean {
    return this.#lost;
  }
  /**
   * Whether we may act. False after a pause of the process that was longer than the lease, until the next renewal has
   * told whether it is still ours. While the database is away we may: nobody can take the lease then.
   */
  get valid(): boolean {
    return this.#held !== undefined && !this.#lost && this.#monotonic() - this.#begunAt < LEASE_TTL_MS;
  }
  /** Resolves when it is known whether we may act: at once, or with the renewal that comes after a pause. */
  async settled(): Promise<void> {
    while (this.#held !== undefined && !this.#lost && !this.valid)
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }
  /** Gives the lease back, so that the next one need not wait. */
  async release(): Promise<void> {
    this.#cancel();
    await this.#renewing;
    this.#cancel();
    const held = this.#held;
    this.#held = undefined;
    this.#tellWaiting();
    if (held && !this.#lost)
      await this.#collection.replace(LEASE_ID, { ...held.document, released: true }, held.revision);
  }

  #tellWaiting(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  /**
   * Our own from before: the process that had it is dead, for we have its data folder's lock. At another place the folder
   * may be a copy, and the server of the other one alive.
   */
  #isOfBefore({ holder, title }: LeaseDocument): boolean {
    return holder === this.#me.id && placeOf(title) === placeOf(this.#me.title);
  }
  #unchanged(revision: number): boolean {
    const now = this.#monotonic();
    if (this.#seen?.revision !== revision) this.#seen = { revision, at: now };
    return now - this.#seen.at >= LEASE_TTL_MS;
  }
  #document(epoch: number): LeaseDocument {
    const { id, title } = this.#me;
    return { holder: id, title, epoch, renewedAt: this.#clock.now(), released: false };
  }

  /** False when it is somebody else's. */
  async #renew(): Promise<boolean> {
    const begunAt = this.#monotonic();
    let late: () => void = () => undefined;
    const unanswered = new Promise<'unknown'>((resolve) => {
      late = this.#clock.setTimer(this.#clock.now() + RENEW_WITHIN_MS, () => resolve('unknown'));
    });
    const outcome = await Promise.race([this.#write(), unanswered]);
    late();
    if (outcome === 'lost') return false;
    this.#begunAt = begunAt;
    return true;
  }
  async #write(): Promise<'kept' | 'lost' | 'unknown'> {
    const held = this.#held;
    if (!held) return 'unknown';
    try {
      const mine = this.#document(held.document.epoch);
      if ((await this.#collection.replace(LEASE_ID, mine, held.revision)) === 'ok') {
        this.#held = { id: LEASE_ID, revision: held.revision + 1, document: mine };
        return 'kept';
      }
      // A renewal of ours may have arrived after all, unanswered.
      const stored = await this.#collection.get(LEASE_ID);
      const ours = stored?.document.holder === this.#me.id && stored.document.epoch === held.document.epoch;
      if (!ours) return 'lost';
      this.#held = stored;
      return 'kept';
    } catch (fault) {
      this.#log.warn({ err: fault }, 'the lease could not be renewed: the storage is away');
      return 'unknown';
    }
  }
}
