import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../machines/vocabulary/index.ts';
import type { AmiFields } from '../../../server/telephony/connection/connection.ts';
import { formatPacket, headerOf, type WirePacket } from '../../../server/telephony/connection/wire.ts';
import { flush } from '../../support/fakeClock.ts';
import { ScriptedAmi, type Script } from '../../support/scriptedAmi.ts';
import { channelEvent, fault, idOf, ok, Rig, rigUp, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

const silent: Script = () => undefined;
/** What a careless caller could hand over in spite of the types. */
const careless = (fields: Record<string, unknown>): AmiFields => fields as AmiFields;

describe.each(TRANSPORTS)('actions over %s', (_name, openTransport) => {
  it('[AMI-06] before the link is up they are refused, never held to be sent later', async () => {
    rig = new Rig(await ScriptedAmi.listen({ scripts: { hangup: ok } }), { openTransport });
    const early = (): Promise<unknown> =>
      fault(rig?.connection.action('Hangup', { Channel: 'early' }) ?? Promise.resolve());
    const errors = [await early()];
    rig.onState = (state) => {
      if (state.status !== 'up') void early().then((error) => errors.push(error));
    };
    rig.start();
    await rig.up();
    await rig.connection.action('Hangup', { Channel: 'now' });
    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toMatchObject({ code: 'telephony.linkLost' });
    expect(rig.ami.client.actionsNamed('Hangup')).toHaveLength(1);
  });

  it('[AMI-06] while the link is lost they are refused at once and never sent later', async () => {
    rig = await rigUp({ openTransport }, { scripts: { hangup: ok } });
    rig.ami.client.cut();
    await until('lost', () => rig?.status === 'lost');
    const error = await fault(rig.connection.action('Hangup', { Channel: 'PJSIP/101-1' }));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'telephony.linkLost', kind: 'operational' });
    rig.clock.advance(1_000);
    await rig.up();
    await rig.connection.action('Hangup', { Channel: 'PJSIP/102-2' });
    expect(rig.ami.client.text).not.toContain('PJSIP/101-1');
  });

  it('[AMI-07] an action without an answer fails at its deadline; the late answer is counted and dropped', async () => {
    rig = await rigUp({ openTransport }, { scripts: { hangup: silent } });
    const waiting = fault(rig.connection.action('Hangup', { Channel: 'PJSIP/101-1' }, { timeoutMs: 3_000 }));
    await until('sent', () => rig?.ami.client.actionsNamed('Hangup').length === 1);
    rig.clock.advance(2_999);
    await flush(10);
    expect(rig.connection.stats).toMatchObject({ pendingActions: 1, timeouts: 0 });
    rig.clock.advance(1);
    expect(await waiting).toMatchObject({ code: 'telephony.timeout', details: { action: 'Hangup', timeoutMs: 3_000 } });
    const [action] = rig.ami.client.actionsNamed('Hangup');
    rig.ami.client.answer(action ?? [], { Response: 'Success' });
    await until('late', () => rig?.connection.stats.late === 1);
    expect(rig.connection.stats).toMatchObject({ pendingActions: 0, timeouts: 1 });
  });

  it('[AMI-07] an answer that lies in the socket at the deadline is no timeout', async () => {
    rig = await rigUp({ openTransport }, { scripts: { hangup: silent } });
    const waiting = rig.connection.action('Hangup', { Channel: 'PJSIP/101-1' }, { timeoutMs: 3_000 });
    await until('sent', () => rig?.ami.client.actionsNamed('Hangup').length === 1);
    const [action] = rig.ami.client.actionsNamed('Hangup');
    rig.clock.advance(2_999);
    rig.ami.client.answer(action ?? [], { Response: 'Success' });
    rig.clock.advance(1);
    expect((await waiting)['response']).toBe('Success');
  });

  it('[AMI-07] all that waits fails when the link is lost, and no more may wait than the cap', async () => {
    rig = await rigUp({ openTransport, limits: { pendingBound: 50 } }, { scripts: { hangup: silent } });
    const waiting = Array.from({ length: 50 }, () => fault(rig?.connection.action('Hangup') ?? Promise.resolve()));
    expect(await fault(rig.connection.action('Hangup'))).toMatchObject({ code: 'telephony.tooManyPending' });
    rig.ami.client.cut();
    const errors = await Promise.all(waiting);
    for (const error of errors) expect(error).toMatchObject({ code: 'telephony.linkLost' });
    await until('lost', () => rig?.status === 'lost');
    expect(rig.connection.stats.pendingActions).toBe(0);
    // Only the next attempt: 50 deadlines are gone.
    expect(rig.clock.pending).toBe(1);
  });

  it('[AMI-08] a thousand actions at one instant have a thousand ids, and the object of the caller stays', async () => {
    rig = await rigUp({ openTransport }, { scripts: { hangup: ok } });
    const fields = Object.freeze({ Channel: 'PJSIP/101-1' });
    const { connection } = rig;
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => connection.action('Hangup', fields)));
    const sent = rig.ami.client.actionsNamed('Hangup').map(idOf);
    expect(new Set(sent).size).toBe(1_000);
    expect(answers.map((answer) => answer['actionid'])).toEqual(sent);
  });

  it('[AMI-08] an answer reaches the one who asked, whatever the order', async () => {
    const held: WirePacket[] = [];
    rig = await rigUp({ openTransport }, { scripts: { getvar: (action) => held.push(action) } });
    const names = ['A', 'B', 'C'];
    const { connection } = rig;
    const waiting = names.map((name) => connection.action('Getvar', { Variable: name }));
    await until('all sent', () => held.length === 3);
    for (const action of held.reverse()) {
      const name = headerOf(action, 'Variable') ?? '';
      rig.ami.client.answer(action, { Response: 'Success', Variable: name, Value: `value of ${name}` });
    }
    const answers = await Promise.all(waiting);
    expect(answers.map((answer) => [answer['variable'], answer['value']])).toEqual(
      names.map((name) => [name, `value of ${name}`]),
    );
  });

  const REFUSED: readonly (readonly [what: string, fields: AmiFields, name?: string])[] = [
    ['CR and LF in a value', { CallerID: 'Иванов\r\n\r\nAction: Command\r\nCommand: core stop now\r\n\r\n' }],
    ['a lone LF, which Asterisk takes for the end of a line', { CallerID: 'a\nAction: Logoff' }],
    ['a lone CR', { CallerID: 'a\rb' }],
    ['NUL', { CallerID: 'a\0b' }],
    ['LF in a key', { 'Caller\nID': 'a' }],
    ['a colon in a key', { 'CallerID: x\r\nAction': 'Command' }],
    ['a blank in a key', { 'Caller ID': 'a' }],
    ['an empty key', { '': 'a' }],
    ['an own ActionID', { ActionID: '1' }],
    ['a second action', { action: 'Command' }],
    ['LF in a name of a variable', { Variable: { 'A\nB': 'x' } }],
    ['= in a name of a variable', { Variable: { 'A=1,B': 'x' } }],
    ['a comma in a name of a variable', { Variable: { 'A,B': 'x' } }],
    ['CR and LF in the value of a variable', { Variable: { A: 'x\r\nAction: Command' } }],
    ['a line of over 1,000 bytes', { Data: 'x'.repeat(993) }],
    ['a line of over 1,000 bytes in Cyrillic', { Data: 'я'.repeat(500) }],
    ['a variable of over 1,000 bytes once escaped', { Variable: { A: ','.repeat(500) } }],
    ['over 120 headers', Object.fromEntries(Array.from({ length: 119 }, (_, at) => [`K${String(at)}`, 'v']))],
    [
      'over 120 variables',
      { Variable: Object.fromEntries(Array.from({ length: 119 }, (_, at) => [`K${String(at)}`, 'v'])) },
    ],
    ['an array', careless({ Variable: ['B=x,y', 'A=1'] })],
    ['null', careless({ Channel: null })],
    ['undefined', careless({ Channel: undefined })],
    ['null in a variable', careless({ Variable: { A: null } })],
    ['a function', careless({ Channel: () => 'x' })],
    ['no number', { Timeout: Number.NaN }],
    ['Command', { Command: 'core show channels' }, 'Command'],
    ['Command in another case', { Command: 'core show channels' }, 'COMMAND'],
    ['a log-off', {}, 'Logoff'],
    ['LF in the name of an action', {}, 'Ping\r\n\r\nAction: Command'],
  ];
  const cases = REFUSED.map(([what, fields, name = 'Originate']) => ({ what, fields, name }));
  it.each(cases)('[AMI-09] refuses $what before anything is written', async ({ fields, name }) => {
    rig = await rigUp({ openTransport });
    const before = rig.ami.client.text;
    expect(await fault(rig.connection.action(name, fields))).toMatchObject({ code: 'telephony.badValue' });
    expect(await fault(rig.connection.list(name, fields))).toMatchObject({ code: 'telephony.badValue' });
    if (name === 'Originate')
      expect(await fault(rig.connection.originate(fields))).toMatchObject({ code: 'telephony.badValue' });
    await rig.connection.action('Ping');
    const written = rig.ami.client.text.slice(before.length);
    expect(written.match(/^Action:/gim)).toHaveLength(1);
    expect(rig.connection.stats.pendingActions).toBe(0);
  });

  it('[AMI-09] what is just within the measure goes through whole', async () => {
    rig = await rigUp({ openTransport }, { scripts: { originate: ok } });
    const data = 'x'.repeat(1_000 - 'Data: \r\n'.length);
    const many = Object.fromEntries(Array.from({ length: 117 }, (_, at) => [`K${String(at)}`, 'v']));
    await rig.connection.action('Originate', { Data: data, ...many });
    const [action] = rig.ami.client.actionsNamed('Originate');
    expect(headerOf(action ?? [], 'Data')).toBe(data);
    expect(action).toHaveLength(120);
  });

  it('[AMI-10] an object goes out as one line per entry, commas and quotes escaped as Asterisk takes them', async () => {
    rig = await rigUp({ openTransport }, { scripts: { originate: ok } });
    await rig.connection.action('Originate', {
      Priority: 1,
      Async: true,
      CallerID: 'Иванов: Пётр <101>',
      Variable: { __TRANSFERS: '2', NOTE: 'a,b="c\\d"' },
    });
    const [action] = rig.ami.client.actionsNamed('Originate');
    const headers = (action ?? []).map(([key, value]) => `${key.toLowerCase()}: ${value}`);
    expect(headers.filter((header) => !header.startsWith('actionid')).sort()).toEqual([
      'action: Originate',
      'async: true',
      'callerid: Иванов: Пётр <101>',
      'priority: 1',
      'variable: NOTE=a\\,b=\\"c\\\\d\\"',
      'variable: __TRANSFERS=2',
    ]);
  });

  it('[AMI-11] events before an answer are told before it, events after it afterwards', async () => {
    rig = await rigUp(
      { openTransport },
      {
        scripts: {
          hangup: (action, client) => {
            for (let before = 1; before <= 250; before += 1) client.send(channelEvent('Newstate', before));
            client.answer(action, { Response: 'Success' });
            for (let after = 251; after <= 400; after += 1) client.send(channelEvent('Newstate', after));
          },
        },
      },
    );
    await rig.connection.action('Hangup');
    expect(rig.packets).toHaveLength(250);
    await until('the rest', () => rig?.packets.length === 400);
  });

  it.each([50, 150])('[AMI-07] an answer behind %d events that came before the stop still answers', async (events) => {
    rig = await rigUp(
      { openTransport },
      {
        scripts: {
          hangup: (action, client) => {
            const answer = { Response: 'Success', ActionID: idOf(action) };
            client.write('Event: Newstate\r\n\r\n'.repeat(events) + formatPacket(answer));
          },
        },
      },
    );
    rig.onPackets = () => void rig?.connection.stop();
    expect((await rig.connection.action('Hangup'))['response']).toBe('Success');
    expect(rig.status).toBe('stopped');
  });
});
