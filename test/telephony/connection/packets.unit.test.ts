import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { AmiPacket } from '../../../server/telephony/connection/connection.ts';
import { escapeText, unescapeText } from '../../../server/telephony/connection/escape.ts';
import { toPacket } from '../../../server/telephony/connection/packet.ts';
import type { OpenTransport } from '../../../server/telephony/connection/transport.ts';
import { formatPacket, PacketDecoder, type PacketFields } from '../../../server/telephony/connection/wire.ts';
import { ScriptedAmi } from '../../support/scriptedAmi.ts';
import { channelEvent, type Rig, rigUp, TRANSPORTS, until } from './harness.ts';

let rig: Rig | undefined;
let ami: ScriptedAmi | undefined;
afterEach(async () => {
  await rig?.stop();
  await ami?.close();
  rig = undefined;
  ami = undefined;
});

/** What the inside makes of the chunks: a marker event ends the wait. */
const decoded = async (open: OpenTransport, chunks: readonly (Buffer | string)[]): Promise<AmiPacket[]> => {
  ami ??= await ScriptedAmi.listen();
  const packets: AmiPacket[] = [];
  const count = ami.clients.length;
  const transport = open(
    { host: '127.0.0.1', port: ami.port },
    {
      onConnect: () => undefined,
      onPacket: (wire) => packets.push(toPacket(wire)),
      onFault: (error) => {
        throw error;
      },
      onClose: () => undefined,
    },
  );
  await until('connected', () => (ami?.clients.length ?? 0) > count);
  const { client } = ami;
  for (const chunk of [...chunks, formatPacket({ Event: 'Shutdown' })]) {
    await new Promise<void>((resolve) => client.socket.write(chunk, () => resolve()));
  }
  await until('the marker', () => packets.at(-1)?.['event'] === 'Shutdown');
  transport.destroy();
  packets.pop();
  return packets;
};

