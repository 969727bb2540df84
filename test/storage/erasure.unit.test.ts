import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { things } from '../contract/storage/harness.ts';
import { type TempStorage, tempStorage } from '../support/tempStorage.ts';

let temp: TempStorage;
beforeEach(async () => {
  temp = await tempStorage();
});
afterEach(() => temp.remove());

/** Short, so that a journal entry is kept as it is. */
const NAME = 'Pelageya-Zz';
const SECRET = `${NAME} lives at number 17`;

async function filesWithSecret(): Promise<string[]> {
  const names = await readdir(temp.folder);
  const found = await Promise.all(
    names.map(async (name) => ((await readFile(join(temp.folder, name))).includes(NAME) ? name : [])),
  );
  return found.flat();
}

test('[STORE-18] what is erased cannot be read from the file either, once the server has stopped', async () => {
  const all = await temp.storage.collection(things);
  for (let at = 0; at < 50; at += 1) {
    await all.put(`t${at}`, { kind: at === 7 ? NAME : 'other', text: at === 7 ? SECRET : 'x'.repeat(at * 40) });
    await temp.storage.journal.append([{ stream: at === 7 ? NAME : `s${at}`, at, kind: 'fact', body: NAME }]);
  }
  await temp.reopen();
  expect(await filesWithSecret()).toEqual(['storage.db']);
  const again = await temp.storage.collection(things);
  await again.deleteWhere({ kind: NAME }, 10);
  await temp.storage.journal.eraseStreams([NAME, ...Array.from({ length: 50 }, (_, at) => `s${at}`)]);
  await temp.storage.close();
  expect(await filesWithSecret()).toEqual([]);
  await temp.reopen();
});
