import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Script } from '../../machines/script/index.ts';
import { Catalogue } from '../../server/scripts/catalogue.ts';
import { seedScripts } from '../../server/scripts/seed.ts';
import { FAKE_START } from '../support/fakeClock.ts';
import { tempStorage, type TempStorage } from '../support/tempStorage.ts';
import { exampleSource } from './support.ts';

describe('the library folder as the seed', () => {
  let temp: TempStorage;
  let folder = '';
  beforeEach(async () => {
    temp = await tempStorage();
    folder = await mkdtemp(join(tmpdir(), 'scripts-'));
    await writeFile(join(folder, 'example.yaml'), exampleSource());
  });
  afterEach(async () => {
    await temp.remove();
    await rm(folder, { recursive: true });
  });
  /** A start; returns the scripts that the folder was read for. */
  async function start(): Promise<{ catalogue: Catalogue; read: string[] }> {
    const catalogue = await Catalogue.open(temp.storage);
    const read: string[] = [];
    const seed = catalogue.seed.bind(catalogue);
    catalogue.seed = (scripts: readonly Script[], at) => {
      read.push(...scripts.map(({ id }) => id));
      return seed(scripts, at);
    };
    await seedScripts(folder, { storage: temp.storage, catalogue }, FAKE_START);
    return { catalogue, read };
  }

  it('[LIB-20] the first start publishes it, the next one does not read it again', async () => {
    const first = await start();
    expect(first.read).toEqual(['example']);
    expect(first.catalogue.currentOf('example')).toMatchObject({ version: 1, publishedBy: 'library' });
    await temp.reopen();
    const second = await start();
    expect(second.read).toEqual([]);
    expect(second.catalogue.currentOf('example')).toMatchObject({ version: 1 });
  });

  it('[LIB-21] what is new in the folder comes in at the start; what is known keeps its version', async () => {
    await start();
    await writeFile(join(folder, 'more.yaml'), exampleSource().replace('id: example', 'id: more'));
    const { catalogue, read } = await start();
    expect(read).toEqual(['example', 'more']);
    expect(catalogue.currentVersions().map(({ scriptId, version }) => [scriptId, version])).toEqual([
      ['example', 1],
      ['more', 1],
    ]);
  });

  it('[LIB-22] a changed file that is broken is told at every start until it is mended', async () => {
    await start();
    const broken = exampleSource().replace('start: greeting', 'start: hello');
    await writeFile(join(folder, 'example.yaml'), broken);
    await expect(start()).rejects.toMatchObject({ code: 'scripts.libraryBroken' });
    await expect(start()).rejects.toMatchObject({ code: 'scripts.libraryBroken' });
    await writeFile(join(folder, 'example.yaml'), exampleSource());
    await expect(start()).resolves.toMatchObject({ read: [] });
  });
});
