import { writeFileSync } from 'node:fs';
import { systemClock } from '../../server/clock.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import { openMongo } from '../../server/storage/mongo/engine.ts';
import { Users } from '../../server/people/users.ts';
import { Random } from '../../server/telephony/demo/random.ts';
import type { QueueRow } from '../../server/contract/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { dropDatabase, ownDatabase } from '../support/ownDatabase.ts';
import { ProductProcess } from '../support/productProcess.ts';
import { freePort } from '../support/redisServer.ts';
import { compareCalls, type Gap } from './compare.ts';
import { boardOf, compareCounts } from './counts.ts';
import { Disturber, startAgain } from './disturber.ts';
import { embeddedFaults } from './embeddedFaults.ts';
import type { StorageFaults } from './faults.ts';
import { watchLines } from './lines.ts';
import { liveCalls, lookAround, type Looked } from './moment.ts';
import { mongoFaults } from './mongoFaults.ts';
import { ChaosOperator } from './operators.ts';
import { Sight } from './sight.ts';

export type Engine = 'embedded' | 'mongo';
export interface ChaosOptions {
  readonly engine: Engine;
  readonly kills: number;
  readonly seed: number;
  /** New calls a second. */
  readonly rate: number;
  readonly mongodb: string | undefined;
  readonly say: (line: string) => void;
  /** Where to write both sides of what differs, one JSON object a line. */
  readonly report?: string;
}
export interface Outcome {
  readonly figures: Readonly<Record<string, number>>;
  /** Everything that is not as it was, in words; empty when nothing was lost. */
  readonly lost: readonly string[];
}

const OPERATORS = 6;
/** Calls last a twenty-fifth of a real day's: 0.2 to 10 s. */
const PACE = 0.04;
/** Between two storms: long enough for most calls of that time to be wholly in sight. */
const CALM_MS = [11_000, 15_000] as const;
const PASSWORD = 'test-password';
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One run on one engine. */
export async function chaos(options: ChaosOptions): Promise<Outcome> {
  const { engine, seed, rate } = options;
  const telephones = Math.max(30, rate * 12);
  const line = await loadedExchange(telephones, { seed, callsPerSecond: rate, pace: PACE });
  const ofMongo = engine === 'mongo' ? await mongoFaults(ownDatabase(options.mongodb ?? '', 'chaos')) : undefined;
  const uri = ofMongo?.uri ?? '';
  const product = await ProductProcess.create({
    ...line.environment,
    // Whatever the run itself was given.
    ...{ MONGODB_URI: uri, REDIS_URL: '' },
    PORT: String(await freePort()),
    WRAP_UP_MS: '300',
    LOG_LEVEL: 'error',
    // A file that may not grow is a fault of the disk, not the end of the process.
    NODE_OPTIONS: "--import data:text/javascript,process.on('SIGXFSZ',()=>{})",
  });
  const faults = ofMongo ?? (await embeddedFaults(product));
  const operators: ChaosOperator[] = [];
  try {
    await addPeople(product, uri);
    await startAgain(product, options.say);
    return await play(options, line, product, faults, operators);
  } finally {
    for (const each of operators) each.close();
    await product.kill('SIGKILL');
    await faults.mend(product);
    if (uri !== '') await dropDatabase(uri);
    await faults.close();
    await product.remove();
    await line.close();
  }
}

async function play(
  { kills, seed, rate, say, report }: ChaosOptions,
  line: LoadedExchange,
  product: ProductProcess,
  faults: StorageFaults,
  operators: ChaosOperator[],
): Promise<Outcome> {
  const random = new Random(seed);
  const sight = new Sight(product);
  await sight.regained();
  for (let each = 0; each < OPERATORS; each += 1)
    operators.push(
      await ChaosOperator.open(product, `operator${each}`, `PJSIP/${1000 + each}`, new Random(seed + each)),
    );
  const supervisor = await product.signIn('supervisor');
  const looked: Looked = { calls: 0, unconfirmed: 0, behindMs: 0, wrong: [] };
  const onSight = (): Promise<void> => lookAround(product, supervisor, line, looked);
  const disturber = new Disturber({ product, line, faults, sight, random, onSight, say });
  const { done } = disturber;
  const begun = performance.now();
  const lines = watchLines(line.exchange);
  line.load.start();
  const watching = sight.watch();
  for (const each of operators) each.start();
  while (done.kills < kills) {
    await wait(random.between(...CALM_MS));
    await disturber.storm(kills - done.kills);
    say(`${done.kills} of ${kills} kills, ${line.truth.calls.size} calls`);
  }
  await wait(random.between(...CALM_MS));
  const tookS = Math.round((performance.now() - begun) / 1000);
  await Promise.all(operators.map((each) => each.stop()));
  line.load.stopCalling();
  for (let tries = 0; line.truth.open > 0 && tries < 600; tries += 1) await wait(100);
  await sight.regained();
  sight.stop();
  await watching;
  const records = await settled(product, supervisor);
  return judge({
    line,
    records,
    queues: await boardOf(product, supervisor),
    operators,
    gaps: sight.gaps,
    faults: [...sight.faults],
    lines: lines(),
    looked,
    report,
    figures: { ...done, rate, seconds: tookS },
  });
}

