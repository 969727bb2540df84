import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../machines/vocabulary/index.ts';
import type { CollectionSpec, Storage } from '../storage/port.ts';
import type { Catalogue } from './catalogue.ts';
import { listFiles, loadLibrary } from './library.ts';

const schema = z.object({ digest: z.string() });
const spec: CollectionSpec<z.infer<typeof schema>> = {
  name: 'librarySeeds',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => schema.parse(document),
};

/**
 * Publishes the scripts of the folder that the catalogue does not know yet. A folder that was seeded before, byte for
 * byte, is not parsed and checked again: that was two fifths of the processor time of every start.
 * Rejects with `scripts.libraryBroken`, which names each error with file and line.
 */
export async function seedScripts(
  folder: string,
  { storage, catalogue }: { readonly storage: Storage; readonly catalogue: Catalogue },
  at: Instant,
): Promise<void> {
  const seeds = await storage.collection(spec);
  const digest = await digestOf(folder);
  if ((await seeds.get('scripts'))?.document.digest === digest) return;
  const { scripts } = await loadLibrary(folder);
  await catalogue.seed([...scripts.values()], at);
  await seeds.put('scripts', { digest });
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await listFiles([folder])) {
    const bytes = await readFile(path);
    hash.update(`${relative(folder, path)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
