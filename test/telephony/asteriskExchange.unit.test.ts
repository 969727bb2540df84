import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import {
  AppError,
  as,
  type CallId,
  type DeviceId,
  type ExchangeId,
  type Fact,
} from '../../machines/vocabulary/index.ts';
import { createAsteriskExchange } from '../../server/telephony/asteriskExchange.ts';
import type {
  AmiConnection,
  AmiFields,
  AmiHandlers,
  AmiPacket,
  AmiState,
  OriginateOutcome,
} from '../../server/telephony/connection/connection.ts';
import type { Exchange, LinkState } from '../../server/telephony/exchange.ts';
import { FakeClock, flush } from '../support/fakeClock.ts';
import { chunksOf, packetsOf } from './correlate/replay.ts';
import { strictFaults } from '../support/strictFaults.ts';

const D101 = as<DeviceId>('PJSIP/101');
type Act = readonly [name: string, fields: AmiFields];

/** A link that a test works by hand: it notes what is asked and answers what it was told to. */
class FakeConnection {
  handlers: AmiHandlers | undefined;
  readonly acts: Act[] = [];
  readonly answers = new Map<string, AmiPacket | AppError>();
  readonly lists = new Map<string, readonly AmiPacket[] | AppError>();
  outcome: Promise<OriginateOutcome> = new Promise(() => undefined);

  start(handlers: AmiHandlers): void {
    this.handlers = handlers;
  }
  async stop(): Promise<void> {
    this.handlers = undefined;
  }
  async action(name: string, fields: AmiFields = {}): Promise<AmiPacket> {
    this.acts.push([name, fields]);
    const answer = this.answers.get(name) ?? {};
    if (answer instanceof AppError) throw answer;
    return answer;
  }
  async list(name: string): Promise<readonly AmiPacket[]> {
    const answer = this.lists.get(name) ?? [];
    if (answer instanceof AppError) throw answer;
    return answer;
  }
  async originate(fields: AmiFields): Promise<{ outcome: Promise<OriginateOutcome> }> {
    this.acts.push(['Originate', fields]);
    return { outcome: this.outcome };
  }
}

interface Bench {
  readonly connection: FakeConnection;
  readonly clock: FakeClock;
  readonly exchange: Exchange;
  readonly facts: Fact[];
  readonly links: LinkState[];
  readonly up: () => Promise<void>;
  readonly play: (recording: string, untilEvent?: string) => CallId;
}

const bench = (): Bench => {
  const connection = new FakeConnection();
  const clock = new FakeClock();
  const exchange = createAsteriskExchange({
    id: as<ExchangeId>('main'),
    connection: connection as unknown as AmiConnection,
    clock,
    log: pino({ level: 'silent' }),
    faults: strictFaults(),
    eventToken: 'secret-token',
  });
  const facts: Fact[] = [];
  const links: LinkState[] = [];
  exchange.start(
    (told) => facts.push(...told),
    (state) => links.push(state),
  );
  const state = (change: AmiState): void => connection.handlers?.onState(change);
  return {
    connection,
    clock,
    exchange,
    facts,
    links,
    up: async () => {
      const peer = { asteriskVersion: '22.10.0', amiVersion: '11.0.0', systemName: '' };
      state({ status: 'up', at: clock.now(), peer, restarted: false });
      await flush();
    },
    play: (recording, untilEvent) => {
      const packets = packetsOf(chunksOf(recording));
      const end =
        untilEvent === undefined
          ? packets.length
          : packets.findLastIndex(({ packet }) => packet['event'] === untilEvent) + 1;
      connection.handlers?.onPackets(packets.slice(0, end).map(({ packet }) => packet));
      return facts.find((fact) => fact.type === 'call.started')?.callId ?? as<CallId>('');
    },
  };
};
const refused = new AppError('telephony.refused', 'Permission denied');
const lost: AmiState = { status: 'lost', reason: 'cut', trueAt: 0, retryAt: 0 };

