import mongoose, { type Connection, type Model, Schema } from 'mongoose';
import type { CatalogueEntry, ColumnType, ColumnValue } from '../port.ts';

/** A document as it lies in its collection: the columns typed and indexed, the document as it is. */
export interface Lying {
  readonly _id: string;
  readonly revision: number;
  readonly shape: number;
  readonly columns: Record<string, ColumnValue>;
  /** Plain values, readable with any MongoDB tool. */
  readonly document?: unknown;
  /** Instead of `document`, its JSON: where a key would mean something to BSON itself. */
  readonly text?: string;
}
export interface LyingEntry {
  readonly seq: number;
  readonly stream: string;
  readonly at: number;
  readonly kind: string;
  /** JSON, byte for byte what the other engine keeps. */
  readonly body: string;
}
/**
 * What was appended together: one document, so that it is there whole or not at all. `_id` is the first seq. A new one
 * always gets the last one's `lastSeq` + 1: of two servers that append at once one meets the other's key and goes
 * behind it. So the order of `_id` is the order in which batches came into being, over all servers.
 */
export interface LyingBatch {
  readonly _id: number;
  readonly lastSeq: number;
  readonly entries: readonly LyingEntry[];
  /** How far each writer came with this batch: the number and the seq of its last entry. */
  readonly origins: readonly LyingOrigin[];
  /** Of the core that wrote it, when servers take turns. Nothing of a lower epoch ever comes after it. */
  readonly epoch?: number;
}
export interface LyingOrigin {
  readonly writer: string;
  readonly last: number;
  readonly seq: number;
}
export interface LyingNote {
  readonly _id: string;
  readonly value: string;
}

const TYPES = {
  text: String,
  integer: Number,
  instant: Number,
  real: Number,
  boolean: Boolean,
} as const satisfies Record<ColumnType, unknown>;
/** Nothing unknown gets in, nothing empty is dropped, no index is made behind our back. */
const STRICT = {
  strict: 'throw',
  strictQuery: 'throw',
  minimize: false,
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
  id: false,
} as const;
const required = true;

const entrySchema = new Schema<LyingEntry>(
  {
    seq: { type: Number, required },
    stream: { type: String, required },
    at: { type: Number, required },
    kind: { type: String, required },
    body: { type: String, required },
  },
  { ...STRICT, _id: false },
);
const originSchema = new Schema(
  { writer: { type: String, required }, last: { type: Number, required }, seq: { type: Number, required } },
  { ...STRICT, _id: false },
);
const batchSchema = new Schema<LyingBatch>(
  {
    _id: { type: Number, required },
    lastSeq: { type: Number, required },
    entries: [entrySchema],
    origins: [originSchema],
    epoch: { type: Number },
  },
  { ...STRICT, collection: 'journal' },
);
batchSchema.index({ 'entries.stream': 1, _id: 1 });
batchSchema.index({ 'origins.writer': 1, _id: -1 });

const noteSchema = (collection: string) =>
  new Schema<LyingNote>(
    { _id: { type: String, required }, value: { type: String, required } },
    { ...STRICT, collection },
  );

export const journalModel = (connection: Connection): Model<LyingBatch> =>
  connection.model<LyingBatch>('journal', batchSchema);
export const noteModel = (connection: Connection, name: 'catalogue' | 'notes' | 'origins'): Model<LyingNote> =>
  connection.models[name] ?? connection.model<LyingNote>(name, noteSchema(name));

export function documentSchema(entry: CatalogueEntry): Schema<Lying> {
  const columns = Object.entries(entry.shapes.at(-1)?.columns ?? {});
  const paths = Object.fromEntries(columns.map(([name, type]) => [name, { type: TYPES[type] }]));
  return new Schema<Lying>(
    {
      _id: { type: String, required },
      revision: { type: Number, required, min: 1 },
      shape: { type: Number, required, min: 0 },
      columns: { type: new Schema(paths, { ...STRICT, _id: false }), required },
      document: { type: mongoose.Schema.Types.Mixed },
      text: { type: String },
    },
    { ...STRICT, collection: entry.name },
  );
}

/** A collection's model; made anew when its shape has changed since. */
export function documentModel(connection: Connection, entry: CatalogueEntry): Model<Lying> {
  const name = `${entry.name}/${entry.shapes.length}`;
  return connection.models[name] ?? connection.model<Lying>(name, documentSchema(entry));
}
