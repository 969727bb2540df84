import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../server/clock.ts';
import { headerOf, type WirePacket } from '../../../server/telephony/connection/wire.ts';
import { DemoAmiServer, SHIPPED_ACCOUNT, unfilteredAccount } from '../../../server/telephony/demo/amiServer.ts';
import { DemoExchange } from '../../../server/telephony/demo/exchange.ts';
import { Telephones } from '../../../server/telephony/demo/telephones.ts';
import { AmiClient } from './amiClient.ts';
import { CLIENT, GENERAL, RECORDED_SITE } from './rig.ts';
import { eventually } from '../../support/eventually.ts';

const OPEN_ACCOUNT = { ...unfilteredAccount(SHIPPED_ACCOUNT), name: 'unfiltered' };
const POOR_ACCOUNT = { ...SHIPPED_ACCOUNT, name: 'poor', write: ['agent'] as const };

let exchange: DemoExchange;
let keys: Telephones;
let server: DemoAmiServer;
let port: number;
const clients: AmiClient[] = [];
const signedIn = async (account: { name: string; secret: string } = SHIPPED_ACCOUNT): Promise<AmiClient> => {
  const client = await AmiClient.signedIn(port, account);
  clients.push(client);
  return client;
};
const messageOf = (packet: WirePacket): string => headerOf(packet, 'Message') ?? '';

beforeEach(async () => {
  exchange = new DemoExchange({ ...RECORDED_SITE, answerPauseMs: 0 }, systemClock);
  keys = new Telephones(exchange);
  server = new DemoAmiServer(exchange, keys, {
    accounts: [SHIPPED_ACCOUNT, OPEN_ACCOUNT, POOR_ACCOUNT],
    wallClock: systemClock,
    refusalDelayMs: 20,
    writeTimeoutMs: 50,
  });
  port = await server.open();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  exchange.stop();
  await server.close();
});

describe('[DEMO-20] sessions', () => {
  test('[DEMO-20] greets, lets in and says that it is booted', async () => {
    const client = await signedIn();
    const booted = await client.event('FullyBooted');
    expect(client.greeting).toBe('Asterisk Call Manager/11.0.0');
    expect(booted.map(([key]) => key)).toEqual(['Event', 'Privilege', 'Uptime', 'LastReload', 'Status']);
    expect(Number(headerOf(booted, 'Uptime'))).toBeGreaterThan(3_000);
  });

  test('[DEMO-20] a wrong secret is refused in Asterisk’s words, late, and the session closed', async () => {
    const client = await AmiClient.open(port);
    const answer = await client.action('Login', { Username: SHIPPED_ACCOUNT.name, Secret: 'wrong' });
    expect([headerOf(answer, 'Response'), messageOf(answer)]).toEqual(['Error', 'Authentication failed']);
    await eventually(() => expect(client.closed).toBe(true));
  });

  test('[DEMO-20] an MD5 login by challenge', async () => {
    const client = await AmiClient.open(port);
    clients.push(client);
    const challenge = headerOf(await client.action('Challenge', { AuthType: 'MD5' }), 'Challenge') ?? '';
    const Key = createHash('md5')
      .update(challenge + SHIPPED_ACCOUNT.secret)
      .digest('hex');
    const login = (key: string) =>
      client.action('Login', { AuthType: 'MD5', Username: SHIPPED_ACCOUNT.name, Key: key });
    expect(messageOf(await login(Key))).toBe('Authentication accepted');
    const other = await AmiClient.open(port);
    const refused = await other.action('Login', { AuthType: 'MD5', Username: SHIPPED_ACCOUNT.name, Key });
    expect(messageOf(refused)).toBe('Authentication failed');
  });

  test('[DEMO-20] before the login nothing is done and nothing is told', async () => {
    const client = await AmiClient.open(port);
    clients.push(client);
    expect(messageOf(await client.action('CoreShowChannels'))).toBe('Permission denied');
    exchange.callIn({ ...CLIENT, dialled: GENERAL });
    await signedIn().then((other) => other.action('Ping'));
    expect(client.events('Newchannel')).toEqual([]);
  });

  test('[DEMO-20] answers without ActionID carry none; several in one chunk are answered in order', async () => {
    const client = await signedIn();
    client.write('Action: Ping\r\n\r\nAction: Ping\r\nActionID: second\r\n\r\n');
    const second = await client.packet((each) => headerOf(each, 'ActionID') === 'second');
    const first = client.packets[client.packets.indexOf(second) - 1] ?? [];
    expect(first.map(([key]) => key)).toEqual(['Response', 'Ping', 'Timestamp']);
  });

  test('[DEMO-20] says goodbye at Logoff', async () => {
    const client = await signedIn();
    const answer = await client.action('Logoff');
    expect([headerOf(answer, 'Response'), messageOf(answer)]).toEqual(['Goodbye', 'Thanks for all the fish.']);
    await eventually(() => expect(client.closed).toBe(true));
  });

  test('[DEMO-21] several clients hear the same; a mask and `Events: off` are kept', async () => {
    const [all, calls, silent] = [await signedIn(), await AmiClient.open(port), await AmiClient.open(port)];
    clients.push(calls, silent);
    const { name: Username, secret: Secret } = SHIPPED_ACCOUNT;
    await calls.action('Login', { Username, Secret, Events: 'call' });
    await silent.action('Login', { Username, Secret, Events: 'off' });
    exchange.callIn({ ...CLIENT, dialled: GENERAL });
    await all.event('QueueCallerJoin');
    await calls.action('Ping');
    await silent.action('Ping');
    expect([all, calls, silent].map((each) => each.events('Newchannel').length)).toEqual([2, 2, 0]);
    expect(calls.events('QueueCallerJoin')).toEqual([]);
  });

  test('[DEMO-21] a client that does not read is cut off, as `writetimeout` says', async () => {
    const client = await signedIn(OPEN_ACCOUNT);
    client.pause();
    const filler = setInterval(() => {
      for (let each = 0; each < 300; each += 1) {
        const id = exchange.callIn({ ...CLIENT, dialled: GENERAL });
        if (id !== undefined) exchange.clientHangsUp(id);
      }
    }, 1);
    try {
      await eventually(() => expect(server.sessions).toBe(0));
    } finally {
      clearInterval(filler);
    }
  });
});

