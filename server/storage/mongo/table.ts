import type { AnyBulkWriteOperation, Model } from 'mongoose';
import type { ColumnValue } from '../port.ts';
import type { Grouping, Page, Term } from '../query.ts';
import type { NewRow, Row, Table } from '../table.ts';
import { isDuplicate, translated } from './errors.ts';
import type { Lying } from './models.ts';
import { type Grouped, groupedRow, groupingPipeline, pageFilter, pageSort, whereFilter } from './query.ts';

/** Keys that do not come through: by the first BSON takes the object for a type of its own, the others mongoose leaves out. */
const NOT_FOR_BSON = /"(?:_bsontype|__proto__|constructor|prototype)"/;

export const lyingBody = (text: string): Pick<Lying, 'document' | 'text'> =>
  NOT_FOR_BSON.test(text) ? { text } : { document: JSON.parse(text) as unknown };
export const bodyOf = ({ document, text }: Lying): unknown =>
  text === undefined ? document : (JSON.parse(text) as unknown);

const rowOf = (lying: Lying): Row => ({
  id: lying._id,
  revision: lying.revision,
  shape: lying.shape,
  document: bodyOf(lying),
});

/** What a change writes; the body's other form goes. */
function changes(row: NewRow): { $set: Partial<Lying>; $unset: Record<string, 1> } {
  const body = lyingBody(row.text);
  return {
    $set: { shape: row.shape, columns: { ...row.columns }, ...body },
    $unset: 'text' in body ? { document: 1 } : { text: 1 },
  };
}

export class MongoTable implements Table {
  readonly #model: Model<Lying>;

  constructor(model: Model<Lying>) {
    this.#model = model;
  }

  async get(id: string): Promise<Row | undefined> {
    const found = await translated(() => this.#model.findById(id).lean<Lying>().exec());
    return found === null ? undefined : rowOf(found);
  }
  async insert(row: NewRow): Promise<boolean> {
    const lying = { _id: row.id, revision: 1, shape: row.shape, columns: { ...row.columns }, ...lyingBody(row.text) };
    return this.#unlessTaken(async () => {
      await this.#model.create([lying]);
      return true;
    });
  }
  async replace(row: NewRow, revision: number): Promise<boolean> {
    const { $set, $unset } = changes(row);
    const update = { $set: { ...$set, revision: revision + 1 }, $unset };
    return this.#unlessTaken(async () => {
      const { matchedCount } = await this.#model.updateOne({ _id: row.id, revision }, update, { runValidators: true });
      return matchedCount === 1;
    });
  }
  async #unlessTaken(write: () => Promise<boolean>): Promise<boolean> {
    return translated(async () => {
      try {
        return await write();
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    });
  }

  async put(rows: readonly NewRow[]): Promise<void> {
    const writes = rows.map((row): AnyBulkWriteOperation<Lying> => {
      return {
        updateOne: { filter: { _id: row.id }, update: { ...changes(row), $inc: { revision: 1 } }, upsert: true },
      };
    });
    await translated(async () => {
      try {
        await this.#model.bulkWrite(writes);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Two servers made the document at once: the second attempt finds it. If not, a unique key is taken.
        await this.#model.bulkWrite(writes);
      }
    });
  }
  async remove(ids: readonly string[]): Promise<number> {
    const { deletedCount } = await translated(() => this.#model.deleteMany({ _id: { $in: ids } }).exec());
    return deletedCount;
  }
  async removeWhere(terms: readonly Term[], limit: number): Promise<number> {
    return translated(async () => {
      const query = this.#model.find(whereFilter(terms), { _id: 1 }).limit(limit).batchSize(limit);
      const found = await query.lean<Pick<Lying, '_id'>[]>();
      const { deletedCount } = await this.#model.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
      return deletedCount;
    });
  }

  async page(page: Page): Promise<Row[]> {
    const { order, limit } = page;
    const found = await translated(() =>
      this.#model
        .find(pageFilter(page))
        .sort(pageSort(order))
        .limit(limit + 1)
        .batchSize(limit + 1)
        .lean<Lying[]>()
        .exec(),
    );
    return found.map((lying) => {
      return { ...rowOf(lying), value: order.column === 'id' ? lying._id : (lying.columns[order.column] ?? null) };
    });
  }
  async count(terms: readonly Term[]): Promise<number> {
    return translated(() => this.#model.countDocuments(whereFilter(terms)).exec());
  }
  async group(grouping: Grouping): Promise<ColumnValue[][]> {
    const pipeline = groupingPipeline(grouping);
    const rows = await translated(() => this.#model.aggregate<Grouped>(pipeline).allowDiskUse(true).exec());
    // Without groups there is always one row, also of nothing.
    if (grouping.groups.length === 0) return [groupedRow(grouping, rows[0])];
    return rows.map((row) => groupedRow(grouping, row));
  }

  async outdated(shape: number, afterId: string, limit: number): Promise<Row[]> {
    const found = await translated(() =>
      this.#model
        .find({ shape: { $lt: shape }, _id: { $gt: afterId } })
        .sort({ _id: 1 })
        .limit(limit)
        .batchSize(limit)
        .lean<Lying[]>()
        .exec(),
    );
    return found.map(rowOf);
  }
  async migrate(rows: readonly { readonly row: NewRow; readonly revision: number }[]): Promise<void> {
    const writes = rows.map(({ row, revision }): AnyBulkWriteOperation<Lying> => {
      const filter = { _id: row.id, revision, shape: { $lt: row.shape } };
      return { updateOne: { filter, update: changes(row) } };
    });
    if (writes.length > 0) await translated(() => this.#model.bulkWrite(writes));
  }
}
