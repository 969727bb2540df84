import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { classOfEvent } from '../../../server/telephony/connection/events.ts';
import { fieldOf } from '../../../server/telephony/connection/fields.ts';
import { routingOf, toPacket } from '../../../server/telephony/connection/packet.ts';
import { headerOf, PacketDecoder, type WirePacket } from '../../../server/telephony/connection/wire.ts';
import { type Rig, rigUp, TRANSPORTS, until } from './harness.ts';

const FOLDER = new URL('../../fixtures/ami/', import.meta.url);

/** What Asterisk 22 said in each recorded scenario, whole, as far as it went over one connection. */
const recordings = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => {
    const lines = readFileSync(new URL(name, FOLDER), 'utf8').trim().split('\n');
    const reads = lines.map((line) => JSON.parse(line) as { text?: string; opened?: unknown });
    return { name, connections: connectionsOf(reads) };
  });

function connectionsOf(reads: readonly { text?: string; opened?: unknown }[]): string[] {
  const connections = [''];
  for (const read of reads) {
    if (read.opened !== undefined) connections.push('');
    connections.push(`${connections.pop() ?? ''}${read.text ?? ''}`);
  }
  return connections.filter((text) => text !== '');
}

const wires: readonly WirePacket[] = recordings.flatMap(({ connections }) =>
  connections.flatMap((text) => new PacketDecoder().push(text)),
);

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

it('[AMI-25] there are recordings, and no event in them is unknown', () => {
  expect(recordings.length).toBeGreaterThan(20);
  expect(wires.length).toBeGreaterThan(1_000);
  // Items of lists belong to their lists and are never looked up.
  const told = wires.filter((wire) => routingOf(wire).event !== '' && headerOf(wire, 'ActionID') === undefined);
  const unknown = told.map((wire) => routingOf(wire).event).filter((event) => classOfEvent(event) === 'unknown');
  expect([...new Set(unknown)]).toEqual([]);
});

it('[AMI-25] what is left out of the events in use is known to be useless', () => {
  const left = new Set<string>();
  for (const wire of wires) {
    const { event } = routingOf(wire);
    if (event === '' || classOfEvent(event) === 'dropped' || event === 'UserEvent') continue;
    for (const [header] of wire) if (fieldOf(header).kind === 'other') left.add(header);
  }
  expect([...left].filter((header) => !header.endsWith('BridgeVideoSourceMode')).sort()).toEqual(['Privilege']);
});

describe.each(TRANSPORTS)('recordings over %s', (_name, openTransport) => {
  it('[AMI-25] each event in use is told as a second reading of the recording has it', async () => {
    for (const { name, connections } of recordings) {
      for (const text of connections) {
        rig = await rigUp({ openTransport, userEventToken: 'no token' });
        const expected = new PacketDecoder()
          .push(text)
          .filter((wire) => headerOf(wire, 'ActionID') === undefined && routingOf(wire).event !== 'UserEvent')
          .filter((wire) => classOfEvent(routingOf(wire).event) === 'used')
          .map((wire) => toPacket(wire));
        rig.ami.client.write(text);
        await until(`all of ${name}`, () => (rig?.packets.length ?? 0) >= expected.length);
        const told = rig.packets.filter((packet) => packet['actionid'] === undefined);
        expect(told).toEqual(expected);
        await rig.stop();
      }
    }
    rig = undefined;
  });
});
