import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { systemClock as clock } from '../../server/clock.ts';
import { openJournal } from '../../server/storage/journalWriter.ts';
import { openMongo } from '../../server/storage/mongo/engine.ts';
import type { Storage } from '../../server/storage/port.ts';
import { mongoUri } from '../contract/storage/mongo.ts';
import { dropDatabase } from '../support/ownDatabase.ts';
import { things } from '../contract/storage/harness.ts';

if (mongoUri === undefined) process.stderr.write('not run: MongoDB that goes away and comes back (set MONGODB_URI)\n');

/** A link to the server that can be cut, or keep silent. */
class Link {
  readonly #sockets = new Set<Socket>();
  readonly #host: string;
  readonly #port: number;
  #server: Server | undefined;
  #silent = false;
  port = 0;

  constructor(uri: string) {
    const { hostname, port } = new URL(uri);
    this.#host = hostname;
    this.#port = Number(port || 27_017);
  }
  async open(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.#port, this.#host);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('data', (bytes) => {
          if (!this.#silent) other.write(bytes);
        });
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }
  async cut(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
  /** Takes everything and answers nothing, as a broken firewall does; what was taken is lost. */
  set silent(silent: boolean) {
    this.#silent = silent;
    if (!silent) for (const socket of this.#sockets) socket.destroy();
  }
}

describe.runIf(mongoUri !== undefined)('MongoDB that goes away and comes back', () => {
  const database = `faults_${process.pid}`;
  let folder: string;
  let link: Link;
  let storage: Storage;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storage-faults-'));
    link = new Link(mongoUri ?? '');
    await link.open();
    const uri = `mongodb://127.0.0.1:${link.port}/?directConnection=true`;
    storage = await openMongo({ uri, database, folder, clock, awayAfterMs: 1_000 });
  });
  afterAll(async () => {
    await storage.close();
    await link.cut();
    await dropDatabase(mongoUri ?? '', database);
    await rm(folder, { recursive: true, force: true });
  });
  const entry = (body: number) => ({ stream: 's', at: 1, kind: 'fact', body });
  const away = { code: 'storage.unavailable', kind: 'operational' };

  test('[STORE-22] the link cut: everything is told as away within the bound, and works again without a restart', async () => {
    const all = await storage.collection(things);
    await storage.journal.append([entry(1)]);
    await link.cut();
    await expect(storage.journal.append([entry(2)])).rejects.toMatchObject(away);
    await expect(all.put('a', { size: 1 })).rejects.toMatchObject(away);
    await expect(all.get('a')).rejects.toMatchObject(away);
    await expect(all.aggregate({ groupBy: [], measures: { n: { op: 'count' } } })).rejects.toMatchObject(away);
    await expect(storage.ping()).rejects.toMatchObject(away);
    await link.open();
    await storage.journal.append([entry(3)]);
    await all.put('a', { size: 1 });
    await storage.ping();
    expect((await storage.journal.readStream('s')).map(({ body }) => body)).toEqual([1, 3]);
  });

  test('[STORE-22] a link that keeps silent is told as away too', async () => {
    link.silent = true;
    await expect(storage.journal.append([entry(4)])).rejects.toMatchObject(away);
    link.silent = false;
    await storage.ping();
  });

  test('[WRITER-02] the journal writer over a link that is cut again and again: each entry once, in order', async () => {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const writer = await openJournal(storage, { folder, clock, log, slowAfterMs: 300 });
    const confirmed: Promise<unknown>[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (let at = 0; at < 50; at += 1) {
        confirmed.push(writer.append([{ stream: 'w', at: 1, kind: 'fact', body: round * 50 + at }]));
        // Some while the link is up, some while it is down.
        if (at === 20) await link.cut();
        if (at % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await link.open();
      await Promise.all(confirmed);
    }
    expect((await storage.journal.readStream('w')).map(({ body }) => body)).toEqual(
      Array.from({ length: 200 }, (_, at) => at),
    );
    await writer.close();
  });
});
