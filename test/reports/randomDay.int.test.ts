import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { StoredEntry } from '../../server/storage/port.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

interface Plan {
  readonly waitMs: number;
  readonly answered: boolean;
  readonly talkMs: number;
  readonly hold: { readonly promisedMs: number; readonly realMs: number } | null;
  readonly transferred: boolean;
  readonly satisfied: boolean;
  readonly wrapUpMs: number;
}
const seconds = (from: number, to: number) => fc.integer({ min: from, max: to }).map((each) => each * 1_000);
const plan: fc.Arbitrary<Plan> = fc.record({
  waitMs: seconds(1, 60),
  answered: fc.boolean(),
  talkMs: seconds(5, 300),
  hold: fc.option(fc.record({ promisedMs: seconds(30, 120), realMs: seconds(5, 180) })),
  transferred: fc.boolean(),
  satisfied: fc.boolean(),
  wrapUpMs: seconds(1, 60),
});
const PHONES = { anna: 'PJSIP/101', olga: 'PJSIP/102' } as const;

async function live(test: TestApp, { waitMs, answered, talkMs, hold, transferred, ...end }: Plan): Promise<CallId> {
  const { clock, exchange } = test;
  const [mine, hers] = [PHONES.anna, PHONES.olga];
  const callId = exchange.ring(mine);
  clock.advance(waitMs);
  const ended = { type: 'call.ended', by: 'client', cause: 16, causeText: '' };
  if (!answered) {
    exchange.tell(
      callId,
      { type: 'call.queueLeft', queue: 'general', reason: 'abandoned', queueWaitMs: waitMs },
      ended,
    );
    await flush();
    await test.app.rooms.archive.settled();
    return callId;
  }
  exchange.tell(
    callId,
    { type: 'call.queueLeft', queue: 'general', reason: 'answered', queueWaitMs: waitMs },
    { type: 'call.answered', device: mine },
  );
  clock.advance(talkMs);
  if (hold) {
    await test.command('anna', 'hold.name', { callId, promisedMs: hold.promisedMs });
    exchange.tell(callId, { type: 'call.held', by: 'operator', device: mine });
    clock.advance(hold.realMs);
    exchange.tell(callId, { type: 'call.resumed', by: 'operator', device: mine });
  }
  if (transferred)
    exchange.tell(
      callId,
      { type: 'call.transferred', kind: 'blind', fromDevice: mine, target: { number: '102', device: hers } },
      { type: 'call.operatorLeft', device: mine },
      { type: 'call.offered', device: hers },
      { type: 'call.answered', device: hers },
    );
  clock.advance(talkMs);
  exchange.tell(callId, ended);
  await flush();
  clock.advance(end.wrapUpMs);
  const closing = { callId, disposition: 'answered', note: '', satisfied: end.satisfied };
  await test.command(transferred ? 'olga' : 'anna', 'wrapUp.close', closing);
  await flush();
  await test.app.rooms.archive.settled();
  return callId;
}

/** The journal of a closed call, when its last line is on the disk. */
async function writtenEntries(test: TestApp, callId: CallId): Promise<readonly StoredEntry[]> {
  // However long a busy disk takes: the limit is that of the test.
  for (;;) {
    const entries = await test.app.rooms.reports.entries(callId);
    const answered = entries.some(({ body }) => (body as Body)['type'] === 'call.answered');
    const last = (body: Body): boolean => (answered ? Boolean(body['closedBy']) : body['type'] === 'call.ended');
    if (entries.some(({ body }) => last(body as Body))) return entries;
    await flush();
  }
}