describe('[AMI] link of an exchange', () => {
  test('[AMI] it is up only after a resync, and the dialplan has its token before that', async () => {
    const { connection, links, facts, exchange, up } = bench();
    expect(exchange.link.status).toBe('connecting');
    await up();
    expect(links.map(({ status }) => status)).toEqual(['resyncing', 'up']);
    expect(connection.acts[0]).toEqual(['Setvar', { Variable: 'EVENT_TOKEN', Value: 'secret-token' }]);
    expect(facts).toMatchObject([{ type: 'link.restored' }]);
  });

  test('[AMI] a loss is told once, with the instant until which all was true', async () => {
    const { connection, facts, exchange, up, clock } = bench();
    await up();
    const trueAt = clock.now() - 3_000;
    connection.handlers?.onState({ ...lost, trueAt });
    connection.handlers?.onState({ ...lost, trueAt: clock.now() });
    expect(exchange.link).toMatchObject({ status: 'lost', trueAt, reason: 'cut' });
    expect(facts.filter(({ type }) => type === 'link.lost')).toHaveLength(1);
  });

  test('[AMI] a first connection that fails tells no loss', () => {
    const { connection, facts, exchange } = bench();
    connection.handlers?.onState({ ...lost, trueAt: undefined });
    expect([exchange.link.status, facts]).toEqual(['lost', []]);
    connection.handlers?.onState({ status: 'refused', message: 'Authentication failed', retryAt: 0 });
    expect(exchange.link).toMatchObject({ status: 'refused', reason: 'Authentication failed' });
  });

  test('[AMI] without the list of channels it stays in resync and tries again', async () => {
    const { connection, exchange, clock, up } = bench();
    connection.lists.set('CoreShowChannels', refused);
    await up();
    expect(exchange.link).toMatchObject({ status: 'resyncing', reason: 'Permission denied' });
    connection.lists.delete('CoreShowChannels');
    clock.advance(5_000);
    await flush();
    expect(exchange.link.status).toBe('up');
  });

  test('[AMI] without queues or device states it is up all the same', async () => {
    const { connection, exchange, up } = bench();
    connection.lists.set('QueueStatus', refused);
    connection.lists.set('DeviceStateList', refused);
    connection.answers.set('Setvar', refused);
    await up();
    expect(exchange.link.status).toBe('up');
  });

  test('[AMI] an answer of a login before the last is of no use', async () => {
    const { connection, facts, links, up } = bench();
    const first = up();
    connection.handlers?.onState(lost);
    await first;
    expect(links.map(({ status }) => status)).toEqual(['resyncing', 'lost']);
    expect(facts).toEqual([]);
  });

  test('[AMI] the exchange’s own figures are asked for each minute', async () => {
    const { connection, clock, facts, up } = bench();
    const Params = {
      event: 'QueueParams',
      queue: 'exams',
      calls: '2',
      completed: '7',
      holdtime: '31',
      servicelevel: '20',
    };
    connection.lists.set('QueueStatus', [Params]);
    await up();
    clock.advance(60_000);
    await flush();
    const figures = facts.filter(({ type }) => type === 'queue.figures');
    expect(figures).toHaveLength(2);
    expect(figures[1]).toMatchObject({
      queue: 'exams',
      waiting: 2,
      completed: 7,
      holdTimeMs: 31_000,
      serviceLevelMs: 20_000,
    });
  });

  test('[AMI] a resume is told a moment later, at its own instant', async () => {
    const { clock, facts, up, play } = bench();
    await up();
    play('queue-held-client-hangs-up', 'Unhold');
    const at = clock.now();
    expect(facts.at(-1)?.type).toBe('call.held');
    clock.advance(100);
    expect(facts.at(-1)).toMatchObject({ type: 'call.resumed', at });
  });
});

