import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, type CallId, type ExchangeId } from '../../machines/vocabulary/index.ts';
import { LiveCall } from '../../server/calls/liveCall.ts';
import { createLog } from '../../server/log.ts';
import { HistoryArchive } from '../../server/reports/callArchive.ts';
import { storageFault } from '../../server/storage/faults.ts';
import type { Storage } from '../../server/storage/port.ts';
import { FakeClock, FAKE_START } from '../support/fakeClock.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';

const NAMES = { person: () => undefined, inquiry: () => undefined };
const callOf = (name: string): LiveCall => {
  const common = { callId: as<CallId>(`main/${name}`), exchangeId: as<ExchangeId>('main'), at: FAKE_START };
  const client = { number: '79065550101', name: '' };
  return new LiveCall({
    type: 'call.started',
    direction: 'inbound',
    linkedid: name,
    client,
    dialled: '1',
    ...common,
  } as never);
};

describe('calls on their way into the history', () => {
  let temp: TempStorage;
  const clock = new FakeClock();
  beforeEach(async () => {
    temp = await tempStorage(clock);
  });
  afterEach(() => temp.remove());

  const server = async (storage: Storage = temp.storage) => {
    const told: Record<string, boolean> = {};
    const archive = await HistoryArchive.open(storage, {
      names: NAMES,
      clock,
      log: createLog('silent'),
      onArchived: (callId, _document, isNew) => void (told[callId] = isNew),
    });
    return { archive, told };
  };

  it('[CHAOS-06] one that was there before a crash and comes again with the replay is not new, whoever counts', async () => {
    const before = await server();
    before.archive.replayed();
    before.archive.finished(callOf('1.1'));
    await before.archive.settled();
    const after = await server(await temp.reopen());
    for (const each of ['1.1', '1.2']) after.archive.finished(callOf(each));
    after.archive.replayed();
    after.archive.finished(callOf('1.3'));
    await after.archive.settled();
    expect(before.told).toEqual({ 'main/1.1': true });
    expect(after.told).toEqual({ 'main/1.1': false, 'main/1.2': true, 'main/1.3': true });
  });

  it('[CHAOS-06] one that a broken link put there by an attempt without an answer is still new', async () => {
    const { archive, told } = await server();
    const { collection } = archive;
    const putAll = collection.putAll.bind(collection);
    const broken = new Promise<void>((resolve) => {
      collection.putAll = async (documents) => {
        await putAll(documents);
        collection.putAll = putAll;
        resolve();
        throw storageFault('storage.unavailable', 'the link broke');
      };
    });
    archive.finished(callOf('1.1'));
    archive.replayed();
    await broken;
    await clock.advanceAsync(1_000);
    await archive.settled();
    expect(told).toEqual({ 'main/1.1': true });
  });

  it('[CHAOS-06] a call that cannot be written keeps no other waiting, and is not forgotten', async () => {
    const { archive, told } = await server();
    const bad = callOf('1.2');
    // The storage takes no such number.
    Object.assign(bad.rest, { callNumber: 1n });
    for (const live of [callOf('1.1'), bad, callOf('1.3')]) archive.finished(live);
    await archive.settled();
    expect(Object.keys(told)).toEqual(['main/1.1', 'main/1.3']);
    expect(archive.pending('main/1.2')).toBe(bad);
  });
});
