import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { StepFigures } from '../../server/contract/index.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const STEPS = ['greeting', 'identity', 'purpose'] as const;
const CHOICES = ['stated', 'anonymous'] as const;
const PHONE = 'PJSIP/101';

const move = fc.record({
  does: fc.constantFrom('goesOn', 'goesBack', 'hasNoAnswer'),
  afterMs: fc.integer({ min: 1, max: 90 }).map((each) => each * 1_000),
});
type Move = typeof move extends fc.Arbitrary<infer One> ? One : never;

/** One talk that goes on and back among the first steps, until the client hangs up. */
async function live(test: TestApp, moves: readonly Move[]): Promise<CallId> {
  const callId = test.exchange.ring(PHONE);
  test.clock.advance(2_000);
  test.exchange.tell(callId, { type: 'call.answered', device: PHONE });
  let at = 0;
  for (const { does, afterMs } of moves) {
    test.clock.advance(afterMs);
    const [stepId, choiceId] = [STEPS[at] ?? '', CHOICES[at]];
    if (does === 'hasNoAnswer') await test.command('anna', 'script.noAnswer', { callId, stepId, said: 'про лагерь' });
    else if (does === 'goesBack' && at > 0) {
      expect(await test.command('anna', 'script.back', { callId, stepId })).toMatchObject({ ok: true });
      at -= 1;
    } else if (does === 'goesOn' && choiceId) {
      expect(await test.command('anna', 'script.choose', { callId, stepId, choiceId })).toMatchObject({ ok: true });
      at += 1;
    }
  }
  test.clock.advance(5_000);
  test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
  await flush();
  await test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
  await test.app.rooms.ledger.flush();
  await test.app.rooms.archive.settled();
  return callId;
}

interface Counted extends Pick<StepFigures, 'visits' | 'endedHere' | 'unanswered' | 'back'> {
  readonly ms: number;
  readonly left: number;
}
const NOTHING: Counted = { visits: 0, endedHere: 0, unanswered: 0, back: 0, ms: 0, left: 0 };
type Body = Readonly<Record<string, string>>;

/** Adds a call's steps by nothing but its journal and the order of the script's first steps. */
async function count(test: TestApp, callId: CallId, sums: Map<string, Counted>): Promise<void> {
  const add = (step: string, more: Partial<Counted>): void => {
    const known = sums.get(step) ?? NOTHING;
    const added = Object.entries(more).map(([name, value]) => [name, known[name as keyof Counted] + value] as const);
    sums.set(step, { ...known, ...Object.fromEntries(added) });
  };
  let [at, since] = [0, 0];
  const leave = (to: string, now: number, back = 0): void => {
    add(STEPS[at] ?? '', { left: 1, ms: now - since, back });
    add(to, { visits: 1 });
    since = now;
  };
  for (const { kind, at: now, body } of await test.app.rooms.reports.entries(callId)) {
    const { type, stepId = '' } = body as Body;
    if (kind === 'scriptOpened') {
      since = now;
      add('greeting', { visits: 1 });
    } else if (kind === 'unanswered') add(stepId, { unanswered: 1 });
    else if (kind === 'fact' && type === 'call.ended') {
      leave('hungUp', now);
      add('hungUp', { endedHere: 1 });
    } else if (kind === 'script' && (type === 'choose' || type === 'back')) {
      const next = at + (type === 'choose' ? 1 : -1);
      leave(STEPS[next] ?? '', now, type === 'back' ? 1 : 0);
      at = next;
    }
  }
}

it('[VI] [REP-02] figures of the steps equal those recomputed from the raw journal of a random day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(move, { maxLength: 6 }), { minLength: 3, maxLength: 6 }), async (talks) => {
      const test = await testApp();
      try {
        await test.command('anna', 'operator.chooseDevice', { device: PHONE });
        await test.command('anna', 'operator.ready', {});
        const from = test.clock.now();
        const sums = new Map<string, Counted>();
        for (const moves of talks) await count(test, await live(test, moves), sums);
        const { steps } = await test.app.rooms.reports.steps({ from, to: from + 86_400_000 });
        const shown = steps.map(({ step, visits, endedHere, unanswered, back, meanMs }) => {
          return [step, { visits, endedHere, unanswered, back, meanMs }] as const;
        });
        const expected = [...sums].map(([step, { ms, left, ...counts }]) => {
          return [step, { ...counts, meanMs: left > 0 ? ms / left : undefined }] as const;
        });
        expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected));
      } finally {
        await test.close();
      }
    }),
    { numRuns: 2, endOnFailure: true },
  );
});
