import type { ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
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

type Mode = 'count' | 'bare' | 'product' | 'panels';
/** So much of a stream is not counted: a server is warm. */
const WARM = 0.3;
/** A piece for the product, which asks for the next when it is done with this one. */
const PIECE = 128 * 1024;

/** AMI bytes → facts → machines → journal → views, in CPU seconds, beside the bare library and beside counting bytes. */
export const ingest: Bench = {
  name: 'ingest',
  async run({ quick }) {
    const streams = await recordStreams(quick ? 400 : 1_500);
    const { filtered, unfiltered, filteredEvents, unfilteredEvents, calls } = streams;
    const times = quick ? [1] : [1, 2, 3];
    const cpu = { count: [], bare: [], shipped: [], open: [], panels: [] } as Record<string, number[]>;
    // In turns, so that what else the machine does falls on all of them.
    for (const _ of times) {
      cpu['count']?.push(await consume('count', unfiltered, unfiltered.length));
      cpu['bare']?.push(await consume('bare', unfiltered, unfilteredEvents));
      cpu['shipped']?.push(await consume('product', filtered, filteredEvents));
      cpu['panels']?.push(await consume('panels', filtered, filteredEvents));
      cpu['open']?.push(await consume('product', unfiltered, unfilteredEvents));
    }
    const { count = [], bare = [], shipped = [], open = [], panels = [] } = cpu;
    const per = (values: readonly number[], by: number): number[] => values.map((value) => value * by);
    const perCall = (values: readonly number[], each: number): number[] => per(values, (each / calls) * 1e6);
    const share = (mine: readonly number[], each: number): number =>
      Math.round(((median(mine) * each) / (median(bare) * unfilteredEvents)) * 100);
    const hundred = 'CPU ms per 100,000 events';
    return {
      title: '1. Ingest',
      figures: [
        figure('bare decoding, unfiltered', per(bare, 1e8), hundred),
        figure(
          'product, unfiltered',
          per(open, 1e8),
          hundred,
          `${share(open, unfilteredEvents)} % of bare decoding of the same bytes (goal: 200 %)`,
        ),
        figure('product, shipped account', per(shipped, 1e8), hundred),
        figure('a whole call, bare decoding unfiltered', perCall(bare, unfilteredEvents), 'CPU µs'),
        figure(
          'a whole call, product with the shipped account',
          perCall(shipped, filteredEvents),
          'CPU µs',
          `${share(shipped, filteredEvents)} % of bare decoding of that call unfiltered (goal: 100 %)`,
        ),
        figure(
          'the same with the open panels of all operators',
          perCall(panels, filteredEvents),
          'CPU µs',
          `${share(panels, filteredEvents)} % of bare decoding of that call unfiltered`,
        ),
        figure('a whole call, counting its bytes unfiltered', perCall(count, unfiltered.length), 'CPU µs'),
      ],
      notes: [
        `${calls} calls: ${unfilteredEvents} events, ${unfiltered.length} bytes unfiltered; ${filteredEvents} events, ${filtered.length} bytes with the shipped account. The first ${WARM * 100} % are not counted.`,
        'The CPU of the product is that of its whole process: decoding, facts, machines, journal on the disk, history, storage threads, collection of garbage.',
      ],
    };
  },
};

/** CPU seconds for one of `total` events (of `count`: bytes). */
async function consume(mode: Mode, bytes: Buffer, total: number): Promise<number> {
  if (mode === 'count') return counted(bytes);
  const ami = await ScriptedAmi.listen({
    username: 'x',
    secret: 'x',
    scripts: Object.fromEntries(LISTS.map((name) => [name.toLowerCase(), emptyList(name)])),
  });
  const whole = Buffer.concat([bytes, Buffer.from(END)]);
  const starting = child('./consumer.js', [mode, String(ami.port), String(Math.floor(total * WARM))]);
  const socket = await ready(ami, mode);
  if (mode === 'product' || mode === 'panels') feedOnRequest(starting.process, socket, whole);
  else feed(socket, whole);
  const { cpu = 0, events = 1, left = 0 } = await starting.first;
  await ended(starting.process);
  await ami.close();
  if (left > 0) throw new Error(`${left} calls were left over at the end of the stream`);
  return cpu / events;
}
/** Logged in and, for the product, resynchronised. */
function ready(ami: ScriptedAmi, mode: Mode): Promise<Socket> {
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
/** Cut between packets, because answers to the product's own actions come in between. */
function feedOnRequest(consumer: ChildProcess, socket: Socket, bytes: Buffer): void {
  const GAP = '\r\n\r\n';
  let at = 0;
  consumer.on('message', () => {
    if (at >= bytes.length) return;
    const gap = at + PIECE >= bytes.length ? -1 : bytes.lastIndexOf(GAP, at + PIECE);
    const to = gap > at ? gap + GAP.length : bytes.length;
    socket.write(bytes.subarray(at, to));
    at = to;
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
  const port = (server.address() as AddressInfo).port;
  const warm = Math.floor(bytes.length * WARM);
  const consumer = child('./consumer.js', ['count', String(port), String(warm), String(bytes.length)]);
  const { cpu = 0, events = 1 } = await consumer.first;
  await ended(consumer.process);
  server.close();
  return cpu / events;
}
