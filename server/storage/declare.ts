import { DocumentCollection } from './collection.ts';
import { columnTypes } from './encode.ts';
import { storageFault } from './faults.ts';
import type { CatalogueEntry, CollectionSpec } from './port.ts';
import type { TableMaker } from './table.ts';

const NAME = /^[a-z][A-Za-z0-9]{0,40}$/;
/** Names that the engines use themselves, and built-in columns. */
const RESERVED = new Set(['journal', 'catalogue', 'meta', 'notes', 'origins', 'stream', 'kind', 'writer']);
const BUILT_IN = new Set(['id', 'n', 'revision', 'shape', 'body']);
/** Rows migrated in one step: some hundred milliseconds of work, so that progress is kept. */
const STEP = 500;

type Index = CatalogueEntry['indexes'][number];
export const indexName = (index: Index): string => `${index.unique ? 'unique' : 'by'}_${index.columns.join('_')}`;

/** The entry that the spec wants, continuing the shapes that are already known. */
function wantedEntry<T>(spec: CollectionSpec<T>, known: CatalogueEntry | undefined): CatalogueEntry {
  const shape = { version: spec.version, columns: columnTypes(spec) };
  const shapes = known?.shapes ?? [];
  const newest = shapes.at(-1);
  const same = newest !== undefined && sameJson(sorted(newest), sorted(shape));
  return {
    name: spec.name,
    shapes: same ? shapes : [...shapes, shape],
    indexes: spec.indexes.map(({ unique, ...index }) => ({ ...index, unique: unique ?? false })),
    packed: spec.packed ?? false,
    migrating: known?.migrating ?? false,
  };
}
const sorted = (shape: CatalogueEntry['shapes'][number]) => [shape.version, Object.entries(shape.columns).sort(byName)];
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function checkSpec<T>(spec: CollectionSpec<T>): void {
  const fail = (message: string) => storageFault('storage.specMismatch', `${spec.name}: ${message}`);
  if (!NAME.test(spec.name) || RESERVED.has(spec.name)) throw fail('is no name for a collection');
  for (const column of Object.keys(spec.columns)) {
    if (!NAME.test(column) || BUILT_IN.has(column)) throw fail(`${column} is no name for a column`);
  }
  for (const { columns, carries = [] } of spec.indexes) {
    const unknown = [...columns, ...carries].find((column) => !Object.hasOwn(spec.columns, column));
    if (columns.length === 0 || unknown !== undefined) throw fail(`an index on ${unknown ?? 'nothing'}`);
  }
}

/**
 * Makes or opens a collection: refuses one that a newer server has changed, migrates an older one after a backup.
 * A migration that was cut off goes on from where it was: each document says with which shape it was written.
 * @throws `storage.tooNew`, `storage.specMismatch`, `storage.badMigration`
 */
export async function declare<T>(maker: TableMaker, spec: CollectionSpec<T>): Promise<DocumentCollection<T>> {
  checkSpec(spec);
  const known = await maker.entry(spec.name);
  const stored = known?.shapes.at(-1)?.version ?? 0;
  if (stored > spec.version) {
    throw storageFault(
      'storage.tooNew',
      `${spec.name} is of version ${stored}, this server knows ${spec.version}: start a newer server or restore a backup`,
      { details: { collection: spec.name, stored, known: spec.version } },
    );
  }
  const wanted = wantedEntry(spec, known);
  const newShape = known !== undefined && wanted.shapes.length > known.shapes.length;
  const migrating = newShape || wanted.migrating;
  const entry = { ...wanted, migrating };
  if (newShape && !known.migrating && (await hasDocuments(maker, known))) await maker.backupBefore(known);
  // The table first: whatever stands in the catalogue can be read by the tools, wherever a crash fell.
  await maker.prepare(entry);
  if (!sameJson(entry, known) && !(await maker.setEntry(entry, known))) return declare(maker, spec);
  const collection = new DocumentCollection(spec, entry, maker.table(entry));
  if (migrating) await migrateAll(maker, entry, collection);
  await maker.finish(entry);
  if (migrating) await maker.setEntry({ ...entry, migrating: false }, entry);
  return collection;
}

async function hasDocuments(maker: TableMaker, entry: CatalogueEntry): Promise<boolean> {
  await maker.prepare(entry);
  return (await maker.table(entry).count([])) > 0;
}

async function migrateAll<T>(maker: TableMaker, entry: CatalogueEntry, to: DocumentCollection<T>): Promise<void> {
  const table = maker.table(entry);
  const newest = entry.shapes.length - 1;
  let after = '';
  for (;;) {
    const rows = await table.outdated(newest, after, STEP);
    // A server of the version before may write beside us: begin again until a whole pass finds nothing.
    if (rows.length === 0 && after === '') return;
    await table.migrate(rows.map((row) => ({ row: to.row(row.id, to.upgraded(row)), revision: row.revision })));
    after = rows.at(-1)?.id ?? '';
  }
}
