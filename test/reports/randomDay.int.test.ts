import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { BoardView } from '../../server/contract/index.ts';
import type { StoredEntry } from '../../server/storage/port.ts';
import { flush } from '../support/fakeClock.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

interface Plan {
  readonly waitMs: number;
  readonly answered: boolean;
  readonly talkMs: number;
  readonly hold: { readonly promisedMs: number; readonly realMs: number } | null;
  readonly transferred: boolean;
  readonly refused: boolean;
  readonly missingAnswers: number;
  /** A promise to call back, kept at once or called too late. */
  readonly callback: 'kept' | 'late' | null;
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
  refused: fc.boolean(),
  missingAnswers: fc.integer({ min: 0, max: 2 }),
  callback: fc.constantFrom('kept', 'late', null),
  satisfied: fc.boolean(),
  wrapUpMs: seconds(1, 60),
});
const PHONES = { anna: 'PJSIP/101', olga: 'PJSIP/102' } as const;

const CLIENT = '+79065550101';
const PROMISED_IN_MS = 31 * 60_000;
interface Lived {
  readonly callId: CallId;
  /** To be called back. */
  readonly promiseId?: string;
}

async function live(test: TestApp, { waitMs, answered, talkMs, hold, transferred, ...more }: Plan): Promise<Lived> {
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
    return { callId };
  }
  exchange.tell(
    callId,
    { type: 'call.queueLeft', queue: 'general', reason: 'answered', queueWaitMs: waitMs },
    { type: 'call.answered', device: mine },
  );
  clock.advance(talkMs);
  for (let i = 0; i < more.missingAnswers; i += 1)
    await test.command('anna', 'script.noAnswer', { callId, stepId: 'greeting', said: 'про лагерь' });
  if (more.refused)
    exchange.tell(callId, { type: 'call.transferRefused', fromDevice: mine, target: { number: '103' }, count: 2 });
  const promiseId = more.callback && (await promised(test, callId));
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
  clock.advance(more.wrapUpMs);
  await close(test, transferred ? 'olga' : 'anna', callId, more.satisfied);
  return { callId, ...(promiseId ? { promiseId } : {}) };
}
async function close(test: TestApp, login: string, callId: CallId, satisfied: boolean | null): Promise<void> {
  await test.command(login, 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied });
  await flush();
  await test.app.rooms.archive.settled();
}
async function promised(test: TestApp, callId: CallId): Promise<string> {
  const dueAt = test.clock.now() + PROMISED_IN_MS;
  const input = { callId, number: CLIENT, dueAt, question: 'Когда путёвка?', clientName: 'Петрова' };
  const made = (await test.command('anna', 'callback.promise', input)) as { value: { promiseId: string } };
  return made.value.promiseId;
}
/** The operator calls back and the client is talked to. */
async function callBack(test: TestApp, promiseId: string, number: number): Promise<CallId> {
  const { clock, exchange } = test;
  const [linkedid, device] = [`17100000${String(number).padStart(2, '0')}.1`, PHONES.anna];
  const callId = `main/${linkedid}` as CallId;
  await test.command('anna', 'callback.call', { promiseId });
  exchange.tell(
    callId,
    {
      ...{ type: 'call.started', direction: 'outbound', linkedid, client: { number: CLIENT, name: '' } },
      ...{ dialled: CLIENT, device, originateToken: promiseId },
    },
    { type: 'call.answered', device },
  );
  clock.advance(20_000);
  exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
  expect(await test.command('anna', 'callback.confirm', { promiseId })).toMatchObject({ ok: true });
  await close(test, 'anna', callId, null);
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
  const offered = of('call.queueEntered').length;
  const inQueue = answered * offered;
  // Said by the script first, by the operator last.
  const satisfied: unknown = bodies('wrapUp').findLast((each) => 'satisfied' in each)?.['satisfied'];
  return {
    calls: 1,
    offered,
    handled: answered,
    queueAnswered: inQueue,
    abandoned: 1 - answered,
    shortAbandoned: Number(answered === 0 && waitMs < 5_000),
    answeredWithin: Number(inQueue === 1 && waitMs <= 20_000),
    queueWaitOfAnsweredMs: inQueue * waitMs,
    talkMs: answeredAt === undefined ? 0 : endedAt - answeredAt - onHoldMs,
    onHoldMs,
    wrapUpMs: answered * ((closed?.at ?? endedAt) - endedAt),
    holds: holds.length,
    holdsKept: holds.filter((each, index) => each <= (promised[index] ?? 0)).length,
    holdsBroken: holds.filter((each, index) => each > (promised[index] ?? 0)).length,
    transfers: of('call.transferred').length,
    refusedTransfers: of('call.transferRefused').length,
    unanswered: bodies('unanswered').length,
    repeat: Number(bodies('inquiry').some(({ callNumber = 1 }) => callNumber > 1)),
    satisfied: Number(satisfied === true),
    unsatisfied: Number(satisfied === false),
  };
}

