import { describe, expect, it } from 'vitest';
import { clientOnHold, holdDueInstants, holdViewOf, stepHolds } from '../../machines/promises/index.ts';
import type { HoldBook } from '../../machines/promises/index.ts';
import * as f from './facts.ts';
import { onlyRecord, run, view, warnings } from './runHolds.ts';

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

  it('[HOLD-19] a time that was named before a refused transfer is not the next operator’s', () => {
    const { book } = run(f.named(0, 60), f.transferRefused(5), f.answered(10), f.held(20, f.OTHER_PHONE), f.time(30));
    expect(book.finished).toMatchObject([{ outcome: 'withdrawn', heldAt: null, by: f.ANNA }]);
    expect(view(book)).toMatchObject({ state: 'unpromised', heldAt: f.at(20) });
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
