import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_TTL_MS, Lease, leasesSpec, type LeaseDocument } from '../../server/cluster/lease.ts';
import { holdBack } from '../../server/cluster/holdBack.ts';
import { fencedStorage } from '../../server/cluster/fencedStorage.ts';
import { createLog } from '../../server/log.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { FaultyStorage } from '../support/faultyStorage.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';

const log = createLog('silent');

describe('the lease of the core', () => {
  let temp: TempStorage;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = new FakeClock();
    temp = await tempStorage(clock);
  });
  afterEach(() => temp.remove());

  const open = (id: string, storage = temp.storage, title = id): Promise<Lease> =>
    Lease.open(storage, { id, title }, { clock, log, monotonic: () => clock.now() });
  /**
   * Time passes in small steps, and what was asked of the storage is answered in between: writes and reads have a thread
   * each, and each answers in order.
   */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100);
      for (const _ of ['the renewal', 'what follows from it']) {
        await temp.storage.ping();
        await temp.storage.journal.readAfter(0, 1);
      }
    }
  };

  it('[LEASE-01] one takes it, the other does not while it is renewed', async () => {
    const [a, b] = [await open('a'), await open('b')];
    expect(await a.tryTake()).toMatchObject({ epoch: 1 });
    a.keep(() => expect.fail('lost'));
    for (let each = 0; each < 10; each += 1) {
      expect(await b.tryTake()).toBeUndefined();
      await pass(500);
    }
    expect(a.valid).toBe(true);
    await a.release();
  });
  it('[LEASE-02] unchanged for its time it is free, with the next epoch and the name of the last holder', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.tryTake();
    expect(await b.tryTake()).toBeUndefined();
    clock.advance(LEASE_TTL_MS - 1);
    expect(await b.tryTake()).toBeUndefined();
    clock.advance(1);
    expect(await b.tryTake()).toMatchObject({ epoch: 2, previous: { holder: 'a' } });
  });
  it('[LEASE-06] that of an earlier process on the same data folder is free at once', async () => {
    const [before, now, other] = [await open('a'), await open('a'), await open('b')];
    await before.tryTake();
    expect(await other.tryTake()).toBeUndefined();
    expect(await now.tryTake()).toMatchObject({ epoch: 2, previous: { holder: 'a' } });
  });
  it('[LEASE-09] a server on a copy of the data folder takes it from nobody', async () => {
    const on = (title: string) => open('a', temp.storage, title);
    const [first, copy] = [await on('one:8080 (process 7)'), await on('two:8080 (process 7)')];
    await first.tryTake();
    expect(await copy.tryTake()).toBeUndefined();
    const restarted = await on('one:8080 (process 9)');
    expect(await restarted.tryTake()).toMatchObject({ epoch: 2 });
  });
  it('[LEASE-08] in a restored database nobody has it at once, not even who held it when the backup was made', async () => {
    const restored = await tempStorage(clock);
    try {
      const [before, present] = [await open('a', restored.storage), await open('a')];
      await before.tryTake();
      await before.release();
      for (const _ of [1, 2, 3]) await present.tryTake();
      await holdBack(restored.storage, temp.storage, clock);
      const again = await open('a', restored.storage);
      expect(await again.tryTake()).toBeUndefined();
      clock.advance(LEASE_TTL_MS);
      // Above the three turns in the present one.
      expect(await again.tryTake()).toMatchObject({ epoch: 5 });
    } finally {
      await restored.remove();
    }
  });
  it('[LEASE-03] given back it is free at once', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.tryTake();
    await a.release();
    expect(await b.tryTake()).toMatchObject({ epoch: 2 });
  });
  it('[LEASE-04] a look that failed begins the waiting anew: who held it during an outage renews first', async () => {
    const faulty = new FaultyStorage(temp.storage);
    const [a, b] = [await open('a'), await open('b', faulty)];
    await a.tryTake();
    expect(await b.tryTake()).toBeUndefined();
    faulty.mood = 'gone';
    await expect(b.tryTake()).rejects.toThrow();
    clock.advance(10 * LEASE_TTL_MS);
    faulty.mood = 'well';
    expect(await b.tryTake()).toBeUndefined();
  });
  it('[LEASE-05] a holder that was paused may do nothing until it knows, and learns that it is over', async () => {
    const [a, b] = [await open('a'), await open('b')];
    await a.tryTake();
    const [holds] = [fencedStorage(temp.storage, a, () => expect.fail('not by the journal'))];
    const collection = await holds.collection({
      name: 'things',
      version: 1,
      columns: {},
      indexes: [],
      check: (document) => document,
    });
    await collection.put('x', {});
    await b.tryTake();
    clock.advance(LEASE_TTL_MS);
    expect(a.valid).toBe(false);
    const waiting = expect(collection.put('x', {})).rejects.toMatchObject({ code: 'storage.fenced' });
    await b.tryTake();
    let lost = 0;
    a.keep(() => (lost += 1));
    await pass(1_500);
    expect(lost).toBe(1);
    await waiting;
    await expect(collection.put('x', {})).rejects.toMatchObject({ code: 'storage.fenced' });
  });
  it('[LEASE-07] a write of a holder that stood still for a while waits until the lease is known to be its own', async () => {
    let stood = 0;
    const tools = { clock, log, monotonic: () => clock.now() + stood };
    const a = await Lease.open(temp.storage, { id: 'a', title: 'a' }, tools);
    await a.tryTake();
    a.keep(() => expect.fail('lost'));
    const fenced = fencedStorage(temp.storage, a, () => expect.fail('fenced'));
    const collection = await fenced.collection({ ...leasesSpec, name: 'things' });
    stood = 2 * LEASE_TTL_MS;
    expect(a.valid).toBe(false);
    const written = collection.put('x', {} as LeaseDocument);
    await pass(600);
    await written;
    await a.release();
  });
});