/** Shares and means by FIGURES.md; of nothing there is none. */
function sharesOf(sums: Record<string, number>): Record<string, number | undefined> {
  const of = (...names: string[]): number => names.reduce((sum, name) => sum + (sums[name] ?? 0), 0);
  const share = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);
  const kept = of('holdsKept', 'callbacksKept');
  return {
    serviceLevel: share(of('answeredWithin'), of('offered')),
    asaMs: share(of('queueWaitOfAnsweredMs'), of('queueAnswered')),
    ahtMs: share(of('talkMs', 'onHoldMs', 'wrapUpMs'), of('handled')),
    abandonedShare: share(of('abandoned'), of('offered')),
    promisesKept: share(kept, kept + of('holdsBroken', 'callbacksBroken')),
    repeatShare: share(of('repeat'), of('calls')),
    transferShare: share(of('transfers'), of('handled')),
    satisfaction: share(of('satisfied'), of('satisfied', 'unsatisfied')),
  };
}

/** From the states in the operators' journals: on calls and in wrap-up, of that and ready or ringing. */
async function occupancyFromJournal(test: TestApp): Promise<number> {
  await test.app.rooms.ledger.flush();
  const [busy, available] = [new Set(['onCall', 'wrapUp']), new Set(['ready', 'ringing'])];
  let [busyMs, availableMs] = [0, 0];
  for (const login of Object.keys(PHONES)) {
    const entries = await test.app.rooms.reports.stream(`operator/${test.person(login).id}`);
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

/** A promise is kept when its call was answered by the first term that was named. */
async function callbackFromJournal(test: TestApp, promiseId: string, callId: CallId): Promise<Record<string, number>> {
  const calledBack = await writtenEntries(test, callId);
  const talked = calledBack.find(({ body }) => (body as Body)['type'] === 'call.answered')?.at ?? Infinity;
  const [made] = await test.app.rooms.reports.stream(`callback/${promiseId}`);
  const { dueAt = 0 } = made!.body as Body;
  return { callbacksKept: Number(talked <= dueAt), callbacksBroken: Number(talked > dueAt) };
}

/** All that a day sums up to, and of it what came by the queue. */
async function liveDay(test: TestApp, plans: readonly Plan[]) {
  const [day, queue]: Record<string, number>[] = [{}, {}];
  const add = (sums: Record<string, number> = {}, more: Record<string, number>): void => {
    for (const [name, value] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + value;
  };
  const late: string[] = [];
  let outbound = 0;
  const back = async (promiseId: string): Promise<void> => {
    outbound += 1;
    const callId = await callBack(test, promiseId, outbound);
    add(day, await fromJournal(test, callId));
    add(day, await callbackFromJournal(test, promiseId, callId));
  };
  for (const each of plans) {
    const { callId, promiseId } = await live(test, each);
    const figures = await fromJournal(test, callId);
    add(day, figures);
    add(queue, figures);
    if (promiseId && each.callback === 'kept') await back(promiseId);
    else if (promiseId) late.push(promiseId);
  }
  test.clock.advance(2 * PROMISED_IN_MS);
  for (const promiseId of late) await back(promiseId);
  return { day: day!, queue: queue!, calls: plans.length + outbound };
}

describe('a random day', () => {
  it('[VI] [REP-02] every figure equals the one recomputed from the raw facts of the journal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 5, maxLength: 10 }), async (plans) => {
        const test = await testApp();
        try {
          for (const [login, device] of Object.entries(PHONES)) {
            test.exchange.tellExchange({ type: 'queue.memberChanged', queue: 'general', device, present: true });
            await test.command(login, 'operator.chooseDevice', { device });
            await test.command(login, 'operator.ready', {});
          }
          const from = test.clock.now() - 9 * 3_600_000;
          const { day, queue, calls } = await liveDay(test, plans);
          const report = () => test.app.rooms.reports.reader.read({ from, to: from + 86_400_000 }, 'operator');
          const { total, rows, occupancy } = await report();
          // Counted where the formula asks for it.
          const { shortAbandoned = 0, ...sums } = day;
          expect(total).toMatchObject(sums);
          expect(total).toEqual({ ...total, ...sharesOf(day) });
          expect(rows.reduce((sum, row) => sum + row.figures.calls, 0)).toBe(calls);
          const busy = await occupancyFromJournal(test);
          expect(occupancy).toBeCloseTo(busy, 10);
          await test.app.rooms.ledger.flush();
          const { queues, operators } = test.app.topics.board!.snapshot(test.person('vera')) as BoardView;
          const shown = queues.find(({ key }) => key === 'general');
          const { serviceLevel, asaMs } = sharesOf(queue);
          const { offered, queueAnswered: answered = 0, abandoned, talkMs = 0, onHoldMs = 0, wrapUpMs = 0 } = queue;
          const ahtMs = answered > 0 ? (talkMs + onHoldMs + wrapUpMs) / answered : undefined;
          expect(shown).toEqual({ ...shown, offered, answered, abandoned, serviceLevel, ...{ asaMs, ahtMs } });
          expect(shown?.occupancy).toBeCloseTo(busy, 10);
          for (const [formula, offered] of [
            ['answeredWithin/answered', day['queueAnswered']],
            ['answeredWithin/(offered-shortAbandoned)', (day['offered'] ?? 0) - shortAbandoned],
          ] as const) {
            await test.command('vera', 'supervision.settings', { formula, queue: null });
            const { serviceLevel: expected } = sharesOf({ ...day, offered: offered ?? 0 });
            expect((await report()).total.serviceLevel).toBe(expected);
          }
          expect((await report()).total.shortAbandoned).toBe(shortAbandoned);
          expect(operators.reduce((sum, row) => sum + row.talkMs, 0)).toBe(day['talkMs']);
        } finally {
          await test.close();
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 180_000);
});
