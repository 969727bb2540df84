import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkpoints } from '../../server/ledger/checkpoints.ts';
import { Faults } from '../../server/faults.ts';
import { Ledger, type Room } from '../../server/ledger/ledger.ts';
import { createLog } from '../../server/log.ts';
import type { CollectionSpec, Storage } from '../../server/storage/port.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { strictFaults } from '../support/strictFaults.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';

/** Streams are open until their entry `closed`. */
class Streams implements Room {
  readonly prefix = 'call';
  readonly open = new Map<string, unknown>();
  readonly applied: Record<string, string[]> = {};
  readonly #unreadable: readonly string[];
  constructor(unreadable: readonly string[]) {
    this.#unreadable = unreadable;
  }
  apply({ stream, kind, body }: Parameters<Room['apply']>[0]): void {
    const id = stream.slice(this.prefix.length + 1);
    (this.applied[id] ??= []).push(kind);
    if (kind === 'closed') this.open.delete(id);
    else this.open.set(id, body);
  }
  snapshot(id: string): unknown {
    return this.open.get(id);
  }
  restore(id: string, state: unknown): void {
    if (this.#unreadable.includes(`${this.prefix}/${id}`)) throw new Error('written by another release');
    this.open.set(id, state);
  }
}

describe('checkpoints', () => {
  const clock = new FakeClock();
  let temp: TempStorage;
  let deleted: number[] = [];
  beforeEach(async () => {
    temp = await tempStorage(clock);
    deleted = [];
  });
  afterEach(() => temp.remove());

  /** Notes how many documents each deletion takes. */
  function watched(storage: Storage): Storage {
    return {
      ...storage,
      journal: storage.journal,
      async collection<T>(spec: CollectionSpec<T>) {
        const collection = await storage.collection(spec);
        const remove = collection.deleteAll.bind(collection);
        collection.deleteAll = (ids) => {
          deleted.push(ids.length);
          return remove(ids);
        };
        return collection;
      },
    };
  }
  async function start(
    faults = strictFaults(),
    unreadable: readonly string[] = [],
    epoch?: number,
  ): Promise<{ room: Streams; ledger: Ledger; checkpoints: Checkpoints }> {
    const { journal } = temp.storage;
    const room = new Streams(unreadable);
    const ledger = new Ledger(
      { append: (entries) => journal.append(entries), state: 'ok', behindMs: 0, onState: () => () => {} },
      faults,
    );
    ledger.addRoom(room);
    const checkpoints = await Checkpoints.open(watched(temp.storage), ledger, clock, createLog('silent'), epoch);
    await checkpoints.recover(async () => undefined);
    return { room, ledger, checkpoints };
  }
  const record = async (ledger: Ledger, kind: string, count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) ledger.record(`call/${index}`, kind, clock.now(), { index });
    await ledger.flush();
  };

  it('[LEDGER-20] what closed leaves the checkpoint together, not with one wait for the disk each', async () => {
    const { ledger, checkpoints } = await start();
    await record(ledger, 'opened', 60);
    await checkpoints.write();
    await record(ledger, 'closed', 50);
    await checkpoints.write();
    expect(deleted).toEqual([50]);
    await temp.reopen();
    const again = await start();
    expect([...again.room.open.keys()].sort()).toEqual(['50', '51', '52', '53', '54', '55', '56', '57', '58', '59']);
  });

  it('[LEDGER-21] a state that this release cannot read is made anew from its entries, and the start goes on', async () => {
    const { ledger, checkpoints } = await start();
    await record(ledger, 'opened', 3);
    await checkpoints.write();
    await record(ledger, 'opened again', 2);
    await temp.reopen();
    const faults = new Faults(createLog('silent'));
    const again = await start(faults, ['call/1', 'call/2']);
    expect([...faults.counts]).toEqual([['snapshot', 2]]);
    expect(again.room.applied).toEqual({ '0': ['opened again'], '1': ['opened', 'opened again'], '2': ['opened'] });
  });

  it('[LEDGER-22] a start after which nothing happened does not set the position back', async () => {
    const { ledger, checkpoints } = await start(undefined, [], 1);
    await record(ledger, 'opened', 2);
    await checkpoints.write();
    await temp.reopen();
    // Another core's snapshots become its own, though nothing was recorded since.
    await (await start(undefined, [], 2)).checkpoints.write();
    await temp.reopen();
    const again = await start(undefined, [], 3);
    expect([...again.room.open.keys()]).toEqual(['0', '1']);
    expect(again.room.applied).toEqual({});
  });
});
