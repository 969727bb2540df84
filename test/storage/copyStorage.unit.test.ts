import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../server/clock.ts';
import { COPY_NOTE } from '../../server/storage/copyNote.ts';
import { openEmbedded } from '../../server/storage/embedded/engine.ts';
import { copyStorage } from '../../server/storage/tools/copyStorage.ts';
import { type Place, placeOf } from '../../server/storage/tools/place.ts';
import { things } from '../contract/storage/harness.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'storage-copy-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));
const at = (name: string) => ({ engine: 'embedded', folder: join(root, name) }) as const;
const copy = (from: Place, to: Place) => copyStorage({ from, to, clock });

async function filled(name: string, note?: string): Promise<Place> {
  const storage = await openEmbedded({ folder: at(name).folder, clock });
  await (await storage.collection(things)).insert('one', { text: 'kept' });
  if (note !== undefined) await storage.raw.setNote(note, '{}');
  await storage.close();
  return at(name);
}

test('[STORE-16] a folder misspelt is no storage: nothing is copied, nothing made', async () => {
  await expect(copy(at('misspelt'), at('to'))).rejects.toMatchObject({ code: 'storage.badSource' });
  expect([existsSync(at('misspelt').folder), existsSync(at('to').folder)]).toEqual([false, false]);
});
test('[STORE-16] nor is a storage without anything in it, or the beginning of a copy', async () => {
  await (await openEmbedded({ folder: at('empty').folder, clock })).close();
  await expect(copy(at('empty'), at('to'))).rejects.toMatchObject({ code: 'storage.badSource' });
  await expect(copy(await filled('half', COPY_NOTE), at('to'))).rejects.toMatchObject({
    code: 'storage.copyUnfinished',
  });
});
test('[STORE-16] nothing is copied onto itself', async () => {
  const place = await filled('from');
  await expect(copy(place, place)).rejects.toThrow('onto itself');
});
test('[STORE-16] what waits in the backlog is no part of a copy, so it goes in first', async () => {
  const from = await filled('from');
  const backlog = join(at('from').folder, 'backlog');
  await mkdir(backlog);
  const file = join(backlog, '00000001-00000000-0000-4000-8000-000000000000.jsonl');
  await writeFile(file, '');
  await expect(copy(from, at('to'))).rejects.toThrow('start its server once');
  await rm(file);
  expect((await copy(from, at('to'))).collections['things']?.count).toBe(1);
});
test('[STORE-16] an address of another kind is not the name of a folder', () => {
  expect(() => placeOf('mongo://host/telephone', root)).toThrow('mongodb://');
  expect(placeOf('mongodb+srv://host/telephone', root).engine).toBe('mongo');
  expect(placeOf(root, root)).toEqual({ engine: 'embedded', folder: root });
});
