import { createServer, type Socket } from 'node:net';
import { type AddressInfo } from 'node:net';
import { ScriptedAmi, type Script } from '../support/scriptedAmi.ts';
import { child, ended, figure, median, type Bench } from './kit.ts';
import { recordStreams } from './streams.ts';

const END = 'Event: BenchEnd\r\n\r\n';
const LISTS = [
  'CoreShowChannels',
  'QueueStatus',
  'QueueSummary',
  'BridgeList',
  'DeviceStateList',
  'ParkedCalls',
  'Status',
];
const emptyList =
  (name: string): Script =>
  (action, client) => {
    client.answer(action, { Response: 'Success', EventList: 'start' });
    client.answer(action, { Event: `${name}Complete`, EventList: 'Complete', ListItems: '0' });
  };

/** AMI bytes → facts → machines → journal → views, in CPU seconds, beside the bare library and beside counting bytes. */
export const ingest: Bench = {
  name: 'ingest',
  async run({ quick }) {
    const streams = await recordStreams(quick ? 150 : 600);
    const runs = quick ? 1 : 5;
    const cpu = async (mode: 'count' | 'bare' | 'product', bytes: Buffer): Promise<number[]> => {
      const seconds: number[] = [];
      for (let index = 0; index < runs; index += 1) seconds.push(await consume(mode, bytes));
      return seconds;
    };
    const counting = await cpu('count', streams.unfiltered);
    const bare = await cpu('bare', streams.unfiltered);
    const filtered = await cpu('product', streams.filtered);
    const unfiltered = await cpu('product', streams.unfiltered);
    const per = (values: readonly number[], by: number, scale: number): number[] =>
      values.map((value) => (value / by) * scale);
    const ratio = (a: readonly number[], b: readonly number[]): number => Math.round((median(a) / median(b)) * 100);
    return {
      title: '1. Ingest',
      figures: [
        figure('bare decoding, unfiltered', per(bare, streams.unfilteredEvents, 1e8), 'CPU ms per 100,000 events'),
        figure(
          'product, unfiltered',
          per(unfiltered, streams.unfilteredEvents, 1e8),
          'CPU ms per 100,000 events',
          `${ratio(unfiltered, bare)} % of bare decoding of the same bytes (goal: 200 %)`,
        ),
        figure('product, shipped account', per(filtered, streams.filteredEvents, 1e8), 'CPU ms per 100,000 events'),
        figure('a whole call, bare decoding unfiltered', per(bare, streams.calls, 1e6), 'CPU µs'),
        figure(
          'a whole call, product with the shipped account',
          per(filtered, streams.calls, 1e6),
          'CPU µs',
          `${ratio(filtered, bare)} % of bare decoding of that call unfiltered (goal: 100 %)`,
        ),
        figure('counting bytes', per(counting, streams.calls, 1e6), 'CPU µs per call'),
      ],
      notes: [
        `${streams.calls} calls: ${streams.unfilteredEvents} events, ${streams.unfiltered.length} bytes unfiltered; ${streams.filteredEvents} events, ${streams.filtered.length} bytes with the shipped account.`,
        'The CPU of the product is that of its whole process: decoding, facts, machines, journal on the disk, history, storage threads.',
      ],
    };
  },
};

async function consume(mode: 'count' | 'bare' | 'product', bytes: Buffer): Promise<number> {
  if (mode === 'count') return counted(bytes);
  const ami = await ScriptedAmi.listen({
    username: 'x',
    secret: 'x',
    scripts: Object.fromEntries(LISTS.map((name) => [name.toLowerCase(), emptyList(name)])),
  });
  const starting = child('./consumer.js', [mode, String(ami.port), String(bytes.length)]);
  const socket = await ready(ami, mode);
  feed(socket, Buffer.concat([bytes, Buffer.from(END)]));
  const { process: consumer, first } = await starting;
  await ended(consumer);
  await ami.close();
  return first['cpu'] ?? 0;
}
/** Logged in and, for the product, resynchronised. */
function ready(ami: ScriptedAmi, mode: string): Promise<Socket> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      const client = ami.clients.at(-1);
      const done =
        mode === 'bare'
          ? /login/i.test(client?.text ?? '')
          : client?.text.includes('QueueSummary') || client?.text.includes('DeviceStateList');
      if (!client || !done) return;
      clearInterval(look);
      setTimeout(() => resolve(client.socket), 1_000);
    }, 20);
  });
}
/** As fast as the reader takes it. */
function feed(socket: Socket, bytes: Buffer): void {
  const STEP = 64 * 1024;
  let at = 0;
  const more = (): void => {
    while (at < bytes.length) {
      const part = bytes.subarray(at, at + STEP);
      at += STEP;
      if (!socket.write(part)) {
        socket.once('drain', more);
        return;
      }
    }
  };
  more();
}
async function counted(bytes: Buffer): Promise<number> {
  const server = createServer((socket) => feed(socket, bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { process: consumer, first } = await child('./consumer.js', [
    'count',
    String((server.address() as AddressInfo).port),
    String(bytes.length),
  ]);
  await ended(consumer);
  server.close();
  return first['cpu'] ?? 0;
}
