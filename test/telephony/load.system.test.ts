import { afterAll, beforeAll, expect, test } from 'vitest';
import { as, type CallFact, type CallId, type FactType } from '../../machines/vocabulary/index.ts';
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
  beforeAll(async () => {
    stage = await openStage({ globals: { GATE_PROMPT: 'beep', RING_SECONDS: '2' } });
    heard = await listenTo(stage.asterisk);
  });
  afterAll(async () => {
    await heard.close();
    await stage.close();
  });

  test('[SYS] the product’s facts equal the exchange’s own logs, call by call', async () => {
    const load = new RandomLoad(stage, SEED);
    await load.run(CALLS);
    const { pressed } = load;

    const calls = byCall(heard.facts.filter((fact): fact is CallFact => 'callId' in fact));
    const inbound = [...calls.values()].filter(
      ([first]) => first?.type === 'call.started' && first.direction === 'inbound',
    );
    expect(inbound).toHaveLength(CALLS);
    // Each call ended, or lives on in another.
    const absorbed = new Set(
      [...calls.values()].flat().flatMap((fact) => (fact.type === 'call.merged' ? [fact.absorbed] : [])),
    );
    for (const [callId, facts] of calls) {
      expect([callId, absorbed.has(callId) || facts.at(-1)?.type === 'call.ended']).toEqual([callId, true]);
    }

    const log = await queueLog();
    const seen = inbound.map((facts) => ({
      uniqueid: facts[0]?.type === 'call.started' ? String(facts[0].linkedid) : '',
      joined: count(facts, 'call.queueEntered'),
      abandoned: facts.filter((fact) => fact.type === 'call.queueLeft' && fact.reason === 'abandoned').length,
      connected: facts.filter((fact) => fact.type === 'call.queueLeft' && fact.reason === 'answered').length,
    }));
    expect(seen.toSorted(byUniqueid)).toEqual(
      seen
        .map(({ uniqueid }) => ({
          uniqueid,
          joined: log.filter((line) => line[1] === uniqueid && line[4] === 'ENTERQUEUE').length,
          abandoned: log.filter((line) => line[1] === uniqueid && line[4] === 'ABANDON').length,
          connected: log.filter((line) => line[1] === uniqueid && line[4] === 'CONNECT').length,
        }))
        .toSorted(byUniqueid),
    );

    const events = await channelEvents();
    for (const facts of inbound) {
      const [first] = facts;
      if (first?.type !== 'call.started') throw new Error('unreachable');
      const names = new Set(facts.flatMap((fact) => (fact.type === 'call.merged' ? [fact.absorbed] : [fact.callId])));
      const own = events.filter(([, , , linkedid]) => names.has(as<CallId>(`main/${linkedid}`)));
      // What happened in a consultation before it became part of this call belongs to it there.
      const told = [...names].flatMap((callId) => calls.get(callId) ?? []);
      expect([first.linkedid, transfersTold(told)]).toEqual([
        first.linkedid,
        {
          blind: own.filter(([type]) => type === 'BLINDTRANSFER').length,
          attended: own.filter(([type]) => type === 'ATTENDEDTRANSFER').length,
        },
      ]);
      // After a consultation a telephone shows the colleague's number: its holds are in the sum alone.
      if (transfersTold(facts).attended > 0) continue;
      expect([first.client.number, count(facts, 'call.held')]).toEqual([
        first.client.number,
        pressed.get(first.client.number) ?? 0,
      ]);
    }
    const holds = [...calls.values()].reduce((sum, facts) => sum + holdsPressed(facts), 0);
    expect(holds).toBe([...pressed.values()].reduce((sum, each) => sum + each, 0));
    const transferred = inbound.reduce((sum, facts) => sum + count(facts, 'call.transferred'), 0);
    const held = inbound.reduce((sum, facts) => sum + count(facts, 'call.held'), 0);
    // The load must have been one: each kind of thing happened.
    expect(Math.min(transferred, held, seen.filter(({ abandoned }) => abandoned > 0).length)).toBeGreaterThan(
      CALLS / 40,
    );
  }, 170_000);

  const queueLog = async (): Promise<string[][]> =>
    (await stage.asterisk.logFile('queue_log')).split('\n').map((line) => line.split('|'));
  const channelEvents = async (): Promise<string[][]> =>
    (await stage.asterisk.logFile('cel-custom/channel-events.csv'))
      .split('\n')
      .map((line) => line.split('","').map((cell) => cell.replaceAll('"', '')));
});

/** A refused blind transfer is one for the channel event log, which knows nothing of the gate. */
const transfersTold = (facts: readonly CallFact[]): { blind: number; attended: number } => {
  const kinds = facts.flatMap((fact) => (fact.type === 'call.transferred' ? [fact.kind] : []));
  return {
    blind: kinds.filter((kind) => kind === 'blind').length + count(facts, 'call.transferRefused'),
    attended: kinds.filter((kind) => kind === 'attended').length,
  };
};
/** A telephone that was holding when its consultation became part of this call holds this client too: pressed once. */
const holdsPressed = (facts: readonly CallFact[]): number => {
  const merged = facts.some(({ type }) => type === 'call.merged');
  return facts.filter((fact, index) => {
    const before = facts[index - 1];
    const asJoined = before?.type === 'call.answered' && before.at === fact.at;
    return fact.type === 'call.held' && !(merged && asJoined && before.device === fact.device);
  }).length;
};
const byUniqueid = (one: { uniqueid: string }, other: { uniqueid: string }): number =>
  one.uniqueid.localeCompare(other.uniqueid);
const count = (facts: readonly CallFact[], type: FactType): number => facts.filter((fact) => fact.type === type).length;
const byCall = (facts: readonly CallFact[]): Map<CallId, CallFact[]> => {
  const calls = new Map<CallId, CallFact[]>();
  for (const fact of facts) calls.set(fact.callId, [...(calls.get(fact.callId) ?? []), fact]);
  return calls;
};
