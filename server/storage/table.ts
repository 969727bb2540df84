import type { Grouping, Page, Term } from './query.ts';
import type { CatalogueEntry, ColumnValue } from './port.ts';

/** A document on its way in: checked, in JSON, with its columns. */
export interface NewRow {
  readonly id: string;
  readonly shape: number;
  readonly columns: Readonly<Record<string, ColumnValue>>;
  readonly text: string;
}
/** A document on its way out. `value` is the order column's of a page, for the cursor. */
export interface Row {
  readonly id: string;
  readonly revision: number;
  readonly shape: number;
  readonly document: unknown;
  readonly value?: ColumnValue;
}

/** What an engine does for one collection. Everything that both engines do alike is above it. */
export interface Table {
  get(id: string): Promise<Row | undefined>;
  /** False when the id or a unique key is taken. */
  insert(row: NewRow): Promise<boolean>;
  /** False when the revision is another or a unique key is taken. */
  replace(row: NewRow, revision: number): Promise<boolean>;
  put(rows: readonly NewRow[]): Promise<void>;
  /** How many were there. */
  remove(ids: readonly string[]): Promise<number>;
  removeWhere(terms: readonly Term[], limit: number): Promise<number>;
  /** At most `page.limit` + 1 rows: the one too many says that there is a next page. */
  page(page: Page): Promise<Row[]>;
  count(terms: readonly Term[]): Promise<number>;
  /** Values in the order of groups, then measures; sorted by groups. */
  group(grouping: Grouping): Promise<ColumnValue[][]>;
  /** Some rows of a shape below this one, by rising id after the one given. */
  outdated(shape: number, afterId: string, limit: number): Promise<Row[]>;
  /** Writes migrated rows, each only where its revision is still the same and its shape lower. */
  migrate(rows: readonly { readonly row: NewRow; readonly revision: number }[]): Promise<void>;
}

/** What an engine does to declare collections. Each step may be repeated after a crash in the middle. */
export interface TableMaker {
  entry(name: string): Promise<CatalogueEntry | undefined>;
  /** Writes the entry; `previous` guards against another server doing the same. False: it was another. */
  setEntry(entry: CatalogueEntry, previous: CatalogueEntry | undefined): Promise<boolean>;
  /** Makes the table if needed, gives it the columns of the newest shape, drops indexes that are not in the entry. */
  prepare(entry: CatalogueEntry): Promise<void>;
  /** Makes the missing indexes, drops columns that are not in the newest shape. */
  finish(entry: CatalogueEntry): Promise<void>;
  table(entry: CatalogueEntry): Table;
  /** Called once before the first change to documents that are already there. */
  backupBefore(entry: CatalogueEntry): Promise<void>;
}
