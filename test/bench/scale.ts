import { rm } from 'node:fs/promises';
import type { Bench, Figure } from './kit.ts';
import { pause, startExchange, startHost, subscribe, type Host, type HostState } from './product.ts';

const KB = 1024;
const MB = KB * KB;
const GOAL_KB = 60;

interface Sample {
  readonly state: HostState;
  /** Of one core while nothing happens on the line. */
  readonly cpuPercent: number;
}

/** Memory and CPU by live calls, panels and boards: the slope, with how far single points lie from it. */
export const scale: Bench = {
  name: 'scale',
  async run({ quick }) {
    const sizes = quick ? [10, 100, 300] : [10, 500, 2_000, 5_000];
    const [panels, boards] = quick ? [50, 5] : [200, 20];
    const most = sizes.at(-1) ?? 0;
    const exchange = await startExchange(most);
    const host = await startHost(exchange.port, most, { supervisors: boards });
    try {
      const samples: Sample[] = [];
      for (const calls of sizes) {
        exchange.load.fill(calls - (samples.at(-1)?.state.live ?? 0));
        await host.until(calls);
        samples.push(await sampled(host));
      }
      const before = samples.at(-1)?.state;
      const figures = [...samples.flatMap(rows), ...slopes(samples)];
      figures.push(await perSocket(host, 'panel', host.tokens.slice(0, panels), before));
      figures.push(await perSocket(host, 'board', host.supervisors, await host.state()));
      return {
        title: '4. Scale',
        figures,
        notes: [
          'Heap after a collection; each live call has an operator on shift, a script and an inquiry. CPU while all clients are on the line and nothing happens: deadlines, checkpoints, pings.',
        ],
      };
    } finally {
      await host.kill();
      await exchange.close();
      await rm(host.folder, { recursive: true, force: true });
    }
  },
};

async function sampled(host: Host): Promise<Sample> {
  // The checkpoints of the calls that have just come are over.
  await pause(11_000);
  const before = await host.state();
  const from = performance.now();
  await pause(4_000);
  const state = await host.state();
  return { state, cpuPercent: ((state.cpuMs - before.cpuMs) / (performance.now() - from)) * 100 };
}
const rows = ({ state, cpuPercent }: Sample): Figure[] => [
  {
    what: `${state.live} live calls: resident memory`,
    value: Math.round(state.rss / MB),
    unit: 'MiB',
    ...(state.live >= 5_000 ? { beside: 'goal: under 1,024 MiB' } : {}),
  },
  { what: `${state.live} live calls: heap`, value: Math.round(state.heapUsed / MB), unit: 'MiB' },
  { what: `${state.live} live calls: CPU at rest`, value: Math.round(cpuPercent * 10), unit: '‰ of a core' },
];

/** The straight line through all points; its spread is the slopes between neighbours. */
function slopes(samples: readonly Sample[]): Figure[] {
  const of = (what: string, unit: string, value: (sample: Sample) => number, beside?: string): Figure => {
    const points = samples.map((sample) => [sample.state.live, value(sample)] as const);
    const between = points.slice(1).map(([x, y], at) => {
      const [beforeX, beforeY] = points[at] ?? [0, 0];
      return (y - beforeY) / (x - beforeX);
    });
    return {
      what,
      value: Math.round(slopeOf(points)),
      unit,
      spread: [Math.round(Math.min(...between)), Math.round(Math.max(...between))],
      ...(beside === undefined ? {} : { beside }),
    };
  };
  return [
    of('slope: heap per live call', 'kB', ({ state }) => state.heapUsed / KB, `goal: at most ${GOAL_KB} kB`),
    of('slope: CPU at rest per 1,000 live calls', '‰ of a core', ({ cpuPercent }) => cpuPercent * 10_000),
  ];
}
/** Least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

async function perSocket(
  host: Host,
  topic: 'panel' | 'board',
  tokens: readonly string[],
  before: HostState | undefined,
): Promise<Figure> {
  const sockets = await Promise.all(tokens.map((token) => subscribe(host.port, token, topic)));
  await pause(1_000);
  const after = await host.state();
  for (const socket of sockets) socket.disconnect();
  return {
    what: `heap per connected ${topic} (${tokens.length})`,
    value: Math.round((after.heapUsed - (before?.heapUsed ?? 0)) / tokens.length / KB),
    unit: 'kB',
  };
}