describe('[DEMO-22] actions', () => {
  /** Texts of Asterisk 22.10, as it answered. */
  const refusals: readonly (readonly [action: string, fields: Record<string, string>, message: string])[] = [
    ['Nosuch', {}, 'Invalid/unknown command: Nosuch. Use Action: ListCommands to show available commands.'],
    ['Getvar', { Channel: 'PJSIP/nope', Variable: 'X' }, 'No such channel'],
    ['Setvar', { Channel: 'PJSIP/nope', Variable: 'X', Value: '1' }, 'No such channel'],
    ['Setvar', {}, 'No variable specified'],
    ['DBGet', { Family: 'transfer', Key: 'none' }, 'Database entry not found'],
    ['DBDel', { Family: 'transfer', Key: 'none' }, 'Database entry could not be deleted'],
    ['DBPut', { Family: 'transfer' }, 'No key specified'],
    ['QueuePause', { Interface: 'PJSIP/199', Paused: 'true' }, 'Interface not found'],
    ['QueuePause', { Interface: 'PJSIP/101' }, "Need 'Interface' and 'Paused' parameters."],
    ['QueueAdd', { Queue: 'exams', Interface: 'PJSIP/104' }, 'Unable to add interface: Already there'],
    ['QueueAdd', { Queue: 'no', Interface: 'PJSIP/104' }, 'Unable to add interface to queue: No such queue'],
    ['QueueRemove', { Queue: 'exams', Interface: 'PJSIP/101' }, 'Unable to remove interface: Not there'],
    ['QueueRemove', { Queue: 'no', Interface: 'PJSIP/1' }, 'Unable to remove interface from queue: No such queue'],
    ['PJSIPNotify', { Channel: 'PJSIP/nope', Variable: 'Event=hold' }, 'Channel not found'],
    ['PJSIPNotify', { Endpoint: 'zzz', Variable: 'Event=talk' }, 'Unable to retrieve endpoint zzz'],
    [
      'PJSIPNotify',
      { Endpoint: '101' },
      'PJSIPNotify requires either an Option or Variable(s).You must use only one of them.',
    ],
    ['Hangup', { Channel: 'PJSIP/nope' }, 'No such channel'],
    ['Hangup', {}, 'No channel specified'],
    ['BlindTransfer', { Channel: 'PJSIP/nope', Exten: '1' }, 'Channel specified does not exist'],
    ['BlindTransfer', {}, 'No channel specified'],
    ['Atxfer', { Channel: 'PJSIP/nope', Exten: '1' }, 'Channel specified does not exist'],
    ['CancelAtxfer', { Channel: 'PJSIP/nope' }, 'Channel specified does not exist'],
    ['Redirect', { Channel: 'PJSIP/nope', Exten: '1' }, 'Channel does not exist: PJSIP/nope'],
    ['Originate', { Channel: 'bad' }, 'Invalid channel'],
    ['Originate', {}, 'Channel not specified'],
    ['BridgeInfo', { BridgeUniqueid: 'no' }, 'Specified BridgeUniqueid not found'],
    ['Status', { Channel: 'PJSIP/nope' }, 'No such channel'],
  ];
  test.each(refusals)('[DEMO-22] %s %j is refused: %s', async (action, fields, message) => {
    const answer = await (await signedIn()).action(action, fields);
    expect([headerOf(answer, 'Response'), messageOf(answer)]).toEqual(['Error', message]);
  });

  test('[DEMO-22] an account without the right is refused', async () => {
    const client = await signedIn(POOR_ACCOUNT);
    expect(messageOf(await client.action('Setvar', { Variable: 'X', Value: '1' }))).toBe('Permission denied');
    expect(messageOf(await client.action('DBPut', { Family: 'a', Key: 'b', Val: '1' }))).toBe('Permission denied');
    const pause = await client.action('QueuePause', { Interface: 'PJSIP/101', Paused: 'true' });
    expect(messageOf(pause)).toBe('Interface paused successfully');
  });

  test('[DEMO-23] lists end with their count', async () => {
    const client = await signedIn();
    exchange.callIn({ ...CLIENT, dialled: GENERAL });
    keys.answer('PJSIP/101');
    exchange.callIn({ ...CLIENT, dialled: GENERAL });
    const counts = { CoreShowChannels: 4, BridgeList: 1, QueueStatus: 10, QueueSummary: 3, DeviceStateList: 6 };
    for (const [action, count] of Object.entries(counts)) {
      const { items, end } = await client.list(action);
      expect([action, items.length, headerOf(end, 'ListItems')]).toEqual([action, count, String(count)]);
    }
    const { items: bridges } = await client.list('BridgeList');
    const { items } = await client.list('BridgeInfo', {
      BridgeUniqueid: headerOf(bridges[0] ?? [], 'BridgeUniqueid') ?? '',
    });
    expect(items.map((each) => headerOf(each, 'Channel'))).toEqual(['PJSIP/101-00000001', 'PJSIP/trunk-00000000']);
  });

  test('[DEMO-23] variables, the database and a member that comes and goes', async () => {
    const client = await signedIn();
    const id = exchange.callIn({ ...CLIENT, dialled: GENERAL }) ?? '';
    const channel = exchange.core.board.channels.get(id)?.name ?? '';
    await client.action('Setvar', { Channel: channel, Variable: 'SHARED(GATE_BEFORE)', Value: '2' });
    await client.action('Setvar', { Variable: 'EVENT_TOKEN', Value: 'secret' });
    const value = async (fields: Record<string, string>): Promise<string | undefined> =>
      headerOf(await client.action('Getvar', fields), 'Value');
    expect(await value({ Channel: channel, Variable: 'SHARED(GATE_BEFORE)' })).toBe('2');
    expect(await value({ Variable: 'EVENT_TOKEN' })).toBe('secret');
    expect(await value({ Variable: 'NOTHING' })).toBe('');
    await client.action('DBPut', { Family: 'transfer', Key: 'k', Val: '7' });
    const { items } = await client.list('DBGet', { Family: 'transfer', Key: 'k' });
    expect(headerOf(items[0] ?? [], 'Val')).toBe('7');
    await client.action('QueueAdd', { Queue: 'exams', Interface: 'PJSIP/101', MemberName: 'Анна', Paused: 'false' });
    expect(headerOf(await client.event('QueueMemberAdded'), 'Membership')).toBe('dynamic');
    await client.action('QueueRemove', { Queue: 'exams', Interface: 'PJSIP/101' });
    expect(headerOf(await client.event('QueueMemberRemoved'), 'Interface')).toBe('PJSIP/101');
  });

  test('[DEMO-23] a name of a stranger cannot forge an event', async () => {
    const client = await signedIn();
    const name = 'a\r\n\r\nEvent: Hangup\r\nChannel: PJSIP/101-00000001';
    exchange.callIn({ number: '79', name, dialled: GENERAL });
    await client.event('QueueCallerJoin');
    expect(client.events('Hangup')).toEqual([]);
  });

  test('[DEMO-24] an unfiltered queue call with one hold is about 100 events and 40 to 55 kB; the shipped account gets less than half', async () => {
    const play = async (account: { name: string; secret: string }): Promise<[events: number, bytes: number]> => {
      const client = await signedIn(account);
      await client.event('FullyBooted');
      const [events, bytes] = [client.packets.length, client.bytes];
      const id = exchange.callIn({ ...CLIENT, dialled: GENERAL }) ?? '';
      const device = ['PJSIP/101', 'PJSIP/102'].find((each) => keys.ringing(each).length > 0) ?? '';
      keys.answer(device);
      keys.hold(device);
      keys.resume(device);
      exchange.clientHangsUp(id);
      await client.action('Ping');
      return [client.packets.length - events - 1, client.bytes - bytes];
    };
    const [events, bytes] = await play(OPEN_ACCOUNT);
    const [fewer, less] = await play(SHIPPED_ACCOUNT);
    expect(events).toBeGreaterThan(85);
    expect(events).toBeLessThan(125);
    expect(bytes).toBeGreaterThan(40_000);
    expect(bytes).toBeLessThan(55_000);
    expect(fewer).toBeLessThan(events / 2 + 5);
    expect(less).toBeLessThan(bytes / 2 + 2_000);
  });
});