type Body = Readonly<Record<string, number & string>>;
/** One call's figures made of nothing but its journal, by the definitions of FIGURES.md and no code of the server. */
async function fromJournal(test: TestApp, callId: CallId): Promise<Record<string, number>> {
  const entries = await writtenEntries(test, callId);
  const bodies = (kind: string): readonly Body[] =>
    entries.filter((each) => each.kind === kind).map((each) => each.body as Body);
  const of = (type: string): readonly Body[] => bodies('fact').filter((each) => each['type'] === type);
  const at = (type: string): number | undefined => of(type)[0]?.['at'];
  const endedAt = at('call.ended') ?? 0;
  const answeredAt = at('call.answered');
  const holds = of('call.held').map(
    (held, index) => (of('call.resumed')[index]?.['at'] ?? endedAt) - (held['at'] ?? 0),
  );
  const promised = bodies('hold').flatMap((each) =>
    String(each['type']) === 'hold.named' ? [Number(each['promisedMs'])] : [],
  );
  const onHoldMs = holds.reduce((sum, each) => sum + each, 0);
  const closed = entries.find((each) => each.kind === 'wrapUp' && (each.body as Body)['closedBy'] !== undefined);
  const waitMs: number = of('call.queueLeft')[0]?.['queueWaitMs'] ?? 0;
  const answered = Number(answeredAt !== undefined);
  const satisfied = bodies('wrapUp').map((each) => each['satisfied'] as unknown);
  return {
    calls: 1,
    offered: of('call.queueEntered').length,
    handled: answered,
    abandoned: 1 - answered,
    answeredWithin: Number(answered === 1 && waitMs <= 20_000),
    queueWaitOfAnsweredMs: answered * waitMs,
    talkMs: answeredAt === undefined ? 0 : endedAt - answeredAt - onHoldMs,
    onHoldMs,
    wrapUpMs: answered * ((closed?.at ?? endedAt) - endedAt),
    holds: holds.length,
    holdsKept: holds.filter((each, index) => each <= (promised[index] ?? 0)).length,
    holdsBroken: holds.filter((each, index) => each > (promised[index] ?? 0)).length,
    transfers: of('call.transferred').length,
    satisfied: Number(satisfied.includes(true)),
    unsatisfied: Number(satisfied.includes(false)),
  };
}

/** From the states in the operators' journals: on calls and in wrap-up, of that and ready or ringing. */
async function occupancyFromJournal(test: TestApp): Promise<number> {
  await test.app.rooms.ledger.flush();
  const [busy, available] = [new Set(['onCall', 'wrapUp']), new Set(['ready', 'ringing'])];
  let [busyMs, availableMs] = [0, 0];
  for (const login of Object.keys(PHONES)) {
    const entries = await test.app.rooms.reports.states(test.person(login).id);
    const states = entries.filter(({ kind }) => kind === 'state');
    for (const [index, { at, body }] of states.entries()) {
      const ms = (states[index + 1]?.at ?? test.clock.now()) - at;
      const { state = '' } = body as { state?: string };
      if (busy.has(state)) busyMs += ms;
      if (available.has(state)) availableMs += ms;
    }
  }
  return busyMs / (busyMs + availableMs);
}

describe('a random day', () => {
  it('[VI] [REP-02] every figure equals the one recomputed from the raw facts of the journal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 5, maxLength: 10 }), async (plans) => {
        const test = await testApp();
        try {
          for (const [login, device] of Object.entries(PHONES)) {
            await test.command(login, 'operator.chooseDevice', { device });
            await test.command(login, 'operator.ready', {});
          }
          const from = test.clock.now() - 9 * 3_600_000;
          const sums: Record<string, number> = {};
          for (const each of plans) {
            const callId = await live(test, each);
            for (const [name, value] of Object.entries(await fromJournal(test, callId)))
              sums[name] = (sums[name] ?? 0) + value;
          }
          const { total, rows, occupancy } = await test.app.rooms.reports.reader.read(
            { from, to: from + 86_400_000 },
            'operator',
          );
          expect(total).toMatchObject(sums);
          const [within = 0, offered = 1] = [sums['answeredWithin'], sums['offered']];
          expect(total.serviceLevel).toBeCloseTo(within / offered, 10);
          expect(occupancy).toBeCloseTo(await occupancyFromJournal(test), 10);
          expect(rows.reduce((sum, row) => sum + row.figures.calls, 0)).toBe(plans.length);
        } finally {
          await test.close();
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 180_000);
});
