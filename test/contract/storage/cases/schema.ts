import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CollectionSpec } from '../../../../server/storage/port.ts';
import type { Case, Harness } from '../harness.ts';

interface First {
  readonly name: string;
  readonly number: string;
}
interface Third {
  readonly fullName: string;
  readonly number: string;
  readonly calls: number;
}
const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

const first: CollectionSpec<First> = {
  name: 'clients',
  version: 1,
  columns: {
    name: { type: 'text', of: ({ name }) => name },
    number: { type: 'text', of: ({ number }) => number },
  },
  indexes: [{ columns: ['name'] }, { columns: ['number'] }],
  check: (document) => document as First,
};
const third: CollectionSpec<Third> = {
  name: 'clients',
  version: 3,
  migrate: {
    1: (old) => ({ ...(old as First), calls: 0 }),
    2: (old) => {
      const { name, ...rest } = old as First & { calls: number };
      return { fullName: name.toUpperCase(), ...rest };
    },
  },
  columns: {
    fullName: { type: 'text', of: ({ fullName }) => fullName },
    number: { type: 'text', of: ({ number }) => number },
    calls: { type: 'integer', of: ({ calls }) => calls },
  },
  indexes: [{ columns: ['fullName'] }, { columns: ['number'], unique: true }],
  check: (document) => {
    const { fullName } = document as Third;
    if (typeof fullName !== 'string') throw new Error('no full name');
    return document as Third;
  },
};
const COUNT = 1_200;
async function fill({ storage }: Harness): Promise<void> {
  const clients = await storage.collection(first);
  await clients.putAll(range(COUNT).map((n) => ({ id: `c${n}`, document: { name: `name ${n}`, number: `+7${n}` } })));
  await clients.replace('c7', { name: 'seven', number: '+77' }, 1);
}
async function checkMigrated(storage: Harness['storage']): Promise<void> {
  const clients = await storage.collection(third);
  expect(await clients.get('c7')).toEqual({
    id: 'c7',
    revision: 2,
    document: { fullName: 'SEVEN', number: '+77', calls: 0 },
  });
  expect(await clients.count({ calls: 0 })).toBe(COUNT);
  expect(await clients.count({ fullName: { prefix: 'NAME 11' } })).toBe(111);
  expect(await clients.insert('new', { fullName: '', number: '+77', calls: 1 })).toBe('exists');
}
const backups = async ({ folder }: Harness): Promise<string[]> => readdir(join(folder, 'backups')).catch(() => []);

export const schemaCases: readonly Case[] = [
  {
    title: '[STORE-13] an older collection is brought up step by step, after a backup, columns and indexes too',
    async run(harness) {
      await fill(harness);
      expect(await backups(harness)).toEqual([]);
      await checkMigrated(await harness.restart());
      expect(await backups(harness)).toHaveLength(1);
      await checkMigrated(await harness.restart());
      expect(await backups(harness)).toHaveLength(1);
    },
  },
  {
    title: '[STORE-13] a migration cut off in the middle goes on at the next start, each document once',
    async run(harness) {
      await fill(harness);
      let left = 700;
      const steps = { ...third.migrate };
      const failing = { ...third, migrate: { ...steps, 1: (old: unknown) => cut(steps[1]!(old)) } };
      const cut = (document: unknown) => {
        left -= 1;
        if (left === 0) throw new Error('the power went');
        return document;
      };
      await expect((await harness.restart()).collection(failing)).rejects.toThrow('the power went');
      const entry = (await (await harness.restart()).raw.catalogue()).find(({ name }) => name === 'clients');
      expect(entry?.migrating).toBe(true);
      await checkMigrated(await harness.restart());
      expect(await backups(harness)).toHaveLength(1);
    },
  },
  {
    title: '[STORE-13] a document of an older shape is read as one of the newest',
    async run({ storage, beside, restart }) {
      // A server of the version before goes on writing while the first new one has migrated already.
      const old = await storage.collection(first);
      const other = await beside();
      if (other === storage) return;
      const clients = await other.collection(third);
      await old.insert('late', { name: 'late', number: '+70' });
      expect((await clients.get('late'))?.document).toEqual({ fullName: 'LATE', number: '+70', calls: 0 });
      await clients.insert('new', { fullName: 'NEW', number: '+71', calls: 1 });
      await expect(old.get('new')).rejects.toMatchObject({ code: 'storage.tooNew' });
      const again = await (await restart()).collection(third);
      expect((await again.find({})).items.map(({ id }) => id)).toEqual(['late', 'new']);
    },
  },
  {
    title: '[STORE-13] a column added without a new version is filled from the documents',
    async run({ storage, restart }) {
      await (await storage.collection(first)).put('a', { name: 'x', number: '+7' });
      const columns = { ...first.columns, length: { type: 'integer', of: ({ name }: First) => name.length } } as const;
      const clients = await (await restart()).collection({ ...first, columns });
      expect(await clients.count({ length: 1 })).toBe(1);
    },
  },
  {
    title: '[STORE-13] a step that is missing, and a document that does not fit, stop the start in words',
    async run({ storage, restart }) {
      await (await storage.collection(first)).put('a', { name: 'x', number: '+7' });
      const gap = { ...third, migrate: { 1: third.migrate![1]! } };
      await expect((await restart()).collection(gap)).rejects.toMatchObject({ code: 'storage.badMigration' });
      const wrong = { ...third, migrate: { 1: (old: unknown) => old, 2: (old: unknown) => old } };
      await expect((await restart()).collection(wrong)).rejects.toThrow('no full name');
    },
  },
  {
    title: '[STORE-14] a newer schema is refused in words and nothing is changed',
    async run({ storage, restart }) {
      await (await storage.collection(third)).put('a', { fullName: 'X', number: '+7', calls: 1 });
      const again = await restart();
      await expect(again.collection(first)).rejects.toMatchObject({
        code: 'storage.tooNew',
        details: { collection: 'clients', stored: 3, known: 1 },
      });
      const clients = await again.collection(third);
      expect((await clients.get('a'))?.document.calls).toBe(1);
    },
  },
];
