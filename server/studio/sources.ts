import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseScript } from '../../machines/script/parse.ts';
import type { Catalogue, ScriptVersion } from '../scripts/catalogue.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';
import { writeData } from './source/style.ts';
import { same } from './source/values.ts';

/** What a published version does not carry itself: its YAML with comments, and names as they were then. */
export interface VersionSource {
  readonly scriptId: string;
  readonly version: number;
  readonly source: string;
  readonly publishedByName: string;
  readonly approvedByName: string | null;
  /** The sub-script on whose account it was republished. */
  readonly becauseOf: string | null;
  /** The older version whose content it brings back. */
  readonly restores?: number | undefined;
}
const schema = z.object({
  scriptId: z.string(),
  version: z.int(),
  source: z.string(),
  publishedByName: z.string(),
  approvedByName: z.string().nullable(),
  becauseOf: z.string().nullable(),
  restores: z.int().optional(),
});
const spec: CollectionSpec<VersionSource> = {
  name: 'scriptSources',
  version: 1,
  packed: true,
  columns: { scriptId: { type: 'text', of: ({ scriptId }) => scriptId } },
  indexes: [{ columns: ['scriptId'] }],
  check: (document) => schema.parse(document),
};

/** The texts of all versions. Those that came from the library folder are read there, others are written out. */
export class Sources {
  readonly #stored: Collection<VersionSource>;
  readonly #catalogue: Catalogue;
  readonly #libraryDir: string;

  private constructor(stored: Collection<VersionSource>, catalogue: Catalogue, libraryDir: string) {
    this.#stored = stored;
    this.#catalogue = catalogue;
    this.#libraryDir = libraryDir;
  }
  static async open(storage: Storage, catalogue: Catalogue, libraryDir: string): Promise<Sources> {
    return new Sources(await storage.collection(spec), catalogue, libraryDir);
  }

  async put(document: VersionSource): Promise<void> {
    await this.#stored.put(`${document.scriptId}@${String(document.version)}`, document);
  }
  async detailsOf(scriptId: string): Promise<ReadonlyMap<number, VersionSource>> {
    const page = await this.#stored.find({ where: { scriptId }, limit: 500 });
    return new Map(page.items.map(({ document }) => [document.version, document]));
  }
  /** `undefined` when there is no such version. */
  async of(scriptId: string, version: number): Promise<string | undefined> {
    const stored = await this.#stored.get(`${scriptId}@${String(version)}`);
    if (stored) return stored.document.source;
    const published = await this.#catalogue.version(scriptId, version);
    return published && ((await this.#inLibrary(published)) ?? writeData(published.script));
  }

  /** The file of the library folder, when it still says the same as the version. */
  async #inLibrary({ scriptId, script }: ScriptVersion): Promise<string | undefined> {
    const folder = join(this.#libraryDir, 'scripts');
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of [`${scriptId}.yaml`, ...names.filter((each) => each !== `${scriptId}.yaml`)]) {
      if (!names.includes(name) || !/\.ya?ml$/.test(name)) continue;
      const source = await readFile(join(folder, name), 'utf8');
      if (!new RegExp(`^id: *['"]?${scriptId}['"]? *$`, 'm').test(source)) continue;
      const parsed = parseScript(source);
      if (parsed.ok && same(parsed.script, script)) return source;
    }
    return undefined;
  }
}
