import { describe, expect, it } from 'vitest';
import { DEFAULT_CALLBACK_POLICY } from '../../machines/promises/index.ts';
import { MINUTE, as } from '../../machines/vocabulary/index.ts';
import type { CallId, InquiryId, OperatorId, PromiseId } from '../../machines/vocabulary/index.ts';
import { loadCalendar } from '../../server/calendar/loadCalendar.ts';
import type { CallbackDocument } from '../../server/callbacks/callbackDocument.ts';
import { CallbacksRoom } from '../../server/callbacks/callbacksRoom.ts';
import { CallbackDesk } from '../../server/callbacks/desk.ts';
import type { CallbackNotice } from '../../server/callbacks/ports.ts';
import { Deadlines } from '../../server/deadlines/deadlines.ts';
import { Ledger } from '../../server/ledger/ledger.ts';
import type { DurableLog } from '../../server/ledger/ledger.ts';
import type { Collection, JournalEntry, StoredEntry } from '../../server/storage/port.ts';
import { FakeClock, flush } from '../support/fakeClock.ts';
import { strictFaults } from '../support/strictFaults.ts';

/** A journal whose storage can be taken away: entries then wait, and are written in order when it is back. */
class GatedLog implements DurableLog {
  readonly written: StoredEntry[] = [];
  #state: 'ok' | 'memory' = 'ok';
  #waiting: (() => void)[] = [];
  readonly #watchers = new Set<(state: 'ok' | 'memory') => void>();

  get state(): 'ok' | 'memory' {
    return this.#state;
  }
  readonly behindMs = 0;
  onState(watch: (state: 'ok' | 'memory') => void): () => void {
    this.#watchers.add(watch);
    return () => this.#watchers.delete(watch);
  }
  setAway(away: boolean): void {
    this.#state = away ? 'memory' : 'ok';
    if (!away) for (const write of this.#waiting.splice(0)) write();
    for (const watch of this.#watchers) watch(this.#state);
  }
  append(entries: readonly JournalEntry[]): Promise<{ lastSeq: number }> {
    return new Promise((resolve) => {
      const write = (): void => {
        for (const entry of entries) this.written.push({ ...entry, seq: this.written.length + 1 });
        resolve({ lastSeq: this.written.length });
      };
      if (this.#state === 'ok') write();
      else this.#waiting.push(write);
    });
  }
}

const ANNA = { id: as<OperatorId>('anna'), isSupervisor: false };
const CALL = { callId: as<CallId>('main/1.1'), inquiryId: as<InquiryId>('q-1'), clientKind: 'external' } as const;

const rig = async (log = new GatedLog()) => {
  const clock = new FakeClock();
  const ledger = new Ledger(log, strictFaults());
  const notices: CallbackNotice[] = [];
  const stored = new Map<string, CallbackDocument>();
  let storageIsAway = false;
  const collection = {
    put: (id: string, document: CallbackDocument) => {
      if (storageIsAway) return Promise.reject(new Error('planted'));
      stored.set(id, document);
      return Promise.resolve();
    },
  } as unknown as Collection<CallbackDocument>;
  const deadlines = new Deadlines({
    clock,
    onDue: (owner, _key, at) => room.onDue(owner, at),
    onFault: (fault) => {
      throw fault;
    },
  });
  const faults: unknown[] = [];
  const room: CallbacksRoom = new CallbacksRoom({
    ledger,
    clock,
    deadlines,
    calendar: await loadCalendar('scripts-library', 'Europe/Moscow'),
    inquiries: { addCallback: () => undefined, load: () => Promise.resolve(undefined) },
    notify: {
      forget: () => undefined,
      taken: () => undefined,
      notify: (notice) => notices.push(notice),
    },
    collection,
    rules: { policy: DEFAULT_CALLBACK_POLICY, country: 'RU', allowOutsideHours: false },
    nameOf: () => 'Анна Петровна',
    isOperator: () => true,
    isAtWork: () => true,
    onStorageFault: (fault) => faults.push(fault),
  });
  ledger.addRoom(room);
  const desk = new CallbackDesk(room, { dial: () => Promise.resolve() });
  const create = (id = 'c-1', inMs = 60 * MINUTE): PromiseId => {
    const promiseId = as<PromiseId>(id);
    const wanted = {
      promiseId,
      number: '89065550101',
      dueAt: clock.now() + inMs,
      question: 'Когда?',
      clientName: 'Петрова',
    };
    desk.create(CALL, wanted, ANNA, clock.now());
    return promiseId;
  };
  return {
    clock,
    ledger,
    log,
    room,
    desk,
    deadlines,
    notices,
    stored,
    faults,
    create,
    setStorageAway: (away: boolean) => (storageIsAway = away),
  };
};

describe('[3.5.5-г] a callback promised while storage is away', () => {
  it('[CB-60] is shown as not saved, reminds in time, and is in the journal when storage is back', async () => {
    const { clock, ledger, log, room, notices, create } = await rig();
    log.setAway(true);
    create();
    expect(await ledger.flush()).toEqual({ saved: false });
    expect(room.views(ANNA.id)).toMatchObject([{ saved: false, clientName: 'Петрова' }]);
    clock.advance(60 * MINUTE);
    expect(notices.map(({ code }) => code)).toEqual(['callback.dueSoon', 'callback.dueNow', 'callback.overdue']);
    expect(log.written).toEqual([]);
    log.setAway(false);
    await flush();
    expect(log.written[0]).toMatchObject({ stream: 'callback/c-1', kind: 'created' });
    expect(room.views(ANNA.id)).toMatchObject([{ saved: true, state: 'overdue' }]);
  });

  it('[CB-61] another server makes the same of the same journal, with deadlines at their instants', async () => {
    const first = await rig();
    const kept = first.create('c-1');
    const moved = first.create('c-2', 90 * MINUTE);
    first.desk.reschedule(
      moved,
      { dueAt: first.clock.now() + 200 * MINUTE, reason: 'ждём', clientInformed: true },
      ANNA,
      first.clock.now(),
    );
    first.desk.cancel(kept, 'клиент позвонил сам', ANNA, first.clock.now());
    await first.ledger.flush();
    const second = await rig();
    second.ledger.replay(first.log.written);
    second.ledger.endReplay(first.log.written.length);
    await flush();
    expect(second.room.get('c-2')).toEqual(first.room.get('c-2'));
    expect(second.deadlines.at('callback/c-2', 'callback.overdue')).toBe(first.clock.now() + 200 * MINUTE);
    expect(second.room.size).toBe(1);
    expect(second.stored.get('c-1')?.outcome).toBe('cancelled');
    expect(second.notices).toEqual([]);
  });

  it('[CB-62] a closed promise that cannot be written stays until it can', async () => {
    const { clock, ledger, room, desk, stored, faults, create, setStorageAway } = await rig();
    setStorageAway(true);
    const id = create();
    desk.cancel(id, 'клиент позвонил сам', ANNA, clock.now());
    await ledger.flush();
    expect(faults).toHaveLength(1);
    expect(room.snapshot(id)).toBeDefined();
    expect(room.views(ANNA.id)).toEqual([]);
    setStorageAway(false);
    await clock.advanceAsync(5_000);
    expect(stored.get(id)?.outcome).toBe('cancelled');
    expect(room.snapshot(id)).toBeUndefined();
  });

  it('[CB-63] the same promise created twice is one', async () => {
    const { room, create } = await rig();
    create();
    create();
    expect(room.size).toBe(1);
  });
});
