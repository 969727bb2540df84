import { afterEach, describe, expect, it } from 'vitest';
import { headerOf, type WirePacket } from '../../../server/telephony/connection/wire.ts';
import type { Script } from '../../support/scriptedAmi.ts';
import { channelEvent, fault, idOf, ok, type Rig, rigUp, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

describe.each(TRANSPORTS)('lists and originates over %s', (_name, openTransport) => {
  it('[AMI-11] a list is gathered to its end, strange events and other lists in between', async () => {
    const asked: WirePacket[] = [];
    rig = await rigUp({ openTransport }, { scripts: { coreshowchannels: (action) => asked.push(action) } });
    const first = rig.connection.list('CoreShowChannels');
    const second = rig.connection.list('CoreShowChannels');
    await until('both asked', () => asked.length === 2);
    const { client } = rig.ami;
    for (const action of asked)
      client.answer(action, { Response: 'Success', EventList: 'start', Message: 'will follow' });
    for (let item = 1; item <= 300; item += 1) {
      for (const [at, action] of asked.entries())
        client.answer(action, channelEvent('CoreShowChannel', item * 10 + at));
      client.send(channelEvent('Newstate', item));
    }
    for (const action of asked) {
      client.answer(action, { Event: 'CoreShowChannelsComplete', EventList: 'Complete', ListItems: '300' });
    }
    const lists = await Promise.all([first, second]);
    for (const [at, list] of lists.entries()) {
      expect(list.map((item) => item['uniqueid'])).toEqual(
        Array.from({ length: 300 }, (_, item) => `1795500000.${String((item + 1) * 10 + at)}`),
      );
    }
    expect(rig.events.filter((event) => event !== 'Newstate')).toEqual([]);
    await until('all events', () => rig?.packets.length === 300);
  });

  it('[AMI-11] an empty list, a refused list, a cancelled list and one without an end', async () => {
    const list =
      (end: Record<string, string>): Script =>
      (action, client) => {
        client.answer(action, { Response: 'Success', EventList: 'start', Message: 'will follow' });
        client.answer(action, { Event: 'QueueParams', Queue: 'first-line' });
        client.answer(action, end);
      };
    rig = await rigUp(
      { openTransport, limits: { listBound: 500 } },
      {
        scripts: {
          bridgelist: (action, client) => {
            client.answer(action, { Response: 'Success', EventList: 'start', Message: 'will follow' });
            client.answer(action, { Event: 'BridgeListComplete', EventList: 'Complete', ListItems: '0' });
          },
          parkedcalls: (action, client) => client.answer(action, { Response: 'Error', Message: 'No such parking lot' }),
          queuestatus: list({
            Event: 'QueueStatusComplete',
            EventList: 'cancelled',
            Message: 'cancelled by the exchange',
          }),
          queuesummary: list({ Event: 'QueueSummaryComplete' }),
          status: (action, client) => {
            for (let item = 0; item <= 500; item += 1) client.answer(action, { Event: 'Status', Channel: 'x' });
          },
          agents: (action, client) => client.answer(action, { Response: 'Success', EventList: 'start' }),
        },
      },
    );
    const { connection } = rig;
    expect(await connection.list('BridgeList')).toEqual([]);
    expect(await fault(connection.list('ParkedCalls'))).toMatchObject({
      code: 'telephony.refused',
      details: { action: 'ParkedCalls', message: 'No such parking lot' },
    });
    expect(await fault(connection.list('QueueStatus'))).toMatchObject({
      code: 'telephony.refused',
      details: { message: 'cancelled by the exchange' },
    });
    expect(await connection.list('QueueSummary')).toHaveLength(1);
    expect(await fault(connection.list('Status'))).toMatchObject({ code: 'telephony.refused' });
    const endless = fault(connection.list('Agents'));
    await until('asked', () => rig?.ami.client.actionsNamed('Agents').length === 1);
    rig.clock.advance(10_000);
    expect(await endless).toMatchObject({ code: 'telephony.timeout' });
    expect(connection.stats.pendingActions).toBe(0);
  });

  it('[AMI-11] a refused action fails with the words of Asterisk', async () => {
    rig = await rigUp({ openTransport });
    expect(await fault(rig.connection.action('Redirect', { Channel: 'x' }))).toMatchObject({
      code: 'telephony.refused',
      details: { action: 'Redirect', message: 'Invalid/unknown command' },
    });
  });

  it('[AMI-11] each originate gets its own outcome, also one told before the answer', async () => {
    const asked: WirePacket[] = [];
    rig = await rigUp({ openTransport }, { scripts: { originate: (action) => asked.push(action) } });
    const { connection } = rig;
    const begun = ['101', '102', '103'].map((exten) =>
      connection.originate({ Channel: `PJSIP/${exten}`, Exten: exten }),
    );
    await until('asked', () => asked.length === 3);
    const { client } = rig.ami;
    const [first = [], second = [], third = []] = asked;
    expect(asked.map((action) => headerOf(action, 'Async'))).toEqual(['true', 'true', 'true']);
    const outcome = (response: string) => ({
      Event: 'OriginateResponse',
      Response: response,
      Reason: '4',
      Uniqueid: '1.10',
    });
    client.answer(second, outcome('Success'));
    for (const action of asked)
      client.answer(action, { Response: 'Success', Message: 'Originate successfully queued' });
    client.answer(first, outcome('Failure'));
    const [one, two, three] = await Promise.all(begun);
    expect(await two?.outcome).toMatchObject({ kind: 'answered', packet: { uniqueid: '1.10' } });
    expect(await one?.outcome).toMatchObject({ kind: 'failed' });
    expect(idOf(third)).not.toBe('');
    rig.clock.advance(120_000);
    expect(await three?.outcome).toMatchObject({ kind: 'unknown', error: { code: 'telephony.timeout' } });
    expect(rig.events).toEqual([]);
  });

  it('[AMI-11] an originate that is refused fails, one whose link is lost has no known outcome', async () => {
    rig = await rigUp({ openTransport });
    expect(await fault(rig.connection.originate({ Channel: 'x' }))).toMatchObject({ code: 'telephony.refused' });
    expect(rig.connection.stats.pendingActions).toBe(0);
    rig.ami.change({ scripts: { originate: ok } });
    const { outcome } = await rig.connection.originate({ Channel: 'x' });
    rig.ami.client.cut();
    expect(await outcome).toMatchObject({ kind: 'unknown', error: { code: 'telephony.linkLost' } });
  });
});
