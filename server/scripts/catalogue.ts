import { z } from 'zod';
import { compile, type CompiledScript, type Script } from '../../machines/script/index.ts';
import { AppError, as, type Instant, type ScriptId } from '../../machines/vocabulary/index.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';

/**
 * One published version: the script with the sub-scripts that it was published with. Never changed; kept while any
 * call or report names it.
 */
export interface ScriptVersion {
  readonly scriptId: string;
  readonly version: number;
  readonly script: Script;
  readonly linked: Readonly<Record<string, Script>>;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  readonly approvedBy: string | null;
  readonly reason: string;
}

const loose = z.looseObject({ scriptId: z.string(), version: z.number().int(), script: z.looseObject({}) });
const versionsSpec: CollectionSpec<ScriptVersion> = {
  name: 'scriptVersions',
  version: 1,
  columns: {
    scriptId: { type: 'text', of: (each) => each.scriptId },
    version: { type: 'integer', of: (each) => each.version },
    publishedAt: { type: 'instant', of: (each) => each.publishedAt },
  },
  indexes: [{ columns: ['scriptId', 'version'], unique: true }, { columns: ['publishedAt'] }],
  check: (document) => loose.parse(document) as unknown as ScriptVersion,
};
const currentSpec: CollectionSpec<{ version: number }> = {
  name: 'scriptCurrent',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => z.object({ version: z.number().int() }).parse(document),
};

const idOf = (scriptId: string, version: number): string => `${scriptId}@${version}`;

/** Every script that this one calls, directly or through others. */
export function closureOf(script: Script, all: ReadonlyMap<string, Script>): Record<string, Script> {
  const found = new Map<string, Script>();
  const visit = (each: Script): void => {
    for (const called of calledBy(each)) {
      const target = all.get(called);
      if (!target || found.has(called) || called === script.id) continue;
      found.set(called, target);
      visit(target);
    }
  };
  visit(script);
  return Object.fromEntries(found);
}
function calledBy(script: Script): Set<string> {
  const names = new Set<string>();
  JSON.stringify(script, (key, value: unknown) => {
    if (
      key === 'call' &&
      typeof value === 'object' &&
      value !== null &&
      'script' in value &&
      typeof value.script === 'string'
    )
      names.add(value.script);
    return value;
  });
  return names;
}

/** Published scripts: all versions in storage, current ones and those of live calls compiled in memory. */
export class Catalogue {
  readonly #versions: Collection<ScriptVersion>;
  readonly #current: Collection<{ version: number }>;
  readonly #byScript = new Map<string, ScriptVersion>();
  readonly #compiled = new Map<string, CompiledScript>();
  readonly #loaded = new Map<string, ScriptVersion>();

  private constructor(versions: Collection<ScriptVersion>, current: Collection<{ version: number }>) {
    this.#versions = versions;
    this.#current = current;
  }
  static async open(storage: Storage): Promise<Catalogue> {
    const catalogue = new Catalogue(await storage.collection(versionsSpec), await storage.collection(currentSpec));
    await catalogue.reload();
    return catalogue;
  }
  async reload(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.#current.find({ limit: 500, ...(cursor === undefined ? {} : { cursor }) });
      // All at once: a database may be some milliseconds away.
      const all = await Promise.all(
        page.items.map(({ id, document }) => this.#versions.get(idOf(id, document.version))),
      );
      for (const stored of all) if (stored) this.#use(stored.document);
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** The first start: the library folder becomes version 1 of everything. */
  async seed(scripts: readonly Script[], at: Instant): Promise<void> {
    const all = new Map(scripts.map((script) => [script.id, script]));
    for (const script of scripts) {
      if (!this.#byScript.has(script.id))
        await this.publish(script, { linked: closureOf(script, all), at, by: 'library', approvedBy: null, reason: '' });
    }
  }

  /** Stores the next version and makes it current. Throws `scripts.conflict` when somebody published meanwhile. */
  async publish(
    script: Script,
    details: { linked: Record<string, Script>; at: Instant; by: string; approvedBy: string | null; reason: string },
  ): Promise<ScriptVersion> {
    const version = (await this.lastVersion(script.id)) + 1;
    const document: ScriptVersion = {
      scriptId: script.id,
      version,
      script,
      linked: details.linked,
      publishedAt: details.at,
      publishedBy: details.by,
      approvedBy: details.approvedBy,
      reason: details.reason,
    };
    compile(script, { version, scripts: details.linked });
    if ((await this.#versions.insert(idOf(script.id, version), document)) === 'exists')
      throw new AppError('scripts.conflict', 'somebody published this script just now', { kind: 'user' });
    await this.#current.put(script.id, { version });
    this.#use(document);
    return document;
  }
  #use(document: ScriptVersion): void {
    this.#byScript.set(document.scriptId, document);
    this.#loaded.set(idOf(document.scriptId, document.version), document);
  }

  async lastVersion(scriptId: string): Promise<number> {
    const page = await this.#versions.find({
      where: { scriptId },
      orderBy: { column: 'version', descending: true },
      limit: 1,
    });
    return page.items[0]?.document.version ?? 0;
  }
  async versionsOf(scriptId: string): Promise<ScriptVersion[]> {
    const page = await this.#versions.find({
      where: { scriptId },
      orderBy: { column: 'version', descending: true },
      limit: 200,
    });
    return page.items.map((each) => each.document);
  }
  async version(scriptId: string, version: number): Promise<ScriptVersion | undefined> {
    const id = idOf(scriptId, version);
    const known = this.#loaded.get(id) ?? (await this.#versions.get(id))?.document;
    if (known) this.#loaded.set(id, known);
    return known;
  }

  currentVersions(): readonly ScriptVersion[] {
    return [...this.#byScript.values()];
  }
  currentOf(scriptId: string): ScriptVersion | undefined {
    return this.#byScript.get(scriptId);
  }
  /** Compiled at first use and kept. `undefined` when this version is not loaded (see `load`). */
  compiled(scriptId: ScriptId, version: number): CompiledScript | undefined {
    const id = idOf(scriptId, version);
    const known = this.#compiled.get(id);
    if (known) return known;
    const document = this.#loaded.get(id);
    if (!document) return undefined;
    const made = compile(document.script, { version, scripts: document.linked });
    this.#compiled.set(id, made);
    return made;
  }
  /** Brings versions into memory that restored calls still run on. */
  async load(needed: Iterable<{ scriptId: string; version: number }>): Promise<void> {
    await Promise.all([...needed].map(({ scriptId, version }) => this.version(as<ScriptId>(scriptId), version)));
  }
}