describe.each(TRANSPORTS)('packets over %s', (_name, openTransport) => {
  const one = async (text: string): Promise<AmiPacket> => (await decoded(openTransport, [`${text}\r\n\r\n`]))[0] ?? {};

  it('[AMI-12] VarSet, Getvar and ChanVariable have one shape', async () => {
    expect(await one('Event: VarSet\r\nVariable: DIALSTATUS\r\nValue: ANSWER')).toEqual({
      event: 'VarSet',
      variable: 'DIALSTATUS',
      value: 'ANSWER',
    });
    expect(await one('Response: Success\r\nActionID: 1\r\nVariable: CALLERID(num)\r\nValue: ')).toEqual({
      response: 'Success',
      actionid: '1',
      variable: 'CALLERID(num)',
      value: '',
    });
    const plain = 'Event: Hangup\r\nChanVariable: TRANSFERS=2\r\nChanVariable: Note=a=b: c\r\nChanVariable: EMPTY=';
    expect(await one(`${plain}\r\nDestChanVariable: TRANSFERS=1\r\nDestChanVariable: X=y`)).toEqual({
      event: 'Hangup',
      'chanvariable(TRANSFERS)': '2',
      'chanvariable(Note)': 'a=b: c',
      'chanvariable(EMPTY)': '',
      'destchanvariable(TRANSFERS)': '1',
      'destchanvariable(X)': 'y',
    });
    expect(await one('Event: Status\r\nVariable: A=1\r\nVariable: B')).toEqual({
      event: 'Status',
      variable: 'A=1\nB=',
    });
  });

  it('[AMI-12] a key that repeats has one shape: values in their order, one per line', async () => {
    expect((await one('Event: Hangup\r\nCause: 16\r\nCause: 17\r\nCause: ')).cause).toBe('16\n17\n');
    expect((await one('Event: Hangup\r\nCause: 16')).cause).toBe('16');
  });

  it('[AMI-12] a uniqueid stays the string that it was', async () => {
    expect((await one('Event: Hangup\r\nUniqueid: 1690000000.10'))['uniqueid']).toBe('1690000000.10');
    expect((await one('Event: Hangup\r\nUniqueid: 007'))['uniqueid']).toBe('007');
  });

  it('[AMI-12] what Asterisk escapes as C does is plain text again, what it does not is left alone', async () => {
    const name = `ООО "Ромаш\\ка" О'Брайен (где?)`;
    expect(escapeText(name)).toBe(String.raw`ООО \"Ромаш\\ка\" О\'Брайен (где\?)`);
    const shown = await one(
      formatPacket({
        Event: 'AgentCalled',
        CallerIDName: escapeText(name),
        DestConnectedLineName: escapeText(`a\n${name}`),
        ChanVariable: { NOTE: escapeText(name) },
        Context: 'a\\b',
      }).trimEnd(),
    );
    expect(shown).toMatchObject({
      calleridname: name,
      destconnectedlinename: `a ${name}`,
      'chanvariable(NOTE)': name,
      context: 'a\\b',
    });
    for (const event of ['OriginateResponse', 'QueueEntry']) {
      expect((await one(`Event: ${event}\r\nCallerIDName: a\\?`))['calleridname']).toBe('a\\?');
    }
    expect((await one('Event: VarSet\r\nVariable: A\r\nValue: a\\?'))['value']).toBe('a?');
    expect((await one('Response: Success\r\nVariable: A\r\nValue: a\\?'))['value']).toBe('a\\?');
  });

  it('[AMI-18] odd headers neither get in nor change what is in', async () => {
    const odd = [
      'Event: Hangup',
      '__proto__: polluted',
      'constructor: polluted',
      'prototype: polluted',
      'toString: polluted',
      'hasOwnProperty: polluted',
      'Unheard-Of: x',
      'AccountCode:',
      'Exten: ',
      'Key:value',
      'a line without a colon',
      ': no key',
      'ChanVariable: __proto__=polluted',
      'ChanVariable: bad name=x',
      'ActionID: 1',
      'Event: Newchannel',
      'ActionID: 2',
    ].join('\r\n');
    const packet = await one(odd);
    expect(['constructor', 'toString', 'hasOwnProperty'].filter((name) => name in packet)).toEqual([]);
    expect(JSON.parse(JSON.stringify(packet))).toEqual({ event: 'Hangup', accountcode: '', exten: '', actionid: '1' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('[AMI-18] values with blanks, colons, quotes and Cyrillic are kept to the letter', async () => {
    const packet = await one('Event: Hangup\r\nCallerIDName:  «Иванов»: Пётр, "сын" / ёЁ 😀 \r\nContext: a: b: c');
    expect(packet).toEqual({
      event: 'Hangup',
      calleridname: ' «Иванов»: Пётр, "сын" / ёЁ 😀 ',
      context: 'a: b: c',
    });
  });

  it('[AMI-20] an event with the size of an attended transfer, and one after `\\r\\n\\n`', async () => {
    const prefixes = ['OrigTransferer', 'SecondTransferer', 'Transferee', 'TransferTarget', 'LocalOne', 'LocalTwo'];
    const fields: Record<string, string> = { Event: 'AttendedTransfer' };
    for (const prefix of prefixes) {
      for (const [key, value] of Object.entries(channelEvent('x', 5))) {
        if (!['Event', 'Privilege'].includes(key)) fields[`${prefix}${key}`] = value;
      }
    }
    const text = `${formatPacket(fields).replace(/\r\n\r\n$/, '\r\n\r\n\n')}${formatPacket(channelEvent('Hangup', 6))}`;
    const [transfer, hangup] = await decoded(openTransport, [text]);
    expect(Object.keys(transfer ?? {})).toHaveLength(1 + 6 * 14);
    expect(transfer?.['secondtransfereruniqueid']).toBe('1795500000.5');
    expect(hangup?.['uniqueid']).toBe('1795500000.6');
  });

  /** Values as Asterisk may send them: anything but line breaks. */
  const value = fc.oneof(
    fc.constantFrom('', ' ', ': ', 'a: b', 'Иванов: Пётр', '<unknown>', 'ё'.repeat(50), '😀', '--END COMMAND--'),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\r\n\\]/g, '')),
  );
  const key = fc.constantFrom('Channel', 'CallerIDName', 'Uniqueid', 'Cause', 'DestExten', 'Queue', 'Unheard-Of');
  const packet: fc.Arbitrary<PacketFields> = fc
    .record({
      event: fc.constantFrom('Hangup', 'Newchannel', 'Hold'),
      fields: fc.array(fc.tuple(key, fc.array(value, { minLength: 1, maxLength: 3 })), { maxLength: 8 }),
      variables: fc.dictionary(fc.constantFrom('A', 'TRANSFERS', 'CALLERID(num)'), value),
    })
    .map(({ event, fields, variables }) => ({ Event: event, ...Object.fromEntries(fields), ChanVariable: variables }));
  const stream = fc.array(fc.tuple(packet, fc.constantFrom('', '\n', '\r\n')), { minLength: 1, maxLength: 12 });

  it('[AMI-18] packets do not depend on how TCP cut the stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        stream,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }),
        async (sent, sizes) => {
          const bytes = Buffer.from(sent.map(([fields, end]) => formatPacket(fields) + end).join(''));
          const chunks: Buffer[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          const expected = sent.map(([fields]) => plainly(fields));
          expect((await decoded(openTransport, [bytes])).map(jsonOf)).toEqual(expected);
          expect((await decoded(openTransport, chunks)).map(jsonOf)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});

const jsonOf = (packet: AmiPacket): unknown => ({ ...packet });

/** The packet that the fields should make, written down a second time and as simply as can be. */
const plainly = (fields: PacketFields): Record<string, string> => {
  const packet: Record<string, string> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'ChanVariable') {
      for (const [name, text] of Object.entries(value)) packet[`chanvariable(${name})`] = text as string;
    } else if (key !== 'Unheard-Of') {
      packet[key.toLowerCase()] = (Array.isArray(value) ? value : [value]).join('\n');
    }
  }
  return packet;
};

it('[AMI-12] any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // oxlint-disable-next-line no-control-regex
      expect(unescapeText(escapeText(text))).toBe(text.replace(/[\u0007-\r]/g, ' '));
      expect(escapeText(text)).not.toMatch(/[\r\n]/);
    }),
  );
});

it('[AMI-20] the own decoder is linear on a packet of 50,000 lines and bounded beyond measure', () => {
  const decoder = new PacketDecoder({ maxHeaders: 100_000 });
  const text = formatPacket({
    Response: 'Success',
    Output: Array.from({ length: 50_000 }, (_, at) => `line ${String(at)}`),
  });
  let packets = 0;
  for (let at = 0; at < text.length; at += 1_460) packets += decoder.push(text.slice(at, at + 1_460)).length;
  expect(packets).toBe(1);
  expect(() => new PacketDecoder().push(`Event: ${'x'.repeat(70_000)}`)).toThrowError(/beyond all measure/);
  expect(() => new PacketDecoder().push('a: b\r\n'.repeat(2_001))).toThrowError(/beyond all measure/);
});

it('[AMI-20] over the own transport a peer beyond measure is cut off', async () => {
  const own = TRANSPORTS[1]?.[1];
  rig = await rigUp(own === undefined ? {} : { openTransport: own });
  rig.ami.client.write('x'.repeat(100_000));
  await until('lost', () => rig?.status === 'lost');
  expect(rig.connection.stats.faulty).toBe(1);
  rig.clock.advance(1_000);
  await rig.up();
});
