import { isLive } from '../../../machines/call/index.ts';
import { isCallFact, type CallFact, type CallId, type Fact } from '../../../machines/vocabulary/index.ts';
import { knownCalls } from '../../../server/calls/knownCalls.ts';
import { LiveCall, type ScriptWorld } from '../../../server/calls/liveCall.ts';
import { historyOf } from '../../../server/reports/callHistory.ts';
import type { AmiPacket } from '../../../server/telephony/connection/connection.ts';
import { toPacket } from '../../../server/telephony/connection/packet.ts';
import {
  formatPacket,
  PacketDecoder,
  type PacketFields,
  type WirePacket,
} from '../../../server/telephony/connection/wire.ts';
import { Correlator } from '../../../server/telephony/correlate/correlator.ts';
import { carryOut } from '../../../server/telephony/demo/actions/index.ts';
import { SHIPPED_ACCOUNT } from '../../../server/telephony/demo/amiServer.ts';
import type { AmiSession } from '../../../server/telephony/demo/amiSession.ts';
import { DemoExchange } from '../../../server/telephony/demo/exchange.ts';
import { LoadGenerator } from '../../../server/telephony/demo/load.ts';
import { loadSite } from '../../../server/telephony/demo/loadSite.ts';
import { Random } from '../../../server/telephony/demo/random.ts';
import { Telephones } from '../../../server/telephony/demo/telephones.ts';
import { TrueLedger } from '../../../server/telephony/demo/truth.ts';
import { presentHistory, type CallReply } from '../../../server/web/presenters/call.ts';
import type { Gap } from '../../chaos/compare.ts';
import { watchLines } from '../../chaos/lines.ts';
import { FAKE_START, FakeClock } from '../../support/fakeClock.ts';
import { EXCHANGE } from '../correlate/replay.ts';
import { strictFaults } from '../../support/strictFaults.ts';

const PACE = 0.05;
/** A batch of facts is durable so much later; a kill takes what is not. */
const DURABLE_MS = 8;
const NO_SCRIPTS: ScriptWorld = {
  start: () => undefined,
  step: () => {
    throw new Error('no script is open');
  },
};
const NOBODY = { person: () => undefined, inquiry: () => undefined };

/** What the store has of the calls, by the rules of the room of calls. */
class Records {
  readonly live = new Map<CallId, LiveCall>();
  readonly told: Fact[] = [];
  readonly #closed: CallReply[] = [];

  apply(fact: Fact): void {
    this.told.push(fact);
    if (!isCallFact(fact)) return;
    const live = this.live.get(fact.callId);
    if (fact.type === 'call.started') {
      if (!live) this.live.set(fact.callId, new LiveCall(fact));
      return;
    }
    if (!live) return;
    live.apply({ kind: 'fact', body: fact }, fact.at, NO_SCRIPTS, strictFaults());
    if (fact.type === 'call.merged') this.#absorb(fact);
    if (!isLive(live.snapshot)) this.#close(live);
  }
  #absorb({ absorbed, at, exchangeId }: CallFact & { type: 'call.merged' }): void {
    const other = this.live.get(absorbed);
    if (!other) return;
    const body = {
      type: 'call.ended',
      callId: absorbed,
      exchangeId,
      at,
      by: 'exchange',
      cause: 0,
      causeText: 'merged',
    } as const;
    other.apply({ kind: 'fact', body }, at, NO_SCRIPTS, strictFaults());
    this.#close(other);
  }
  #close(live: LiveCall): void {
    this.live.delete(live.callId);
    this.#closed.push(presentHistory(live.callId, historyOf(live, NOBODY)));
  }
  get all(): CallReply[] {
    return [
      ...this.#closed,
      ...[...this.live.values()].map((live) => presentHistory(live.callId, historyOf(live, NOBODY))),
    ];
  }
}

