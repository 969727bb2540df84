import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../support/cluster.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { describeWith } from '../support/peers.ts';
import { ProductProcess } from '../support/productProcess.ts';
import { freePort, startRedis } from '../support/redisServer.ts';

describe('backup and restore beside a running server', () => {
  let line: LoadedExchange;
  let product: ProductProcess;
  beforeAll(async () => {
    line = await loadedExchange(2, { seed: 1, callsPerSecond: 0, pace: 0.02 });
    product = await ProductProcess.create({ ...line.environment, PORT: String(await freePort()), LOG_LEVEL: 'error' });
    await product.addUser('vera', 'Котова Вера Ильинична', 'supervisor');
    await product.start();
  });
  afterAll(async () => {
    await product.remove();
    await line.close();
  });

  it('[STORE-24] it changes over by itself; what it had is kept, and the calls on the line are found again', async () => {
    const early = await product.signIn('vera');
    const copy = join(product.folder, 'copy.db');
    await product.admin('storage', 'backup', copy);
    const late = await product.signIn('vera');
    line.load.fill(1);
    const live = async (): Promise<number> =>
      (await product.get<{ items: unknown[] }>('/calls?state=live', early)).items.length;
    await expect.poll(live).toBe(1);
    expect((await product.admin('storage', 'restore', copy)).stderr).toContain('It works with the restored data.');
    // Signed in before the backup was made, and after.
    await expect.poll(() => live().catch(() => 0)).toBe(1);
    await expect(product.get('/calls?state=live', late)).rejects.toThrow('401');
    expect(await readdir(join(product.folder, 'backups'))).toMatchObject([expect.stringMatching(/^before-restore-/)]);
  });
});

describeWith(['mongodb', 'redis'], 'restore into a database that servers work with', (mongodb, redisPath) => {
  it('[STORE-24] they change over by themselves to a database beside it; calls on the line are found again', async () => {
    const redis = await startRedis(redisPath);
    const line = await loadedExchange(2, { seed: 1, callsPerSecond: 0, pace: 0.02 });
    const cluster = await Cluster.create(2, mongodb, { ...line.environment, REDIS_URL: redis.url, LOG_LEVEL: 'error' });
    const [core, front] = cluster.instances as [ProductProcess, ProductProcess];
    try {
      await core.addUser('vera', 'Котова Вера Ильинична', 'supervisor');
      await cluster.start();
      const early = await front.signIn('vera');
      const copy = join(core.folder, 'copy');
      await core.admin('storage', 'backup', copy);
      const late = await front.signIn('vera');
      line.load.fill(1);
      const live = async (): Promise<number> =>
        (await front.get<{ items: unknown[] }>('/calls?state=live', early)).items.length;
      await expect.poll(live).toBe(1);
      const { stderr } = await core.admin('storage', 'restore', copy);
      expect(stderr).toContain('It works with the restored data.');
      expect(stderr).toContain(`What there was before is kept: ${new URL(cluster.uri).pathname.slice(1)}`);
      await expect.poll(() => front.get('/calls?state=live', late).catch(String)).toContain('401');
      await expect.poll(() => live().catch(() => 0)).toBe(1);
      expect(line.server.sessions).toBe(1);
    } finally {
      await cluster.remove();
      await line.close();
      await redis.stop();
    }
  });
});
