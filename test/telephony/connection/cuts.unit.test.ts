import { afterEach, describe, expect, it } from 'vitest';
import { headerOf } from '../../../server/telephony/connection/wire.ts';
import { channelEvent, type Rig, rigUp, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

/** What the exchange had written when the link broke; `id` is the ActionID of an action that waits. */
const CUTS: readonly (readonly [string, (id: string) => string])[] = [
  ['inside a header of an event', () => 'Event: Hangup\r\nUniqueid: 1763950000.17\r\nCause: 16\r\nCause-t'],
  ['after a whole line of an event', () => 'Event: Hangup\r\nUniqueid: 1763950000.17\r\nCause: 16\r\n'],
  ['inside an item of a list', (id) => `Event: CoreShowChannel\r\nActionID: ${id}\r\nChannel: PJSIP/101-0000`],
  ['inside an answer', (id) => `Response: Success\r\nActionID: ${id}\r\nPing: Po`],
  ['inside the output of a command', (id) => `Response: Follows\r\nActionID: ${id}\r\nsome output\r\nmore`],
  [
    'in the middle of a letter',
    () => Buffer.from('Event: Hangup\r\nCallerIDName: И').subarray(0, -1).toString('latin1'),
  ],
  ['inside the greeting of the next', () => 'Asterisk Call Mana'],
];

describe.each(TRANSPORTS)('a link cut in mid-packet, over %s', (_name, openTransport) => {
  it.each(CUTS)('[AMI-01] %s: nothing of it is told, and the next connection lives', async (_where, cut) => {
    rig = await rigUp({ openTransport }, { scripts: { hangup: () => undefined } });
    const waiting = rig.connection.action('Hangup', { Channel: 'PJSIP/101-00000001' }).catch((error: unknown) => error);
    await until('the action', () => rig?.ami.client.actionsNamed('Hangup').length === 1);
    const [asked] = rig.ami.client.actionsNamed('Hangup');
    rig.ami.client.cut(Buffer.from(cut(headerOf(asked ?? [], 'ActionID') ?? ''), 'latin1'));
    await until('lost', () => rig?.status === 'lost');
    expect(await waiting).toMatchObject({ code: 'telephony.linkLost' });

    rig.clock.advance(500);
    await rig.up();
    rig.ami.client.send(channelEvent('Newchannel', 18));
    await until('an event', () => (rig?.packets.length ?? 0) > 0);
    expect(rig.packets).toHaveLength(1);
    expect(rig.packets[0]).toMatchObject({ event: 'Newchannel', uniqueid: '1795500000.18' });
    expect((await rig.connection.action('Ping'))['ping']).toBe('Pong');
    expect(rig.connection.stats).toMatchObject({ faulty: 0, pendingActions: 0 });
  });
});

it('[AMI-01] a hundred links cut in mid-event leave neither sockets nor timers', async () => {
  rig = await rigUp();
  for (let cut = 0; cut < 100; cut += 1) {
    rig.ami.client.cut('Event: Hangup\r\nUniqueid: 1');
    await until('lost', () => rig?.status === 'lost');
    rig.clock.advance(10_000);
    await rig.up();
  }
  expect(rig.ami.open).toBe(1);
  expect(rig.packets).toEqual([]);
  // Ping, silence and the stable login: nothing of the hundred links before.
  expect(rig.clock.pending).toBe(3);
});
