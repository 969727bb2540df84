import type { Connection, Statement } from './database.ts';
import { packText } from './packing.ts';
import type { SqlValue, Step } from './protocol.ts';

/** Compiled statements kept by their text. */
const KEPT = 400;

export class Statements {
  readonly #db: Connection;
  readonly #kept = new Map<string, Statement>();

  constructor(db: Connection) {
    this.#db = db;
  }
  of(sql: string): Statement {
    const known = this.#kept.get(sql);
    if (known !== undefined) return known;
    if (this.#kept.size >= KEPT) this.#kept.clear();
    const statement = this.#db.prepare(sql);
    this.#kept.set(sql, statement);
    return statement;
  }
  /** Rows as arrays; blobs as Buffers. */
  rows(sql: string, args: readonly (SqlValue | Buffer)[] = []): (SqlValue | Buffer)[][] {
    return this.of(sql)
      .raw()
      .all([...args]) as (SqlValue | Buffer)[][];
  }
  /** Answers how many rows it changed. */
  run(sql: string, args: readonly (SqlValue | Buffer)[] = []): number {
    return this.of(sql).run([...args]).changes;
  }
  step({ sql, args }: Step): number {
    return this.run(
      sql,
      args.map((arg) => (typeof arg === 'object' && arg !== null ? packText(arg.pack) : arg)),
    );
  }
}
