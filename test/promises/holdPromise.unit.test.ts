import { describe, expect, it } from 'vitest';
import {
  clientOnHold,
  holdDueInstants,
  holdNameability,
  isKeyingTransfer,
  stepHolds,
} from '../../machines/promises/index.ts';
import * as f from './facts.ts';
import { onlyRecord, run, view, warnings } from './runHolds.ts';

describe('[3.5.5-б] the hold promise', () => {
  it('[3.5.5-б] starts at the fact of the hold, not when the time is named', () => {
    const before = run(f.named(0, 120));
    expect(view(before.book)).toMatchObject({ state: 'named', promisedMs: 120_000 });
    expect(view(before.book)?.dueAt).toBeUndefined();
    expect(holdDueInstants(before.book)).toEqual([]);
    const { book, effects } = run(f.named(0, 120), f.held(7));
    expect(view(book)).toMatchObject({ state: 'running', heldAt: f.at(7), dueAt: f.at(127), promiseId: 'h1' });
    expect(effects).toEqual([{ type: 'hold.started', promiseId: 'h1', heldAt: f.at(7), dueAt: f.at(127) }]);
  });

  it('[3.5.5-б] warns at 30 s, 10 s and 0, once each, at instants that do not move', () => {
    const start = run(f.named(0, 120), f.held(0));
    expect(holdDueInstants(start.book)).toEqual([
      { key: 'hold.30', at: f.at(90) },
      { key: 'hold.10', at: f.at(110) },
      { key: 'hold.0', at: f.at(120) },
    ]);
    const { book, effects } = run(
      f.named(0, 120),
      f.held(0),
      f.time(89),
      f.time(90),
      f.time(90),
      f.time(110),
      f.time(120),
      f.time(125),
    );
    expect(warnings(effects)).toEqual([30, 10, 0]);
    expect(view(book)).toMatchObject({ state: 'overdue', dueAt: f.at(120) });
    expect(holdDueInstants(book)).toEqual([]);
  });

  it('[HOLD-01] a clock that jumped over all warnings tells the last one only', () => {
    const { effects } = run(f.named(0, 120), f.held(0), f.time(500));
    expect(warnings(effects)).toEqual([0]);
  });

  it('[HOLD-02] a short promise is not warned about before it has begun', () => {
    const { book, effects } = run(f.named(0, 20), f.held(0), f.time(1), f.time(10), f.time(20));
    expect(warnings(effects)).toEqual([10, 0]);
    expect(holdDueInstants(run(f.named(0, 20), f.held(0)).book).map(({ key }) => key)).toEqual(['hold.10', 'hold.0']);
    expect(view(book)?.state).toBe('overdue');
  });

  it('[3.5.5-б] is kept when the operator returns in time, on record with promised and real times', () => {
    const { book } = run(f.named(0, 120), f.held(5), f.resumed(65));
    expect(book.current).toBeNull();
    expect(onlyRecord(book)).toMatchObject({
      promiseId: 'h1',
      by: 'anna',
      outcome: 'kept',
      ending: 'returned',
      namedAt: f.at(0),
      promisedMs: 120_000,
      heldAt: f.at(5),
      dueAt: f.at(125),
      endedAt: f.at(65),
      onHoldMs: 60_000,
      lateMs: 0,
    });
  });

  it.each([
    ['at the very instant', 120, 'kept', 0],
    ['a millisecond late', 120.001, 'broken', 1],
    ['much later, though no timer ever fired', 900, 'broken', 780_000],
  ])('[3.5.5-б] returning %s is judged by the instants of the facts', (_name, seconds, outcome, lateMs) => {
    expect(onlyRecord(run(f.named(0, 120), f.held(0), f.resumed(seconds)).book)).toMatchObject({ outcome, lateMs });
  });

  it.each([
    ['the client hangs up in time', f.ended(60, 'client'), 'clientLeft', 'clientHungUp'],
    ['the client hangs up after it', f.ended(121, 'client'), 'broken', 'clientHungUp'],
    ['the operator hangs up on a waiting client', f.ended(60, 'operator'), 'broken', 'operatorHungUp'],
    ['the exchange loses the call', f.ended(60, 'exchange'), 'unknown', 'lineLost'],
    [
      'the call is found ended, somewhere before or after the term',
      f.ended(200, 'client', 60),
      'unknown',
      'clientHungUp',
    ],
    ['the call is found ended, surely after the term', f.ended(200, 'client', 130), 'broken', 'clientHungUp'],
  ] as const)('[HOLD-03] hang-up while held: %s', (_name, end, outcome, ending) => {
    expect(onlyRecord(run(f.named(0, 120), f.held(0), end).book)).toMatchObject({ outcome, ending });
  });

  it('[HOLD-04] a second hold is a second promise; without a time it is asked for', () => {
    const { book, effects } = run(f.named(0, 60), f.held(1), f.resumed(30), f.held(40), f.time(42));
    expect(book.finished.map(({ outcome }) => outcome)).toEqual(['kept']);
    expect(view(book)?.state).toBe('unpromised');
    expect(effects.at(-1)).toEqual({ type: 'hold.unpromised', heldAt: f.at(40), during: 'hold' });
    expect(clientOnHold(book)).toEqual([
      { from: f.at(1), to: f.at(30) },
      { from: f.at(40), to: null },
    ]);
  });

  it('[HOLD-05] the same hold told twice, or by another telephone, moves nothing', () => {
    const { book } = run(f.named(0, 60), f.held(1), f.held(20), f.held(30, f.OTHER_PHONE));
    expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(61) });
    const stillHeld = stepHolds(book, f.resumed(35, f.OTHER_PHONE)).book;
    expect(view(stillHeld)?.state).toBe('running');
    expect(onlyRecord(stepHolds(stillHeld, f.resumed(40)).book).outcome).toBe('kept');
  });

  it('[HOLD-15] who keys in a transfer is asked for no time until it has taken too long', () => {
    const keyed = run(f.heldForTransfer(0), f.time(1.5));
    expect(view(keyed.book)).toBeUndefined();
    expect(isKeyingTransfer(keyed.book)).toBe(true);
    expect(holdDueInstants(keyed.book)).toEqual([{ key: 'hold.ask', at: f.at(15) }]);
    const through = run(f.heldForTransfer(0), f.time(1.5), f.transferred(8, 'blind'));
    expect(through.effects.map(({ type }) => type)).toEqual(['hold.ended']);
    expect(onlyRecord(through.book)).toMatchObject({ outcome: 'noPromise', brief: true });
    expect(isKeyingTransfer(through.book)).toBe(false);
    const given = run(f.heldForTransfer(0), f.time(15));
    expect(view(given.book)?.state).toBe('unpromised');
    expect(isKeyingTransfer(given.book)).toBe(false);
  });

  it('[HOLD-15] a consultation that was keyed in, and the hold key itself, are waiting like any other', () => {
    const consulting = run(f.heldForTransfer(0), f.consultStarted(6));
    expect(consulting.effects).toEqual([{ type: 'hold.unpromised', heldAt: f.at(0), during: 'consultation' }]);
    const pressed = run(f.heldForTransfer(0), f.held(4));
    expect(pressed.effects).toEqual([{ type: 'hold.unpromised', heldAt: f.at(0), during: 'hold' }]);
  });

  it('[HOLD-06] held without a promise is noticed, asked for, and judged from the real hold once named', () => {
    const fresh = run(f.held(0));
    expect(view(fresh.book)).toBeUndefined();
    expect(holdDueInstants(fresh.book)).toEqual([{ key: 'hold.ask', at: f.at(1.5) }]);
    const asked = run(f.held(0), f.time(1.5));
    expect(view(asked.book)).toMatchObject({ state: 'unpromised', heldAt: f.at(0) });
    expect(holdNameability(asked.book)).toBe('lateForThisHold');
    const late = run(f.held(0), f.time(1.5), f.named(10, 60));
    expect(view(late.book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    expect(view(run(f.held(0), f.time(2), f.named(70, 60)).book)?.state).toBe('overdue');
    expect(onlyRecord(run(f.held(0), f.time(2), f.resumed(9)).book)).toMatchObject({
      outcome: 'noPromise',
      brief: false,
      promiseId: null,
      onHoldMs: 9_000,
    });
  });

  it('[HOLD-07] the hold that a telephone makes before a blind transfer is not asked about', () => {
    const { book, effects } = run(f.held(0), f.transferred(0.02, 'blind'));
    expect(effects.filter(({ type }) => type === 'hold.unpromised')).toEqual([]);
    expect(onlyRecord(book)).toMatchObject({ outcome: 'noPromise', ending: 'handedOver' });
  });

  it('[HOLD-08] the other party holding us is no promise and is kept apart', () => {
    const { book } = run(
      f.named(0, 60),
      f.heldByClient(5),
      f.resumedByClient(15),
      f.heldByClient(20),
      f.ended(30, 'client'),
    );
    expect(book.byClient).toEqual([
      { from: f.at(5), to: f.at(15), device: null },
      { from: f.at(20), to: f.at(30), device: null },
    ]);
    expect(onlyRecord(book)).toMatchObject({ outcome: 'withdrawn', heldAt: null, onHoldMs: 0 });
    expect(clientOnHold(book)).toEqual([]);
  });

  it('[HOLD-09] both holding: only the operator’s own return ends the promise', () => {
    const { book } = run(f.named(0, 60), f.held(1), f.heldByClient(5), f.resumedByClient(10));
    expect(view(book)?.state).toBe('running');
    expect(onlyRecord(stepHolds(book, f.resumed(20)).book).outcome).toBe('kept');
  });
});