describe('[AMI] commands of an exchange', () => {
  test('[AMI] each command goes out as its action, on the channel of the telephone', async () => {
    const { connection, exchange, up, play } = bench();
    await up();
    const callId = play('client-hangs-up-held', 'Hold');
    connection.acts.length = 0;
    await exchange.hold(callId, D101);
    await exchange.resume(callId, D101);
    await exchange.hangUp(callId, D101);
    await exchange.blindTransfer(callId, D101, '+7 (906) 555-01-01');
    await exchange.consult(callId, D101, '102');
    await exchange.inviteToSurvey(callId);
    const channel = 'PJSIP/101-00000001';
    const client = 'PJSIP/trunk-00000000';
    expect(connection.acts).toEqual([
      ['PJSIPNotify', { Channel: channel, Variable: { Event: 'hold' } }],
      ['PJSIPNotify', { Channel: channel, Variable: { Event: 'talk' } }],
      ['Hangup', { Channel: channel, Cause: 16 }],
      ['Getvar', { Variable: 'DIALPLAN_EXISTS(transfer-gate,+79065550101,1)' }],
      ['BlindTransfer', { Channel: channel, Context: 'transfer-gate', Exten: '+79065550101' }],
      ['Getvar', { Variable: 'DIALPLAN_EXISTS(transfer-gate,102,1)' }],
      ['Atxfer', { Channel: channel, Context: 'transfer-gate', Exten: '102' }],
      ['Setvar', { Channel: client, Variable: 'SURVEY_WANTED', Value: 'yes' }],
    ]);
  });

  test('[AMI] a number that no dialplan knows is refused before anybody is sent there', async () => {
    const { connection, exchange, up, play } = bench();
    await up();
    const callId = play('client-hangs-up-held', 'Hold');
    connection.acts.length = 0;
    connection.answers.set('Getvar', { value: '0' });
    const refused = { code: 'telephony.noSuchNumber', kind: 'user', details: { number: '99999' } };
    await expect(exchange.blindTransfer(callId, D101, '99999')).rejects.toMatchObject(refused);
    await expect(exchange.consult(callId, D101, '99999')).rejects.toMatchObject(refused);
    const call = { device: D101, number: '99999', token: 'promise-7', callerId: '' };
    await expect(exchange.originate(call)).rejects.toMatchObject(refused);
    expect(connection.acts.map(([name]) => name)).toEqual(['Getvar', 'Getvar', 'Getvar']);
  });

  test('[AMI] an exchange that will not say whether it knows the number is left to find out', async () => {
    const { connection, exchange, up, play } = bench();
    await up();
    const callId = play('client-hangs-up-held', 'Hold');
    connection.acts.length = 0;
    connection.answers.set('Getvar', refused);
    await exchange.blindTransfer(callId, D101, '102');
    expect(connection.acts.map(([name]) => name)).toEqual(['Getvar', 'BlindTransfer']);
  });

  test('[AMI] a call or a telephone that is not there is an unknown call', async () => {
    const { exchange, up, play } = bench();
    await up();
    const callId = play('client-hangs-up-held', 'Hold');
    const unknown = { code: 'telephony.unknownCall' };
    await expect(exchange.hangUp(as<CallId>('main/1.1'), D101)).rejects.toMatchObject(unknown);
    await expect(exchange.hangUp(callId, as<DeviceId>('PJSIP/102'))).rejects.toMatchObject(unknown);
    await expect(exchange.completeConsult(callId, D101)).rejects.toMatchObject(unknown);
    await expect(exchange.setTransferCount(as<CallId>('main/1.1'), 1, 2)).rejects.toMatchObject(unknown);
  });

  test.each(['', '12\r\nAction: Command', '102@elsewhere', '${SHELL(id)}', '9'.repeat(60)])(
    '[AMI] %j is no number to dial',
    async (number) => {
      const { exchange, up, play } = bench();
      await up();
      const callId = play('client-hangs-up-held', 'Hold');
      await expect(exchange.blindTransfer(callId, D101, number)).rejects.toMatchObject({ code: 'telephony.badValue' });
    },
  );

  test('[AMI] the gate is told what it did not count itself', async () => {
    const { connection, exchange, up, play } = bench();
    await up();
    const callId = play('client-hangs-up-held', 'Hold');
    connection.acts.length = 0;
    connection.answers.set('Getvar', { value: '1' });
    await exchange.setTransferCount(callId, 3, 4);
    const Channel = 'PJSIP/trunk-00000000';
    expect(connection.acts).toEqual([
      ['Getvar', { Channel, Variable: 'SHARED(GATE_COUNT)' }],
      ['Setvar', { Channel, Variable: 'SHARED(GATE_BEFORE)', Value: 2 }],
      ['Setvar', { Channel, Variable: 'SHARED(GATE_LIMIT)', Value: 4 }],
    ]);
  });

  test('[AMI] a count for a client who is still being called waits for the client’s channel', async () => {
    const { connection, exchange, up, play } = bench();
    await up();
    const callId = play('outbound-originated', 'OriginateResponse');
    connection.acts.length = 0;
    await exchange.setTransferCount(callId, 1, 2);
    expect(connection.acts).toEqual([]);
    const rest = packetsOf(chunksOf('outbound-originated'));
    const from = rest.findIndex(({ packet }) => packet['event'] === 'OriginateResponse');
    connection.handlers?.onPackets(
      rest
        .slice(from, rest.findLastIndex(({ packet }) => packet['event'] === 'BridgeEnter') + 1)
        .map(({ packet }) => packet),
    );
    await flush();
    expect(connection.acts.map(([name]) => name)).toEqual(['Getvar', 'Setvar', 'Setvar']);
  });

  test('[3.5.5-г] an originate that Asterisk cannot begin is told as a call, with its token', async () => {
    const { connection, exchange, facts, up } = bench();
    await up();
    connection.outcome = Promise.resolve({ kind: 'failed', packet: {} });
    await exchange.originate({ device: D101, number: '79065550101', token: 'promise-7', callerId: '84712000000' });
    await flush();
    expect(facts.slice(-2)).toMatchObject([
      { type: 'call.started', originateToken: 'promise-7', dialled: '79065550101', device: D101 },
      { type: 'call.ended', by: 'operator' },
    ]);
    const [, fields] = connection.acts.at(-1) ?? ['', {}];
    expect(fields).toMatchObject({ Context: 'from-operators', Variable: { OUTBOUND_NUMBER: '84712000000' } });
    expect(fields['ChannelId']).toMatch(/^tr-[0-9a-z]+-promise-7$/);
  });
});
