import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { formatPacket } from '../../../server/telephony/connection/wire.ts';
import { GREETING } from '../../support/scriptedAmi.ts';
import { channelEvent, type Rig, rigUp, TOKEN, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

/** True AMI, to be spoiled. */
const MATERIAL: readonly string[] = [
  GREETING,
  ...['Newchannel', 'Newstate', 'Hold', 'Hangup', 'Newexten', 'VarSet'].map((event, at) =>
    formatPacket(channelEvent(event, at)),
  ),
  formatPacket({ Event: 'UserEvent', UserEvent: 'Survey', Token: TOKEN, Digit: '5' }),
  formatPacket({ Event: 'OriginateResponse', ActionID: 'i0000000-9', Response: 'Failure', Reason: '3' }),
  formatPacket({ Event: 'CoreShowChannel', ActionID: 'i0000000-3', Channel: 'PJSIP/101-00000001' }),
  formatPacket({ Response: 'Success', ActionID: 'i0000000-3', EventList: 'start' }),
  formatPacket({ Response: 'Error', ActionID: '', Message: 'Permission denied' }),
  formatPacket({ Event: 'FullyBooted', Uptime: '-1' }),
  'Response: Follows\r\nPrivilege: Command\r\nActionID: 1\r\noutput\r\n--END COMMAND--\r\n\r\n',
  'Response: Follows\r\n',
  'Event: Rawevent\r\n\r\n',
  'Event: Close\r\n\r\n',
  '__proto__: 1\r\nconstructor: 2\r\nEvent: Hangup\r\n\r\n',
  '\r\n\n\r\n\r\n',
  ': \r\n: :\r\n\r\n',
];

type Spoil = (bytes: Buffer, at: number) => Buffer;
const SPOILS: readonly Spoil[] = [
  (bytes) => bytes,
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at) => bytes.subarray(at),
  (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.from([0x0a]), bytes.subarray(at)]),
  (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.from([0xd0, 0xff, 0x00]), bytes.subarray(at)]),
  (bytes, at) => Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]),
  (bytes) => Buffer.from(bytes.toString('utf8').replaceAll('\r', '')),
];

const spoilt = fc
  .tuple(fc.constantFrom(...MATERIAL), fc.nat(SPOILS.length - 1), fc.nat(400))
  .map(([text, spoil, at]) => {
    const bytes = Buffer.from(text);
    return SPOILS[spoil]?.(bytes, at % (bytes.length + 1)) ?? bytes;
  });
const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
/** What the exchange sends in place of sense: in the greeting, while up, and how it goes away. */
const scenario = fc.record({
  greeting: fc.option(fc.oneof(noise, spoilt), { freq: 4, nil: undefined }),
  pieces: fc.array(fc.oneof({ weight: 5, arbitrary: spoilt }, { weight: 1, arbitrary: noise }), { maxLength: 6 }),
  reset: fc.boolean(),
  asks: fc.boolean(),
});

const settle = async (of: Rig): Promise<void> => {
  for (let tries = 0; of.status !== 'up'; tries += 1) {
    if (tries > 20) throw new Error(`not up again: ${JSON.stringify(of.states.slice(-3))}`);
    of.clock.advance(5_000);
    const before = of.states.length;
    await until('something', () => of.status === 'up' || of.states.length > before || of.ami.open === 0);
    await until('a decision', () => of.status !== 'connecting');
  }
};

describe.each(TRANSPORTS)('nonsense over %s', (_name, openTransport) => {
  it('[AMI-24] 10,000 cases of noise, cuts and disorder: no crash, and the next connection works', async () => {
    rig = await rigUp({ openTransport, timings: { refusedFirstMs: 100, refusedMostMs: 1_000 } });
    const { ami, clock, connection } = rig;
    const live = rig;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ greeting, pieces, reset, asks }) => {
        const { client } = ami;
        const asked = asks ? connection.action('Ping').catch((error: unknown) => error) : undefined;
        const before = live.states.length;
        for (const piece of pieces) client.write(piece);
        if (reset) client.socket.resetAndDestroy();
        else client.cut();
        await until('lost', () => live.states.slice(before).some((state) => state.status === 'lost'));
        await asked;
        if (greeting !== undefined) {
          // One connection that greets with nonsense; whatever comes of it, it goes.
          ami.change({ greeting: greeting.toString('latin1') });
          const count = ami.clients.length;
          clock.advance(10_000);
          await until('connected', () => ami.clients.length > count);
          ami.client.cut(greeting);
          await until('gone', () => ami.open === 0 && ['lost', 'refused'].includes(live.status));
          ami.change({ greeting: GREETING });
        }
        await settle(live);
        expect((await connection.action('Ping'))['ping']).toBe('Pong');
        expect(connection.stats.pendingActions).toBe(0);
        live.states.length = 0;
        live.packets.length = 0;
        live.log = '';
        ami.clients.splice(0, ami.clients.length - 1);
      }),
      { numRuns: 10_000 },
    );
    expect(connection.stats.handlerFaults).toBe(0);
    expect(clock.pending).toBe(3);
  });
});
