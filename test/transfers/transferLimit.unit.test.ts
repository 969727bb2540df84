import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowOneMore,
  countFact,
  emptyTally,
  joinTallies,
  mayTransfer,
  transferCountView,
} from '../../machines/transfers/index.ts';
import type { TransferTally, TransferViolation } from '../../machines/transfers/index.ts';
import { as } from '../../machines/vocabulary/index.ts';
import type { CallFact, CallId } from '../../machines/vocabulary/index.ts';
import type { TransferCountView } from '../../server/contract/index.ts';
import * as f from '../promises/facts.ts';

const LIMIT = 2;
const SECOND_CALL = as<CallId>('main/2.2');
const run = (facts: readonly CallFact[], from: TransferTally = emptyTally) => {
  let tally = from;
  const violations: TransferViolation[] = [];
  for (const fact of facts) {
    const counted = countFact(tally, fact, LIMIT);
    tally = counted.tally;
    if (counted.violation) violations.push(counted.violation);
  }
  return { tally, violations };
};
const transfer = (seconds: number, callId: CallId = f.CALL, kind: 'blind' | 'attended' = 'blind') =>
  f.fact('call.transferred', seconds, { kind, fromDevice: f.PHONE, target: { number: '102' } }, callId);

describe('[3.5.1] at most two transfers to solve the client’s question', () => {
  it('[3.5.1] blind and attended transfers count alike, over all calls of the inquiry', () => {
    const { tally, violations } = run([transfer(1), transfer(900, SECOND_CALL, 'attended')]);
    const view: TransferCountView = transferCountView(tally, LIMIT);
    expect(view).toEqual({ count: 2, limit: 2, extra: 0, atLimit: true });
    expect(violations).toEqual([]);
  });

  it('[3.5.1] a consultation that returns, a refused transfer and a queue of the exchange are none', () => {
    const { tally } = run([
      f.consultStarted(1),
      f.consultEnded(20, 'returned'),
      f.consultStarted(30),
      f.consultEnded(40, 'failed'),
      f.transferRefused(50),
      f.fact('call.queueEntered', 60, { queue: as('general'), position: 1 }),
    ]);
    expect(transferCountView(tally, LIMIT)).toMatchObject({ count: 0, atLimit: false });
    expect(tally.refusals).toHaveLength(1);
  });

  it('[3.5.1] at the limit it is refused with what can be done instead', () => {
    expect(mayTransfer({ count: 1, limit: 2, extra: 0 })).toEqual({ ok: true, left: 1 });
    expect(mayTransfer({ count: 2, limit: 2, extra: 0 })).toEqual({
      ok: false,
      reason: 'transfer.limit',
      alternatives: ['callback', 'otherChannel', 'supervisor'],
    });
    expect(mayTransfer({ count: 0, limit: 0, extra: 0 }).ok).toBe(false);
  });

  it('[3.5.1] a supervisor allows one more, on record with the reason', () => {
    const { tally } = run([transfer(1), transfer(2)]);
    const allowed = allowOneMore(tally, { at: f.at(3), by: f.BORIS, reason: 'нужен юрист' });
    expect(transferCountView(allowed, LIMIT)).toEqual({ count: 2, limit: 2, extra: 1, atLimit: false });
    expect(allowed.allowances).toEqual([{ at: f.at(3), by: f.BORIS, reason: 'нужен юрист' }]);
    expect(run([transfer(4)], allowed).violations).toEqual([]);
    expect(run([transfer(4), transfer(5)], allowed).violations).toHaveLength(1);
  });

  it('[3.5.1] one beyond the limit that the exchange could only report afterwards is a violation at once', () => {
    const { violations } = run([transfer(1), transfer(2), transfer(3, f.CALL, 'attended')]);
    expect(violations).toEqual([
      {
        type: 'transfer.limitExceeded',
        at: f.at(3),
        callId: f.CALL,
        kind: 'attended',
        count: 3,
        limit: 2,
        extra: 0,
      },
    ]);
  });

  it('[TRF-01] two inquiries that turn out to be one have both their counts', () => {
    const one = run([transfer(1)]).tally;
    const other = run([transfer(500, SECOND_CALL)]).tally;
    expect(joinTallies(one, other).transfers.map(({ at }) => at)).toEqual([f.at(1), f.at(500)]);
    expect(transferCountView(joinTallies(other, one), LIMIT).atLimit).toBe(true);
    // The same inquiry read twice, from memory and from storage.
    expect(joinTallies(one, one)).toEqual(one);
  });

  it('[TRF-02] a fact told twice counts once, whatever happens between', () => {
    const facts = [
      transfer(1),
      transfer(2, SECOND_CALL),
      transfer(3, f.CALL, 'attended'),
      f.transferRefused(4),
      f.held(5),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: 0 }), (list) => {
        const { tally, violations } = run(list);
        const distinct = new Set(list.filter(({ type }) => type === 'call.transferred').map(({ at }) => at));
        expect(tally.transfers).toHaveLength(distinct.size);
        expect(tally.refusals.length).toBeLessThanOrEqual(1);
        expect(violations).toHaveLength(Math.max(0, distinct.size - LIMIT));
        expect(JSON.parse(JSON.stringify(tally))).toEqual(tally);
      }),
    );
  });
});
