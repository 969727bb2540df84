import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppendOp } from '../../server/storage/embedded/protocol.ts';
import { Thread } from '../../server/storage/embedded/thread.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-thread-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});
const op: AppendOp = { op: 'append', entries: [['s', 1, 'fact', '1']] };

test('[STORE-23] a storage thread that dies rejects what it had; the next request has a new one, and the lock', async () => {
  const posted = vi.spyOn(Worker.prototype, 'postMessage');
  const thread = new Thread({ role: 'writer', folder });
  expect(await thread.ask(op)).toEqual([1, 1]);
  const running = posted.mock.contexts[0] as Worker;
  const pending = thread.ask(op);
  const told = expect(pending).rejects.toMatchObject({ code: 'storage.unavailable', kind: 'operational' });
  await running.terminate();
  await told;
  const [first, last] = await thread.ask<[number, number]>(op);
  expect(first).toBe(last);
  expect(first).toBeGreaterThan(1);
  await thread.close();
  await expect(thread.ask(op)).rejects.toMatchObject({ code: 'storage.unavailable' });
});

test('[STORE-23] requests of one turn are one transaction; a mistake takes back itself alone', async () => {
  const thread = new Thread({ role: 'writer', folder });
  const insert = (name: string, last: number) =>
    thread.ask({ op: 'write', steps: [{ sql: 'INSERT INTO writer (name, last) VALUES (?, ?)', args: [name, last] }] });
  const outcomes = await Promise.allSettled([
    insert('a', 1),
    thread.ask({
      op: 'write',
      steps: [
        { sql: "INSERT INTO writer (name, last) VALUES ('b', 1)", args: [] },
        { sql: "INSERT INTO writer (name, last) VALUES ('a', 2)", args: [] },
      ],
    }),
    insert('c', 3),
    thread.ask({ op: 'write', steps: [{ sql: 'nonsense', args: [] }] }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  const reader = new Thread({ role: 'reader', folder });
  expect(await reader.ask({ op: 'read', sql: 'SELECT name FROM writer ORDER BY 1', args: [] })).toEqual([['a'], ['c']]);
  await reader.close();
  await thread.close();
});
