import { describe, expect, it } from 'vitest';
import {
  clientOnHold,
  emptyHoldBook,
  holdDueInstants,
  holdNameability,
  holdViewOf,
  isKeyingTransfer,
  stepHolds,
} from '../../machines/promises/index.ts';
import type { HoldBook, HoldEffect, HoldEvent, HoldRecord } from '../../machines/promises/index.ts';
import type { HoldView } from '../../server/contract/index.ts';
import * as f from './facts.ts';

const run = (...events: HoldEvent[]): { book: HoldBook; effects: HoldEffect[] } => {
  let book = emptyHoldBook(f.CALL);
  const effects: HoldEffect[] = [];
  for (const event of events) {
    const stepped = stepHolds(book, event);
    book = stepped.book;
    effects.push(...stepped.effects);
  }
  return { book, effects };
};
const view = (book: HoldBook): HoldView | undefined => holdViewOf(book, { language: 'ru', saved: true });
const onlyRecord = (book: HoldBook): HoldRecord => {
  expect(book.finished).toHaveLength(1);
  return book.finished[0]!;
};
const warnings = (effects: HoldEffect[]): number[] =>
  effects.flatMap((effect) => (effect.type === 'hold.warned' ? [effect.secondsLeft] : []));

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

describe('[3.5.5-б] consultation, parking and transfer while the client waits', () => {
  it('[HOLD-14] a consultation by the telephone: the promise goes on until the key lets go', () => {
    const { book } = run(f.named(0, 60), f.held(0), f.consultStarted(3), f.consultEnded(20, 'returned'));
    expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    expect(onlyRecord(stepHolds(book, f.resumed(25)).book).outcome).toBe('kept');
  });

  it('[HOLD-15] a consultation by the exchange, without a hold key, is waiting too and ends with the return', () => {
    const { book } = run(f.named(0, 60), f.consultStarted(3));
    expect(view(book)).toMatchObject({ state: 'running', heldAt: f.at(3) });
    expect(onlyRecord(stepHolds(book, f.consultEnded(30, 'returned')).book)).toMatchObject({ outcome: 'kept' });
    expect(onlyRecord(stepHolds(book, f.consultEnded(64, 'failed')).book)).toMatchObject({ outcome: 'broken' });
  });

  it('[HOLD-16] without a named time a consultation is asked about as a consultation', () => {
    const { effects } = run(f.consultStarted(0), f.time(2));
    expect(effects).toEqual([{ type: 'hold.unpromised', heldAt: f.at(0), during: 'consultation' }]);
  });

  it('[HOLD-17] an attended transfer gives the client a person: kept in time, broken after it', () => {
    const waiting = run(f.named(0, 60), f.held(0), f.consultStarted(3), f.consultEnded(30, 'transferred')).book;
    expect(onlyRecord(stepHolds(waiting, f.transferred(30, 'attended')).book)).toMatchObject({
      outcome: 'kept',
      ending: 'handedOver',
    });
    expect(onlyRecord(stepHolds(waiting, f.transferred(61, 'attended')).book).outcome).toBe('broken');
  });

  it('[HOLD-18] after a blind transfer the promise runs until somebody answers', () => {
    const { book } = run(f.named(0, 60), f.held(0), f.transferred(20, 'blind'));
    expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    expect(holdDueInstants(book)).toEqual([{ key: 'hold.0', at: f.at(60) }]);
    expect(onlyRecord(stepHolds(book, f.answered(40)).book)).toMatchObject({
      outcome: 'kept',
      ending: 'handedOver',
      onHoldMs: 20_000,
      waitedMs: 40_000,
    });
    expect(onlyRecord(stepHolds(book, f.answered(75)).book).outcome).toBe('broken');
    expect(onlyRecord(stepHolds(book, f.ended(50, 'client')).book).outcome).toBe('clientLeft');
    const overdue = stepHolds(book, f.time(60));
    expect(warnings([...overdue.effects])).toEqual([0]);
    expect(clientOnHold(book)).toEqual([{ from: f.at(0), to: f.at(20) }]);
  });

  it('[HOLD-19] a refused transfer leaves the client waiting for the same promise', () => {
    const { book } = run(f.named(0, 60), f.held(0), f.transferRefused(10));
    expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    expect(onlyRecord(stepHolds(book, f.answered(12, f.PHONE)).book).outcome).toBe('kept');
  });

  it('[HOLD-20] parking is waiting as well', () => {
    const { book } = run(f.named(0, 60), f.parked(1));
    expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(61) });
    expect(onlyRecord(stepHolds(book, f.unparked(30)).book)).toMatchObject({ outcome: 'kept', onHoldMs: 29_000 });
  });
});