describe('[3.5.5-б] more time', () => {
  it('[HOLD-10] extending demands returning first, then an apology, then a new promise from its own hold', () => {
    const asked = run(f.named(0, 60), f.held(0), f.time(30), f.extended(40, 120));
    expect(asked.effects.at(-1)).toEqual({ type: 'hold.returnFirst', promiseId: 'h1' });
    expect(view(asked.book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    expect(view(asked.book)?.returnLine).toMatch(/извинения/);
    expect(holdNameability(asked.book)).toBe('returnFirst');
    const returned = stepHolds(asked.book, f.resumed(50)).book;
    expect(onlyRecord(returned).outcome).toBe('kept');
    expect(view(returned)).toMatchObject({ state: 'named', promisedMs: 120_000, promiseId: 'h2' });
    expect(view(returned)?.returnLine).toMatch(/ещё немного времени/);
    const again = stepHolds(returned, f.held(58)).book;
    expect(view(again)).toMatchObject({ state: 'running', dueAt: f.at(178) });
    expect(stepHolds(again, f.resumed(100)).book.finished.at(-1)).toMatchObject({ outcome: 'kept', prolongs: 'h1' });
  });

  it('[HOLD-11] extending after the term does not mend the broken promise', () => {
    const { book } = run(f.named(0, 60), f.held(0), f.extended(70, 120), f.resumed(80));
    expect(book.finished[0]?.outcome).toBe('broken');
    expect(view(book)?.state).toBe('named');
  });

  it('[HOLD-12] the client who leaves before the return gets no second promise', () => {
    const { book } = run(f.named(0, 60), f.held(0), f.extended(40, 120), f.ended(50, 'client'));
    expect(onlyRecord(book).outcome).toBe('clientLeft');
    expect(book.current).toBeNull();
  });

  it('[HOLD-13] another time named before the hold replaces the first; a refusal of the client withdraws it', () => {
    const { book } = run(f.named(0, 60), f.named(5, 180, 'h2'), f.held(8));
    expect(book.finished.map(({ outcome, promiseId }) => [outcome, promiseId])).toEqual([['replaced', 'h1']]);
    expect(view(book)).toMatchObject({ promiseId: 'h2', dueAt: f.at(188) });
    expect(onlyRecord(run(f.named(0, 60), f.withdrawn(5)).book).outcome).toBe('withdrawn');
  });

  it('[3.5.5-г] one key turns it into a callback: told to the client at the return', () => {
    const { book } = run(f.named(0, 60), f.held(0), f.converted(40));
    expect(view(book)?.returnLine).toMatch(/перезвоню/);
    expect(onlyRecord(stepHolds(book, f.resumed(55)).book)).toMatchObject({
      outcome: 'convertedToCallback',
      callbackId: 'c1',
    });
    expect(onlyRecord(stepHolds(book, f.resumed(61)).book)).toMatchObject({ outcome: 'broken', callbackId: 'c1' });
    expect(onlyRecord(stepHolds(book, f.ended(50, 'client')).book).outcome).toBe('clientLeft');
  });
});