function judge(run: {
  line: LoadedExchange;
  records: readonly CallReply[];
  queues: readonly QueueRow[];
  operators: readonly ChaosOperator[];
  gaps: readonly Gap[];
  faults: readonly string[];
  figures: Readonly<Record<string, number>>;
  lines: ReadonlySet<string>;
  looked: Looked;
  report: string | undefined;
}): Outcome {
  const { line, records, operators, gaps, figures, looked } = run;
  const truth = [...line.truth.calls.values()];
  const { lost, differing, ...compared } = compareCalls(truth, records, gaps, run.lines);
  if (run.report !== undefined)
    writeFileSync(run.report, differing.map((each) => `${JSON.stringify(each)}\n`).join('') + JSON.stringify(gaps));
  const history = new Map(records.map((each) => [each.callId, each]));
  const sum = (count: (operator: ChaosOperator) => number): number =>
    operators.reduce((all, each) => all + count(each), 0);
  return {
    lost: [
      ...lost,
      ...looked.wrong,
      ...run.faults,
      ...compareCounts(run.queues, records),
      ...operators.flatMap((each) => each.missing(history)),
    ],
    figures: {
      'seconds of chaos': figures.seconds ?? 0,
      'calls a second': figures.rate ?? 0,
      'kill -9': figures.kills ?? 0,
      'cut links': figures.links ?? 0,
      'storage faults': figures.faults ?? 0,
      calls: truth.length,
      'equal, always in sight': compared.exact,
      'equal, over a gap': compared.equalOverAGap,
      'true, without what was unseen': compared.partOverAGap,
      ...Object.fromEntries(Object.entries(compared.lacking).map(([field, count]) => [`  unseen: ${field}`, count])),
      'began and ended in a gap, unseen': compared.unseen,
      'calls looked at after a resync': looked.calls,
      '  marked as not confirmed': looked.unconfirmed,
      '  the farthest behind the exchange, ms': looked.behindMs,
      'own lines of consultations': compared.ownLines,
      'calls seen on a panel': sum((each) => each.seen.size),
      'answers confirmed': sum((each) => each.confirmed.choices.length),
      'hold promises confirmed': sum((each) => each.confirmed.holds.length),
      'callbacks confirmed': sum((each) => each.confirmed.callbacks.length),
    },
  };
}

/** The history, when no call is live any more. */
async function settled(product: ProductProcess, cookie: string): Promise<CallReply[]> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await liveCalls(product, cookie)).length === 0) break;
    await wait(100);
  }
  await wait(1_000);
  const all: CallReply[] = [];
  let cursor: string | undefined;
  do {
    const query = `/calls?limit=200${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await product.get<{ items: CallReply[]; next?: string }>(query, cookie);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

async function addPeople(product: ProductProcess, uri: string): Promise<void> {
  const { folder } = product;
  const storage = await (uri === ''
    ? openEmbedded({ folder, clock: systemClock })
    : openMongo({ uri, folder, clock: systemClock }));
  const users = await Users.open(storage);
  const common = { patronymic: '', position: 'специалист', unit: 'Горячая линия', devices: [], password: PASSWORD };
  for (let each = 0; each < OPERATORS; each += 1)
    await users.add({
      ...common,
      login: `operator${each}`,
      surname: 'Смирнова',
      firstName: 'Анна',
      roles: ['operator'],
    });
  await users.add({ ...common, login: 'supervisor', surname: 'Котова', firstName: 'Вера', roles: ['supervisor'] });
  await storage.close();
}
