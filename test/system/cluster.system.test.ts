import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PanelView } from '../../server/contract/index.ts';
import { Cluster } from '../support/cluster.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { describeWith } from '../support/peers.ts';
import { PanelClient, ProductProcess } from '../support/productProcess.ts';
import { startRedis, type RedisServer } from '../support/redisServer.ts';

/** Three servers, MongoDB, Redis and one exchange; the first server is the core at the beginning. */
describeWith(['mongodb', 'redis'], 'several servers', (mongodb, redisPath) => {
  let redis: RedisServer;
  let line: LoadedExchange;
  let cluster: Cluster;
  let anna: PanelClient;
  let boris: PanelClient;
  const panels: PanelClient[] = [];
  const panel = async (at: number, login: string): Promise<PanelClient> => {
    const opened = await cluster.open(at, login);
    panels.push(opened);
    return opened;
  };

  beforeAll(async () => {
    redis = await startRedis(redisPath);
    line = await loadedExchange(3, { seed: 1, callsPerSecond: 0, pace: 0.02 });
    cluster = await Cluster.create(3, mongodb, { ...line.environment, REDIS_URL: redis.url, WRAP_UP_MS: '0' });
    await cluster.first.addUser('anna', 'Смирнова Анна Петровна', 'operator', 'PJSIP/1000');
    await cluster.first.addUser('boris', 'Орлов Борис Ильич', 'operator', 'PJSIP/1001');
    await cluster.first.addUser('vera', 'Котова Вера Ильинична', 'supervisor');
    await cluster.start();
    anna = await panel(1, 'anna');
    boris = await panel(2, 'boris');
    await beginCalls();
  });
  afterAll(async () => {
    for (const each of panels) each.close();
    await cluster.remove();
    await line.close();
    await redis.stop();
  });

  /** Only what is pushed from now on counts. */
  const forget = (each: PanelClient): void => {
    each.view = undefined;
  };
  const linkUp = (view: PanelView): boolean => view.links[0]?.status === 'up';
  const talking = (view: PanelView): boolean => view.calls[0]?.phase === 'talking' && view.calls[0].confirmed;
  const calls = async (at: number): Promise<string[]> => {
    const instance = cluster.instances[at] as ProductProcess;
    const { items } = await instance.get<{ items: { callId: string }[] }>(
      '/calls?state=live',
      await instance.signIn('vera'),
    );
    return items.map(({ callId }) => callId).sort();
  };

  /** Anna and Boris talk, somebody waits, and Anna's client was told how long it will take. */
  async function beginCalls(): Promise<void> {
    await anna.until(linkUp);
    for (const [each, device] of [
      [anna, '1000'],
      [boris, '1001'],
    ] as const) {
      expect(await each.command('operator.chooseDevice', { device: `PJSIP/${device}` })).toMatchObject({ ok: true });
      expect(await each.command('operator.ready', {})).toMatchObject({ ok: true });
    }
    line.load.fill(3);
    await Promise.all([anna.until(talking), boris.until(talking)]);
    const { callId } = anna.view!.calls[0]!;
    expect(await anna.command('hold.name', { callId, promisedMs: 600_000 })).toMatchObject({ ok: true });
    await anna.until((view) => view.calls[0]?.hold?.state === 'named');
  }

  it('[SEVERAL-01] any server serves any browser; one alone holds the link to the exchange', async () => {
    expect(line.server.sessions).toBe(1);
    expect(await calls(0)).toHaveLength(3);
    expect(await calls(1)).toEqual(await calls(0));
    expect(await calls(2)).toEqual(await calls(0));
    expect(await anna.command('no.such', {})).toMatchObject({ ok: false, error: { code: 'command.unknown' } });
  });

  it('[SEVERAL-07] a rehearsal runs at the core and is played at any server', async () => {
    const [, front] = cluster.instances as [ProductProcess, ProductProcess];
    const cookie = await front.signIn('vera');
    const vera = await PanelClient.open(front.url, cookie);
    const started = await vera.command('rehearsal.start', {});
    expect(started).toMatchObject({ ok: true });
    const { rehearsalId } = (started as { value: { rehearsalId: string } }).value;
    const at = (path: string) => fetch(`${front.url}/rehearsal/${rehearsalId}${path}`, { headers: { cookie } });
    expect(await (await at('/api/v1/session')).json()).toMatchObject({ user: { name: 'Котова Вера Ильинична' } });
    expect((await at('/socket.io/?EIO=4&transport=polling')).status).toBe(200);
    expect((await at('/operator')).headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await vera.command('rehearsal.stop', {})).toMatchObject({ ok: true });
    expect((await at('/operator')).status).toBe(404);
    vera.close();
  });

  it('[SEVERAL-02] kill -9 of the core: another takes over, calls and promises go on', async () => {
    const before = { anna: anna.view!.calls[0]!, boris: boris.view!.calls[0]!, all: await calls(1) };
    const begun = performance.now();
    await cluster.first.kill('SIGKILL');
    forget(anna);
    forget(boris);
    // Sent while nobody is the core: it waits for the next one.
    const sent = anna.command('operator.askHelp', { reason: 'проверка' });
    await Promise.all([
      anna.until((view) => linkUp(view) && talking(view)),
      boris.until((view) => linkUp(view) && talking(view)),
    ]);
    const tookMs = Math.round(performance.now() - begun);
    process.stdout.write(`takeover after kill -9 of the core, until every call is confirmed: ${tookMs} ms\n`);
    expect(await sent).toMatchObject({ ok: true });
    expect(line.server.sessions).toBe(1);
    for (const [each, was] of [
      [anna, before.anna],
      [boris, before.boris],
    ] as const) {
      expect(each.view?.calls[0]).toMatchObject({
        callId: was.callId,
        startedAt: was.startedAt,
        answeredAt: was.answeredAt,
        script: { step: { stepId: was.script?.step.stepId } },
      });
    }
    expect(anna.view?.calls[0]?.hold).toMatchObject({ state: 'named', promisedMs: 600_000 });
    expect(await calls(1)).toEqual(before.all);
    await cluster.first.start();
  });

  it('[SEVERAL-03] a core that was paused and wakes up late writes nothing and ends', async () => {
    const core = await holder();
    const front = cluster.instances.find((each) => each !== core) as ProductProcess;
    const seen = await front.open('boris');
    panels.push(seen);
    await seen.until(linkUp);
    core.signal('SIGSTOP');
    forget(seen);
    await seen.until((view) => linkUp(view) && talking(view));
    core.signal('SIGCONT');
    expect(await core.ended()).toBe(1);
    const epochs = await cluster.database((db) =>
      db
        .collection('journal')
        .find({})
        .sort({ _id: 1 })
        .map((each) => Number(each.epoch ?? 0))
        .toArray(),
    );
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(line.server.sessions).toBe(1);
    await core.start();
  });

  it('[SEVERAL-04] a rolling restart ends no call and signs nobody out', async () => {
    const before = await calls(0);
    const cookie = await cluster.first.signIn('vera');
    for (const each of cluster.instances) {
      await each.kill('SIGTERM');
      await each.start();
      const { items } = await each.get<{ items: unknown[] }>('/calls?state=live', cookie);
      expect(items).toHaveLength(before.length);
    }
    const seen = await panel(0, 'anna');
    await seen.until((view) => linkUp(view) && talking(view));
    expect(await calls(1)).toEqual(before);
    expect(line.server.sessions).toBe(1);
  });

  it('[SEVERAL-05] who signs out at one server is signed out at all', async () => {
    const [first, second] = cluster.instances as [ProductProcess, ProductProcess];
    const cookie = await first.signIn('anna');
    (await PanelClient.open(second.url, cookie)).close();
    await fetch(`${first.url}/api/v1/session`, { method: 'DELETE', headers: { cookie } });
    await expect(PanelClient.open(second.url, cookie)).rejects.toThrow('session.required');
  });

  it('[SEVERAL-06] a server started by mistake without Redis on the same database is refused in words', async () => {
    const stranger = await ProductProcess.create({ ...line.environment, MONGODB_URI: cluster.uri });
    await expect(stranger.start()).rejects.toThrow('ended before it was ready');
    await stranger.remove();
  });

  /** Who is the core: the one whose process the lease names. */
  async function holder(): Promise<ProductProcess> {
    const lease = await cluster.database((db) => db.collection('leases').findOne({}));
    const title = String((lease?.document as { title?: string } | undefined)?.title);
    const found = cluster.instances.find((each) => title.includes(`(process ${each.pid})`));
    if (!found) throw new Error(`nobody is ${title}`);
    return found;
  }
});