describe('[HOLD] a link or a server lost in mid-hold', () => {
  const gone = run(f.named(0, 60), f.held(0), f.linkLost(20)).book;

  it.each([
    ['still held', f.confirmed(40, 'onHold'), undefined],
    ['talking again, in time by all means', f.confirmed(50, 'talking'), 'kept'],
    ['talking again, perhaps late', f.confirmed(90, 'talking'), 'unknown'],
    ['told to have been resumed, in time by all means', f.resumed(50), 'kept'],
    ['told to have been resumed, perhaps late', f.resumed(90), 'unknown'],
    ['answered by another, perhaps late', f.answered(90), 'unknown'],
    ['ended in the dark, perhaps late', f.ended(90, 'client', 20), 'unknown'],
    ['ended, the exchange does not say since when', f.ended(90, 'client'), 'unknown'],
    ['ended in the dark, in time by all means', f.ended(50, 'client', 20), 'clientLeft'],
  ] as const)('[HOLD-21] afterwards it is found: %s', (_name, found, outcome) => {
    const { book } = stepHolds(gone, found);
    if (outcome === undefined) expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    else expect(onlyRecord(book)).toMatchObject({ outcome });
  });

  it('[HOLD-26] a consultation of the exchange goes on in the dark: so does the promise, and it ends exactly', () => {
    const begun = [f.named(0, 60), f.consultStarted(0), f.linkLost(20)] as const;
    const { book } = run(...begun, f.confirmed(40, 'consulting'));
    expect(view(book)).toMatchObject({ state: 'running', dueAt: f.at(60) });
    expect(onlyRecord(stepHolds(book, f.consultEnded(70, 'returned')).book)).toMatchObject({
      outcome: 'broken',
      waitedMs: 70_000,
    });
    expect(onlyRecord(run(...begun, f.confirmed(40, 'talking')).book)).toMatchObject({ outcome: 'kept' });
  });

  it('[HOLD-22] lost after the term: broken whatever is found', () => {
    const late = run(f.named(0, 60), f.held(0), f.time(60), f.linkLost(70)).book;
    expect(onlyRecord(stepHolds(late, f.confirmed(90, 'talking')).book).outcome).toBe('broken');
  });

  it('[HOLD-23] seen held again, the gap is over: later facts are exact', () => {
    const { book } = stepHolds(gone, f.confirmed(40, 'onHold'));
    expect(onlyRecord(stepHolds(book, f.resumed(70)).book).outcome).toBe('broken');
  });

  it('[HOLD-24] a hold that began in the dark starts the named promise when it is seen', () => {
    const { book } = run(f.named(0, 60), f.linkLost(1), f.confirmed(30, 'onHold'));
    expect(view(book)).toMatchObject({ state: 'running', heldAt: f.at(30), dueAt: f.at(90) });
  });
});

describe('[HOLD] what to say on return', () => {
  it('[HOLD-25] by name, thanking, apologising when late, in both languages', () => {
    const running = run(f.named(0, 60), f.held(0)).book;
    const late = stepHolds(running, f.time(60)).book;
    const line = (book: HoldBook, language: 'ru' | 'en', clientName?: string): string | undefined =>
      holdViewOf(book, { language, saved: false, ...(clientName === undefined ? {} : { clientName }) })?.returnLine;
    expect(line(running, 'ru', 'Пётр Сергеевич')).toBe('Пётр Сергеевич, спасибо за ожидание.');
    expect(line(running, 'ru')).toBe('Спасибо за ожидание.');
    expect(line(late, 'ru')).toMatch(/дольше, чем было обещано/);
    expect(line(late, 'en')).toMatch(/sorry/);
    expect(holdViewOf(running, { language: 'ru', saved: false })?.saved).toBe(false);
  });
});
