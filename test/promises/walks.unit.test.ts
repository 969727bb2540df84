import { assign, createMachine } from 'xstate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callbackDueInstants,
  callbackOutcome,
  callbackPromise,
  callbackPromiseMachine,
  emptyHoldBook,
  holdDueInstants,
  holdPromise,
  holdPromiseMachine,
  stepHolds,
} from '../../machines/promises/index.ts';
import type { CallbackEvent, HoldBook, HoldEvent } from '../../machines/promises/index.ts';
import { leafNames, walk } from '../support/walkMachine.ts';
import * as f from './facts.ts';
import { CALLBACK_EVENTS, ODD_CALLBACK_EVENTS, callbackInput } from './callbackEvents.ts';

/** Everything that can happen to a hold, early, near each warning, and late. */
const SECONDS = [1, 35, 55, 61, 100] as const;
const holdEvents = (seconds: number): HoldEvent[] => [
  f.named(seconds, 60),
  f.withdrawn(seconds),
  f.extended(seconds, 120),
  f.converted(seconds),
  f.time(seconds),
  f.held(seconds),
  f.resumed(seconds),
  f.heldByClient(seconds),
  f.resumedByClient(seconds),
  f.consultStarted(seconds),
  f.consultEnded(seconds, 'returned'),
  f.parked(seconds),
  f.unparked(seconds),
  f.transferred(seconds, 'blind'),
  f.transferred(seconds, 'attended'),
  f.transferRefused(seconds),
  f.answered(seconds),
  f.linkLost(seconds),
  f.confirmed(seconds, 'onHold'),
  f.confirmed(seconds, 'talking'),
  f.ended(seconds, 'client'),
  f.ended(seconds, 'operator'),
  f.ended(seconds, 'unknown', 2),
];
/** The same of other telephones and of other kinds, for random orders: a walk over all of them would take minutes. */
const oddHoldEvents = (seconds: number): HoldEvent[] => [
  f.named(seconds, 10, 'h3'),
  f.held(seconds, f.OTHER_PHONE),
  f.heldForTransfer(seconds),
  f.resumed(seconds, f.OTHER_PHONE),
  f.answered(seconds, f.PHONE),
  f.consultEnded(seconds, 'failed'),
  f.consultEnded(seconds, 'transferred'),
  f.confirmed(seconds, 'consulting'),
  f.confirmed(seconds, 'ringing'),
  f.fact('call.unparked', seconds, {}),
  f.fact('call.operatorLeft', seconds, { device: f.PHONE }),
  f.fact('call.offered', seconds, { device: f.OTHER_PHONE }),
  f.fact('call.merged', seconds, { absorbed: f.CALL }),
  f.ended(seconds, 'exchange'),
];
const HOLD_EVENTS = SECONDS.flatMap(holdEvents);
const ANY_HOLD_EVENTS = [...HOLD_EVENTS, ...SECONDS.flatMap(oddHoldEvents)];
const ANY_CALLBACK_EVENTS = [...CALLBACK_EVENTS, ...ODD_CALLBACK_EVENTS];
describe('walks of the machines', () => {
  it('[HOLD-30] every state of a hold is reached; storing and restoring in mid-path changes nothing', () => {
    const from = [{ callId: f.CALL }, { callId: f.CALL, named: f.named(0, 60) as never }];
    const found = from.map((input) =>
      walk(holdPromiseMachine, input, HOLD_EVENTS, (context: { [key: string]: unknown }) => [
        context['wait'],
        context['callbackId'],
        context['unseenSince'] === null,
      ]),
    );
    const leaves = new Set(found.flatMap((one) => [...one.leaves]));
    const missing = leafNames(holdPromiseMachine).filter(
      (name) => !leaves.has(name) && name !== 'begun' && name !== 'unnamed',
    );
    expect(missing).toEqual([]);
    expect(found[1]!.paths).toBeGreaterThan(50);
  });

  it('[CB-30] every state of a callback is reached; storing and restoring in mid-path changes nothing', () => {
    const found = walk(
      callbackPromiseMachine,
      callbackInput(),
      CALLBACK_EVENTS,
      (context: { [key: string]: unknown }) => [
        Math.min(context['counted'] as number, 3),
        context['numberIsWrong'],
        context['missedTerm'],
        context['escalated'],
      ],
    );
    const missing = leafNames(callbackPromiseMachine).filter((name) => !found.leaves.has(name));
    expect(missing).toEqual([]);
    expect(found.paths).toBeGreaterThan(100);
  });

  it('[HOLD-32] canary: the walk sees a machine whose state does not survive being stored', () => {
    const leaky = createMachine({
      context: { seen: new Set<string>() },
      initial: 'a',
      states: {
        a: { on: { go: { target: 'b', actions: assign({ seen: () => new Set(['a']) }) } } },
        b: { on: { go: { target: 'c' } } },
        c: {},
      },
    });
    expect(() => walk(leaky, undefined, [{ type: 'go' }], () => null)).toThrow(/seen/);
  });

  it('[HOLD-31] any order of events: a promise ends once, never before its hold, and its term never moves', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ANY_HOLD_EVENTS), { maxLength: 40 }), (events) => {
        let book: HoldBook = emptyHoldBook(f.CALL);
        const started = new Map<string, number>();
        for (const event of events) {
          const before = book.finished.length;
          const { book: next, effects } = stepHolds(book, event);
          book = JSON.parse(JSON.stringify(next)) as HoldBook;
          expect(book.finished.length - before).toBe(effects.filter(({ type }) => type === 'hold.ended').length);
          for (const effect of effects) if (effect.type === 'hold.started') started.set(effect.promiseId, effect.dueAt);
          const current = book.current?.context;
          if (current?.promiseId && current.heldAt !== null) {
            expect(current.dueAt).toBe(current.heldAt + (current.promisedMs ?? 0));
            expect(started.get(current.promiseId)).toBe(current.dueAt);
          }
          expect(book.current === null || !holdPromise.isDone(book.current)).toBe(true);
          for (const due of holdDueInstants(book)) {
            expect(due.at).toBeGreaterThan(current?.heldAt ?? 0);
            // What has come is wanted no more: else it would ring for ever.
            const rung = stepHolds(book, { type: 'time', at: due.at }).book;
            expect(holdDueInstants(rung)).not.toContainEqual(due);
          }
        }
        for (const record of book.finished) {
          expect(record.onHoldMs).toBeLessThanOrEqual(record.waitedMs);
          if (record.outcome === 'kept') expect(record.endedAt).toBeLessThanOrEqual(record.dueAt ?? 0);
          if (record.outcome === 'withdrawn' || record.outcome === 'replaced') expect(record.heldAt).toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('[CB-31] any order of events: closed once and for good, kept only after an answer and a word', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ANY_CALLBACK_EVENTS), { maxLength: 40 }), (events) => {
        let { state } = callbackPromise.start(callbackInput());
        const past: CallbackEvent[] = [];
        for (const event of events) {
          const before = callbackOutcome(state);
          const stepped = callbackPromise.step(JSON.parse(JSON.stringify(state)) as typeof state, event);
          past.push(event);
          if (before !== undefined) {
            expect(stepped.effects).toEqual([]);
            expect(callbackOutcome(stepped.state)).toBe(before);
          }
          state = stepped.state;
          const outcome = callbackOutcome(state);
          if (outcome === 'kept' || outcome === 'keptLate') {
            expect(past.some(({ type }) => type === 'line.answered')).toBe(true);
            expect(past.some(({ type }) => type === 'callback.confirmed')).toBe(true);
          }
          if (outcome !== undefined) expect(callbackDueInstants(state)).toEqual([]);
          for (const due of callbackDueInstants(state)) {
            const rung = callbackPromise.step(state, { type: 'time', at: due.at }).state;
            expect(callbackDueInstants(rung)).not.toContainEqual(due);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
