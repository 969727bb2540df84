import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Counters } from '../../../server/telephony/connection/counters.ts';
import { Inbox } from '../../../server/telephony/connection/inbox.ts';
import { DEFAULT_LIMITS } from '../../../server/telephony/connection/options.ts';
import { headerOf } from '../../../server/telephony/connection/wire.ts';
import { flush } from '../../support/fakeClock.ts';
import { channelEvent, type Rig, rigUp, SECRET, TOKEN, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
  vi.restoreAllMocks();
});

const busy = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe.each(TRANSPORTS)('events over %s', (_name, openTransport) => {
  it('[AMI-13] events named like those of sockets are events, and the order stays', async () => {
    rig = await rigUp({ openTransport });
    const { client } = rig.ami;
    const names = [
      'Close',
      'Error',
      'End',
      'Connect',
      'Rawevent',
      'ManagerEvent',
      'Response',
      'Asterisk',
      '__proto__',
      '',
    ];
    for (const [at, name] of names.entries()) {
      client.send({ Event: name, Uniqueid: '1' });
      client.send(channelEvent('Newstate', at));
    }
    await until('all', () => rig?.packets.length === names.length);
    await flush(20);
    expect(rig.packets.map((packet) => packet['uniqueid'])).toEqual(names.map((_, at) => `1795500000.${String(at)}`));
    expect(rig.status).toBe('up');
    expect(rig.ami.clients).toHaveLength(1);
    expect([...rig.connection.stats.unknownEvents.keys()]).toEqual(names.slice(0, 9));
    expect((await rig.connection.action('Ping'))['ping']).toBe('Pong');
  });

  it('[AMI-13] an event named like an ActionID answers nothing', async () => {
    rig = await rigUp({ openTransport }, { scripts: { hangup: () => undefined } });
    let settled = false;
    const waiting = rig.connection.action('Hangup').finally(() => (settled = true));
    await until('sent', () => rig?.ami.client.actionsNamed('Hangup').length === 1);
    const id = headerOf(rig.ami.client.actionsNamed('Hangup')[0] ?? [], 'ActionID') ?? '';
    expect(id).not.toBe('');
    rig.ami.client.send({ Event: id });
    rig.ami.client.send({ Event: 'Newstate', ActionID: id });
    await flush(20);
    expect(settled).toBe(false);
    rig.ami.client.send({ Response: 'Success', ActionID: id });
    await waiting;
  });

  it('[AMI-17] the secret is in no log and in nothing that can be printed', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    rig = await rigUp({ openTransport });
    rig.ami.change({ secret: 'another' });
    rig.ami.client.cut('Event: Hang');
    await until('lost', () => rig?.status === 'lost');
    rig.clock.advance(1_000);
    await until('refused', () => rig?.status === 'refused');
    for (const text of [
      rig.log,
      inspect(rig.connection, { depth: 20, showHidden: true }),
      JSON.stringify(rig.connection),
    ]) {
      expect(text).not.toContain(SECRET);
    }
    expect(inspect(rig.states)).not.toContain(SECRET);
    expect(printed).not.toHaveBeenCalled();
  });

  it('[AMI-19] between two batches the socket is read, so a slow consumer never keeps the exchange waiting', async () => {
    rig = await rigUp({ openTransport });
    const text = Array.from({ length: 3_000 }, (_, at) => channelEvent('Newstate', at));
    let behind = 0;
    rig.onPackets = () => {
      busy(2);
      behind = Math.max(behind, (rig?.connection.stats.received ?? 0) - (rig?.packets.length ?? 0));
    };
    for (const event of text) rig.ami.client.send(event);
    await until('all', () => rig?.packets.length === 3_000);
    expect(Math.max(...rig.batches)).toBeLessThanOrEqual(100);
    expect(rig.connection.stats.queuedPeak).toBeGreaterThan(500);
    expect(behind).toBeGreaterThan(500);
    expect(rig.packets.map((packet) => packet['uniqueid'])).toEqual(text.map((event) => event['Uniqueid']));
    expect(rig.connection.stats).toMatchObject({ queued: 0, delivered: 3_000 });
  });

  it('[AMI-19] a burst of 20,000 events passes a consumer that keeps up', async () => {
    rig = await rigUp({ openTransport });
    rig.ami.client.write('Event: Newstate\r\nUniqueid: 1.1\r\n\r\n'.repeat(20_000));
    await until('all', () => rig?.packets.length === 20_000);
    expect(rig.connection.stats).toMatchObject({ overflows: 0, losses: 0 });
  });

  it('[AMI-19] what is not used takes no room in the queue', async () => {
    rig = await rigUp({ openTransport, limits: { queueBound: 2_000, batchSize: 10 } });
    rig.onPackets = () => busy(1);
    let text = '';
    for (let at = 0; at < 1_500; at += 1) {
      text += `Event: Newstate\r\nUniqueid: ${String(at)}\r\n\r\nEvent: MusicOnHoldStart\r\nUniqueid: ${String(at)}\r\n\r\n`;
    }
    rig.ami.client.write(text);
    await until('all used', () => rig?.packets.length === 1_500);
    expect(rig.connection.stats).toMatchObject({ queued: 0, delivered: 1_500, overflows: 0 });
    expect(rig.connection.stats.droppedEvents.get('MusicOnHoldStart')).toBe(1_500);
    expect(rig.packets.map((packet) => packet['uniqueid'])).toEqual(
      Array.from({ length: 1_500 }, (_, at) => String(at)),
    );
  });

  it('[AMI-19] beyond all bounds the link is given up, told after what was read, and found again', async () => {
    rig = await rigUp({ openTransport, limits: { queueBound: 500, batchSize: 10 } });
    const order: (number | string)[] = [];
    rig.onPackets = () => {
      busy(1);
      order.push(rig?.packets.length ?? 0);
    };
    rig.onState = (state) => order.push(state.status);
    rig.ami.client.write('Event: Newstate\r\n\r\n'.repeat(5_000));
    await until('lost', () => rig?.status === 'lost');
    expect(rig.connection.state).toMatchObject({ reason: 'more events wait than can be handled' });
    expect(rig.connection.stats).toMatchObject({ overflows: 1, queued: 0 });
    expect(rig.connection.stats.queuedPeak).toBe(500);
    expect(order.at(-1)).toBe('lost');
    expect(rig.packets.length).toBeGreaterThanOrEqual(500);
    rig.clock.advance(1_000);
    await rig.up();
  });

  it('[AMI-19] what is never used is dropped at the entry, by name; the unknown is counted in a bounded table', async () => {
    rig = await rigUp({ openTransport });
    const { client } = rig.ami;
    for (const name of ['VarSet', 'Newexten', 'RTCPSent', 'VarSet'])
      client.send({ Event: name, Variable: 'A', Value: '1' });
    for (let at = 0; at < 300; at += 1) client.send({ Event: `Strange{${String(at)}}` });
    client.send(channelEvent('Hangup', 1));
    await until('the event', () => rig?.packets.length === 1);
    const { droppedEvents, unknownEvents } = rig.connection.stats;
    expect(Object.fromEntries(droppedEvents)).toEqual({ VarSet: 2, Newexten: 1, RTCPSent: 1 });
    expect(unknownEvents.get('Strange_7_')).toBe(1);
    expect(unknownEvents.size).toBe(200);
    expect(unknownEvents.get('(other)')).toBe(101);
  });

  it('[AMI-21] a UserEvent is believed only with the token of the dialplan', async () => {
    rig = await rigUp({ openTransport });
    const { client } = rig.ami;
    const body = { UserEvent: 'TransferRefused', Uniqueid: '1.10', Count: '2' };
    client.send({ Event: 'UserEvent', ...body });
    client.send({ Event: 'UserEvent', ...body, Token: 'guessed' });
    client.send({ Event: 'UserEvent', ...body, Token: [TOKEN, 'x'] });
    client.send({ Event: 'UserEvent', ...body, Token: TOKEN, Answer: 'да: 5' });
    await until('it', () => rig?.packets.length === 1);
    expect(rig.packets[0]).toMatchObject({
      userevent: 'TransferRefused',
      uniqueid: '1.10',
      count: '2',
      answer: 'да: 5',
    });
    expect(rig.packets[0]).not.toHaveProperty('token');
    expect('constructor' in (rig.packets[0] ?? {})).toBe(false);
    expect(rig.connection.stats.refusedUserEvents).toBe(3);
    await rig.stop();
    rig = await rigUp({ openTransport, userEventToken: '' });
    rig.ami.client.send({ Event: 'UserEvent', ...body, Token: '' });
    await until('refused', () => rig?.connection.stats.refusedUserEvents === 1);
  });

  it('[AMI-21] what a stranger writes into Newexten or a UserEvent is not told under another name', async () => {
    rig = await rigUp({ openTransport });
    rig.ami.client.write('Event: Newexten\r\nAppData: x\nEvent: Hangup\nUniqueid: 1.10\r\n\r\n');
    rig.ami.client.write(`Event: UserEvent\r\nUserEvent: x\r\nToken: ${TOKEN}\nToken: y\nUniqueid: 1.10\r\n\r\n`);
    rig.ami.client.send(channelEvent('Hold', 1));
    await until('the event', () => rig?.packets.length === 1);
    expect(rig.events).toEqual(['Hold']);
    expect(rig.connection.stats.refusedUserEvents).toBe(1);
  });

  it('[AMI-13] a consumer that throws loses neither packets nor the link', async () => {
    rig = await rigUp({ openTransport });
    rig.onPackets = () => {
      throw new Error('a fault of the consumer');
    };
    for (let at = 1; at <= 3; at += 1) {
      rig.ami.client.send(channelEvent('Hold', at));
      await until('told', () => rig?.packets.length === at);
    }
    expect(rig.connection.stats.handlerFaults).toBe(3);
    expect(rig.log).toContain('a fault of the consumer');
    expect(rig.status).toBe('up');
  });

  it('[AMI-02] a consumer that stops the connection in its call hears nothing more', async () => {
    rig = await rigUp({ openTransport });
    rig.onPackets = () => void rig?.connection.stop();
    rig.ami.client.write('Event: Hold\r\n\r\n'.repeat(500));
    await until('told', () => rig?.status === 'stopped');
    const told = rig.packets.length;
    await until('closed', () => rig?.ami.open === 0);
    await flush(10);
    expect(rig.packets).toHaveLength(told);
    expect(rig.clock.pending).toBe(0);
  });
});

it('[AMI-19] a slow consumer has the event loop turn every few milliseconds', async () => {
  let taken = 0;
  const inbox = new Inbox({ ...DEFAULT_LIMITS, batchSize: 5, turnMs: 4 }, new Counters(), (batch) => {
    taken += batch.length;
    busy(1);
  });
  for (let at = 0; at < 200; at += 1) inbox.push({ event: 'Hold' });
  let turns = 0;
  await until('all', () => {
    turns += 1;
    return taken === 200;
  });
  expect(turns).toBeGreaterThanOrEqual(8);
});

it('[AMI-23] the library is named in one file and its packets never leave it', () => {
  const sources = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(20);
  const using = sources.filter((path) => /from 'asterisk-manager'/.test(readFileSync(join('server', path), 'utf8')));
  expect(using).toEqual([join('telephony', 'connection', 'libraryTransport.ts')]);
});