/** The answers of the demo exchange to the questions of a resync, without a socket. */
const asks = (exchange: DemoExchange, keys: Telephones) => {
  let text = '';
  const session = {
    account: SHIPPED_ACCOUNT,
    server: { exchange, telephones: keys },
    send: (more: string) => void (text += more),
    answer: (_request: WirePacket, fields: PacketFields) =>
      void (text += formatPacket({ Response: 'Success', ...fields })),
  } as unknown as AmiSession;
  return (...request: WirePacket): AmiPacket[] => {
    text = '';
    carryOut(session, request);
    return new PacketDecoder().push(text).map((packet) => toPacket(packet));
  };
};

export interface GapDay {
  readonly truth: TrueLedger;
  readonly records: readonly CallReply[];
  readonly told: readonly Fact[];
  readonly gaps: readonly Gap[];
  readonly lines: ReadonlySet<string>;
  readonly correlator: Correlator;
}

/**
 * A seeded day in which the link is lost and the product is killed again and again; with `early` also so often while it
 * starts, or just after.
 */
export const gapDay = (seed: number, mostLateMs = 0, watch?: (line: string) => void, early = 0): GapDay => {
  const ends = new Random(seed ^ 0xdead);
  /** Between two questions of a resync. */
  const slowMs = 30 + 10 * mostLateMs;
  const clock = new FakeClock();
  const random = new Random(seed ^ 0x5eed);
  const exchange = new DemoExchange(loadSite(80, PACE), clock);
  exchange.core.globals.set('EVENT_TOKEN', 'token');
  const keys = new Telephones(exchange);
  const truth = new TrueLedger(exchange);
  const ask = asks(exchange, keys);
  const records = new Records();
  const gaps: Gap[] = [];
  const lines = watchLines(exchange);
  const classifier = {
    roleOfDevice: (device: string) => (/^PJSIP\/\d{4}$/.test(device) ? ('staff' as const) : undefined),
  };
  let correlator = new Correlator(EXCHANGE, classifier);
  let connected = true;
  let waiting: { facts: readonly Fact[] }[] = [];
  const tell = (facts: readonly Fact[]): void => {
    if (facts.length === 0) return;
    if (watch) for (const fact of facts) watch(`  fact ${clock.now()} ${JSON.stringify(fact)}`);
    const batch = { facts };
    waiting.push(batch);
    clock.setTimer(clock.now() + DURABLE_MS, () => {
      if (!waiting.includes(batch)) return;
      waiting = waiting.filter((each) => each !== batch);
      for (const fact of batch.facts) records.apply(fact);
    });
  };
  /** A busy product reads late, and never more than a part of what has come. */
  const busy = new Random(seed ^ 0xb057);
  let unread: AmiPacket[] = [];
  const read = (): void => {
    const batch = mostLateMs === 0 ? unread : unread.slice(0, busy.whole(1, 40));
    unread = unread.slice(batch.length);
    for (const packet of batch) tell(correlator.take(packet, clock.now()));
    const mine = correlator;
    const { settleAt } = mine;
    if (settleAt !== undefined)
      clock.setTimer(settleAt, () => {
        if (mine === correlator && connected && unread.length === 0) tell(mine.settle(clock.now()));
      });
    if (unread.length > 0) clock.setTimer(clock.now() + busy.whole(0, mostLateMs), read);
  };
  const readAll = (): void => {
    for (const packet of unread) tell(correlator.take(packet, clock.now()));
    unread = [];
  };
  exchange.witness((happening) => watch?.(`TRUE ${clock.now()} ${JSON.stringify(happening)}`));
  exchange.listen({
    wants: (eventClass, event) => SHIPPED_ACCOUNT.read.includes(eventClass) && !SHIPPED_ACCOUNT.without.includes(event),
    event: (event, _class, fields, at) => {
      watch?.(`  ${connected ? '' : 'UNSEEN '}ami ${at} ${event} ${JSON.stringify(fields)}`);
      if (!connected) return;
      const [packet] = new PacketDecoder().push(
        formatPacket({ Event: event, Timestamp: (at / 1_000).toFixed(6), ...fields }),
      );
      unread.push(toPacket(packet ?? []));
      if (mostLateMs === 0) read();
      else if (unread.length === 1) clock.setTimer(at + busy.whole(0, mostLateMs), read);
    },
  });

  /** From the login to the end of the resync, with the exchange going on meanwhile. */
  const login = (from: number, trueAt: number, seeded: boolean): void => {
    const askedAt = clock.now();
    if (!seeded) correlator.seed(knownCalls({ all: () => records.live.values() }, EXCHANGE));
    connected = true;
    clock.advance(random.whole(0, slowMs));
    if (ends.chance(early)) return kill(from);
    const channels = ask(['Action', 'CoreShowChannels']).filter((each) => each['event'] === 'CoreShowChannel');
    clock.advance(random.whole(0, slowMs / 10));
    const queues = ask(['Action', 'QueueStatus']);
    clock.advance(random.whole(0, slowMs / 10));
    const deviceStates = ask(['Action', 'DeviceStateList']).filter((each) => each['event'] === 'DeviceStateChange');
    const parked = ask(['Action', 'ParkedCalls']).filter((each) => each['event'] === 'ParkedCall');
    clock.advance(random.whole(0, slowMs));
    const valueOf = ({ channel = '' }: AmiPacket, variable: string): string =>
      ask(['Action', 'Getvar'], ['Channel', channel], ['Variable', variable])[0]?.['value'] ?? '';
    const onHold = new Map<string, boolean>();
    const trails = new Map<string, string>();
    for (const each of channels) {
      const { uniqueid = '', channel = '', channelstate, bridgeid = '' } = each;
      if (channelstate !== '6') continue;
      if (!channel.startsWith('Local/')) trails.set(uniqueid, valueOf(each, 'SHARED(GATE_TRAIL)'));
      const value = bridgeid === '' ? '' : valueOf(each, 'CHANNEL(onhold)');
      if (value !== '') onHold.set(uniqueid, value === '1');
    }
    clock.advance(random.whole(0, slowMs / 3));
    if (ends.chance(early)) return kill(from);
    readAll();
    watch?.(`RESYNC ${clock.now()}`);
    const lists = { channels, queues, deviceStates, parked, onHold, trails };
    tell(correlator.resync({ askedAt, trueAt, restarted: false, ...lists }, clock.now()));
    // What happened in the same millisecond may have come before the lists.
    gaps.push({ from, to: clock.now() + 1 });
    if (ends.chance(early)) {
      // A moment after the resync: some of what it told is durable, some not.
      clock.advance(ends.whole(0, 20));
      kill();
    }
  };
  const loseLink = (): void => {
    watch?.(`LOST ${clock.now()}`);
    const from = clock.now();
    connected = false;
    readAll();
    tell(correlator.lose(from, 'cut'));
    // Mostly short; now and then a minute, longer than any call of the load lasts.
    clock.advance(random.whole(0, random.chance(0.05) ? 60_000 : 3_000));
    login(from, from, true);
  };
  const kill = (began?: number): void => {
    watch?.(`KILL ${clock.now()}`);
    const from = began ?? clock.now() - DURABLE_MS - 50 - 50 * mostLateMs;
    connected = false;
    unread = [];
    waiting = [];
    correlator = new Correlator(EXCHANGE, classifier);
    clock.advance(random.whole(300, 3_000));
    login(from, from, false);
  };

  login(clock.now(), clock.now(), true);
  const load = new LoadGenerator(exchange, keys, { seed, callsPerSecond: 8, pace: PACE });
  load.start();
  while (clock.now() < FAKE_START + 40_000) {
    clock.advance(random.whole(200, 3_000));
    if (random.chance(0.6)) kill();
    else loseLink();
  }
  load.stopCalling();
  clock.advance(600_000);
  tell(correlator.settle(clock.now() + 5_000));
  clock.advance(1_000);
  return { truth, records: records.all, told: records.told, gaps, lines: lines(), correlator };
};
