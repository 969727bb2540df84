import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../support/cluster.ts';
import { loadedExchange, type LoadedExchange } from '../support/loadedExchange.ts';
import { describeWith } from '../support/peers.ts';
import { ProductProcess } from '../support/productProcess.ts';
import { freePort } from '../support/redisServer.ts';

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
    await expect.poll(() => live().catch(() => 0), { timeout: 10_000 }).toBe(1);
    await expect(product.get('/calls?state=live', late)).rejects.toThrow('401');
    expect(await readdir(join(product.folder, 'backups'))).toMatchObject([expect.stringMatching(/^before-restore-/)]);
  });
});

describeWith(['mongodb'], 'restore into a database that is in use', (mongodb) => {
  it('[STORE-24] is refused in words that name the server and what to do', async () => {
    const line = await loadedExchange(1, { seed: 1, callsPerSecond: 0 });
    const cluster = await Cluster.create(1, mongodb, line.environment);
    await cluster.start();
    const copy = join(cluster.first.folder, 'copy');
    await cluster.first.admin('storage', 'backup', copy);
    const refused = cluster.first.admin('storage', 'restore', copy, '--replace');
    await expect(refused).rejects.toThrow(/process \d+\) works with this database\. Stop all its servers first/);
    await cluster.first.kill('SIGTERM');
    await cluster.first.admin('storage', 'restore', copy, '--replace');
    await cluster.remove();
    await line.close();
  });
});
