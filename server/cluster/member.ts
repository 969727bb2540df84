import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { ServerOptions } from 'socket.io';
import { AppError, type Clock, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { App, AppSetup } from '../app.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../log.ts';
import type { Door } from '../web/door.ts';
import type { Storage } from '../storage/port.ts';
import { Bus } from './bus.ts';
import { Fronts, serveFronts, type FrontReport } from './core.ts';
import { fencedStorage } from './fencedStorage.ts';
import { openFront, type Front } from './front.ts';
import { setBacklogAside, whoAmI } from './identity.ts';
import { LEASE_TTL_MS, Lease, type Tenure } from './lease.ts';

/** The whole product at work in this process. */
export interface RunningCore {
  readonly app: App;
  readonly port: number;
  /** Writes a last checkpoint and lets go of the exchanges; the storage stays open. */
  stop(): Promise<void>;
}
export type StartCore = (
  storage: Storage,
  cluster: NonNullable<AppSetup['cluster']> | undefined,
) => Promise<RunningCore>;

export interface MemberSetup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** MongoDB: what all instances share. */
  readonly storage: Storage;
  readonly startCore: StartCore;
  readonly door: Door;
  readonly clientDir: string;
  readonly version: string;
  /** This process must end at once, without another word: it is not the core any more, or cannot become it. */
  readonly onEnd: (why: string) => void;
}
export interface Member {
  readonly port: number;
  /** Present while this instance is the core. */
  readonly core: RunningCore | undefined;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS: Milliseconds = 200;

/** A server alone on its database: takes the lease, so that a second one started by mistake is refused in words. */
export async function runAlone(setup: MemberSetup): Promise<Member> {
  const { storage } = setup;
  const lease = await openLease(setup);
  const tenure = await takeOrRefuse(lease, setup);
  const core = await begin(setup, lease, tenure, (fenced) => setup.startCore(fenced, undefined));
  return {
    port: core.port,
    core,
    async stop() {
      try {
        await core.stop();
      } finally {
        await giveBack(lease, setup.log);
        await storage.close();
      }
    },
  };
}

/**
 * One of several servers. It is a front until it gets the lease, and then the core until it stops: a core that loses
 * the lease ends its process, so nothing of the old turn is left in memory, and comes back as a front.
 */
export async function runMember(setup: MemberSetup, redisUrl: string): Promise<Member> {
  const { config, clock, log } = setup;
  const lease = await openLease(setup);
  const prefix = `telephone:${new URL(config.mongodbUri ?? '').pathname.slice(1) || 'telephone'}`;
  const me = await whoAmI(config.dataDir, config.port);
  setup.door.wait('redis');
  const bus = await Bus.open(`${me.id}:${process.pid}`, prefix, redisUrl, { clock, log });
  setup.door.wait();
  const fronts = new Fronts(clock);
  const adapter = (): ServerOptions['adapter'] =>
    createAdapter(bus.adapterClient(), {
      streamName: `${prefix}:io`,
      channelPrefix: `${prefix}:io`,
      onlyPlaintext: true,
    });
  let front: Front | undefined;
  let core: RunningCore | undefined;
  let epoch = 0;
  let stopped = false;
  let cancelLook: () => void = () => undefined;
  let looking: Promise<void> = Promise.resolve();

  bus.on('front', (report, from) => fronts.take(from, report as FrontReport));
  bus.on('core', (told) => {
    const other = (told as { epoch: number }).epoch;
    if (epoch > 0 && other > epoch) setup.onEnd('another instance is the core now');
    else front?.onCore();
  });

  const become = async (tenure: Tenure): Promise<void> => {
    ({ epoch } = tenure);
    const isPaused = (): boolean => !lease.valid;
    core = await begin(setup, lease, tenure, (fenced) =>
      setup.startCore(fenced, {
        epoch,
        adapter: adapter(),
        watching: (room) => fronts.watching(room),
        isPaused,
        beforeListen: async () => {
          await front?.close();
          front = undefined;
        },
      }),
    );
    const { app } = core;
    fronts.onReport((instance, { present }) => app.rooms.presence.setElsewhere(instance, present));
    const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
    await serveFronts({ app, bus, clock, log, origin: `http://${host}:${core.port}`, isPaused });
    bus.tell('core', { epoch });
    log.info({ epoch, previous: tenure.previous?.title }, 'this instance is the core');
  };
  const look = async (): Promise<void> => {
    try {
      const tenure = await lease.tryTake();
      if (tenure && stopped) await lease.release();
      else if (tenure) return await become(tenure);
    } catch (fault) {
      log.warn({ err: fault }, epoch > 0 ? 'could not become the core' : 'the lease could not be read');
      if (core) return setup.onEnd('the core could not be announced to the other instances');
      epoch = 0;
      await serveAsFront().catch((again: unknown) => setup.onEnd(`could not stay a front: ${String(again)}`));
    }
    lookLater();
  };
  const serveAsFront = async (): Promise<void> => {
    front ??= await openFront({ ...setup, bus, adapter: adapter(), admit: setup.door.admit });
  };
  const lookLater = (): void => {
    if (stopped) return;
    cancelLook = clock.setTimer(clock.now() + LOOK_EVERY_MS, () => {
      looking = look();
    });
  };

  try {
    const first = await lease.tryTake();
    if (first) await become(first);
    else {
      await serveAsFront();
      lookLater();
    }
  } catch (fault) {
    fronts.close();
    await bus.close();
    throw fault;
  }
  return {
    get port() {
      return setup.door.port;
    },
    get core() {
      return core;
    },
    async stop() {
      stopped = true;
      cancelLook();
      // It may be about to become the core: then it is one that stops, and gives the lease back.
      await looking;
      if (core) {
        await bus.unserve();
        try {
          await core.stop();
        } finally {
          await giveBack(lease, log);
        }
      }
      await front?.close();
      fronts.close();
      await bus.close();
      await setup.storage.close();
    },
  };
}

const openLease = async ({ config, clock, log, storage }: MemberSetup): Promise<Lease> =>
  Lease.open(storage, await whoAmI(config.dataDir, config.port), { clock, log });

/** Takes the lease, waiting for that of a server that was killed. Throws `cluster.held` when somebody renews it. */
async function takeOrRefuse(lease: Lease, { clock }: MemberSetup): Promise<Tenure> {
  const until = clock.now() + LEASE_TTL_MS + 4 * LOOK_EVERY_MS;
  for (;;) {
    const tenure = await lease.tryTake();
    if (tenure) return tenure;
    if (clock.now() > until) break;
    await new Promise<void>((resolve) => void clock.setTimer(clock.now() + LOOK_EVERY_MS, resolve));
  }
  const holder = await lease.holder();
  throw new AppError(
    'cluster.held',
    `the database is in use by the server at ${holder?.title ?? 'an unknown place'}; several servers on one database ` +
      'need Redis: set REDIS_URL for each of them',
  );
}

/** Fences the journal off against every earlier core, and starts. What began half is undone, the lease given back. */
async function begin(
  setup: MemberSetup,
  lease: Lease,
  tenure: Tenure,
  start: (storage: Storage) => Promise<RunningCore>,
): Promise<RunningCore> {
  const onFenced = (): void => setup.onEnd('another server is the core now');
  lease.keep(onFenced);
  try {
    await fenceOff(setup, tenure);
    return await start(fencedStorage(setup.storage, lease, onFenced));
  } catch (fault) {
    await giveBack(lease, setup.log);
    throw fault;
  }
}
async function fenceOff({ storage, config, clock, log }: MemberSetup, { epoch, previous }: Tenure): Promise<void> {
  const me = await whoAmI(config.dataDir, config.port);
  const { journal } = storage;
  const [last] = await journal.readAfter((await journal.lastSeq()) - 1, 1);
  // It bears the instant of the last entry: until then, and not until now, our picture of the line was true.
  const at = last?.at ?? clock.now();
  await journal.fence?.(epoch, { stream: `core/${epoch}`, kind: 'core.began', at, body: { holder: me.id, epoch } });
  if (previous && previous.holder !== me.id) await setBacklogAside(config.dataDir, epoch, log);
}
/** Somebody else may be the core, or we again: as far as the database can be told. */
const giveBack = (lease: Lease, log: Log): Promise<void> =>
  lease.release().catch((fault: unknown) => log.debug({ err: fault }, 'the lease could not be given back'));
