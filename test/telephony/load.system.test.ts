import { afterEach, beforeEach, expect, test } from 'vitest';
import { isCallFact, type CallFact, type CallId, type FactType } from '../../machines/vocabulary/index.ts';
import { ExchangeLogs, type LoggedTransfer, type LoggedWait } from '../support/asterisk/exchangeLogs.ts';
import { groupBy } from '../support/groupBy.ts';
import { heldFor, holdFaults, holdsOfFacts } from '../support/asterisk/holdsOfFacts.ts';
import { describeWith } from '../support/peers.ts';
import { listenTo, type ListeningExchange } from '../support/asterisk/listenTo.ts';
import { RandomLoad } from '../support/asterisk/randomLoad.ts';
import { openStage, type Stage } from '../support/asterisk/stage.ts';

const CALLS = Number(process.env['LOAD_CALLS'] ?? 200);
const SEED = Number(process.env['LOAD_SEED'] ?? 20261123);

/** What the product heard of a random load must equal Asterisk's own queue log and channel event log, call by call. */
describeWith(['asterisk'], `[SYS] ${CALLS} random calls (seed ${SEED})`, () => {
  let stage: Stage;
  let heard: ListeningExchange;
  beforeEach(async () => {
    stage = await openStage({ globals: { GATE_PROMPT: 'beep', RING_SECONDS: '2' } });
    heard = await listenTo(stage.asterisk);
  });
  afterEach(async () => {
    await heard.close();
    await stage.close();
  });

  test('[SYS] the product’s facts equal the exchange’s own logs, call by call', async () => {
    const load = new RandomLoad(stage, SEED);
    await load.run(CALLS);
    const logs = await ExchangeLogs.read(stage.asterisk);
    const calls = groupBy(heard.facts.filter(isCallFact), ({ callId }) => callId);
    const inbound = [...calls.values()].filter((facts) => startOf(facts).direction === 'inbound');
    expect(inbound).toHaveLength(CALLS);

    const mergedAt = new Map(
      [...calls.values()]
        .flat()
        .flatMap((fact) => (fact.type === 'call.merged' ? [[fact.absorbed, fact.at] as const] : [])),
    );
    const expected = groupBy(load.expected(), ({ talk }) => talk);
    const talks = namesOf([...calls.values()]);
    const wrong: unknown[] = [];
    for (const [callId, facts] of calls) {
      const { direction, linkedid } = startOf(facts);
      const pressed = expected.get(talks.get(callId) ?? '') ?? [];
      const differ = (what: string, ours: unknown, theirs: unknown): void => {
        if (JSON.stringify(ours) !== JSON.stringify(theirs))
          wrong.push({ what, ours, theirs, pressed, facts, log: logs.of(linkedid), told: stage.ami.of(linkedid) });
      };
      differ('over', mergedAt.has(callId) || facts.at(-1)?.type === 'call.ended', true);
      const seen = holdsOfFacts(facts, mergedAt.get(callId));
      differ('holds', holdFaults(heldFor(pressed, seen.length, facts.at(-1)?.at), seen), []);
      if (direction !== 'inbound') continue;
      differ('queues joined', count(facts, 'call.queueEntered'), logs.joined(linkedid));
      differ('waits', waitsTold(facts, logs.waits(linkedid)), logs.waits(linkedid));
      differ('transfers', transfersTold(facts), logs.transfers(linkedid));
      differ('ended by', facts.findLast((fact) => fact.type === 'call.ended')?.by, logs.endedBy(linkedid));
    }
    expect(wrong).toEqual([]);
    // Nobody pressed a key in a talk that nobody has heard of.
    expect([...expected.keys()].filter((talk) => ![...talks.values()].includes(talk))).toEqual([]);

    // The load must have been one: each kind of thing happened.
    const all = inbound.flat();
    const abandoned = all.filter((fact) => fact.type === 'call.queueLeft' && fact.reason === 'abandoned').length;
    const least = Math.min(count(all, 'call.transferred'), count(all, 'call.held'), abandoned);
    expect(least).toBeGreaterThan(CALLS / 40);
    expect(count(all, 'call.merged')).toBeGreaterThan(0);
  });
});

type Started = Extract<CallFact, { type: 'call.started' }>;
const startOf = ([first]: readonly CallFact[]): Started => {
  if (first?.type !== 'call.started') throw new Error('a call without its beginning');
  return first;
};
/** Conversations by the names that the load gave them: the client's number, or who asked whom for the n-th time. */
const namesOf = (calls: readonly (readonly CallFact[])[]): ReadonlyMap<CallId, string> => {
  const asked = new Map<string, number>();
  return new Map(
    calls.map((facts) => {
      const { callId, direction, client, device = '', dialled } = startOf(facts);
      if (direction === 'inbound') return [callId, client.number];
      const key = `${device.replace('PJSIP/', '')} asks ${dialled}`;
      asked.set(key, (asked.get(key) ?? 0) + 1);
      return [callId, `${key} #${asked.get(key)}`];
    }),
  );
};
/** Waits as the log has them: in its whole seconds where they differ by less than one. */
const waitsTold = (facts: readonly CallFact[], logged: readonly LoggedWait[]): readonly unknown[] =>
  facts
    .filter((fact) => fact.type === 'call.queueLeft')
    .map(({ reason, queueWaitMs }, index) => {
      const { seconds = -1 } = logged[index] ?? {};
      return {
        end: reason,
        seconds: Math.abs(queueWaitMs - seconds * 1_000) < 1_100 ? seconds : queueWaitMs / 1_000,
      };
    });
/** A refused blind transfer is one for the channel event log, which knows nothing of the gate. */
const transfersTold = (facts: readonly CallFact[]): readonly LoggedTransfer[] =>
  facts.flatMap((fact): LoggedTransfer[] => {
    if (fact.type === 'call.transferRefused') return [{ kind: 'blind', from: fact.fromDevice, to: fact.target.number }];
    if (fact.type !== 'call.transferred') return [];
    const to = fact.kind === 'attended' ? (fact.target.device ?? '') : fact.target.number;
    return [{ kind: fact.kind, from: fact.fromDevice, to }];
  });
const count = (facts: readonly CallFact[], type: FactType): number => facts.filter((fact) => fact.type === type).length;
