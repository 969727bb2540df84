import type { CollectionSpec, Storage } from '../../../server/storage/port.ts';
import type { Place } from '../../../server/storage/tools/place.ts';

/** An empty storage for one case, and what can be done to it. */
export interface Harness {
  readonly storage: Storage;
  /** A temporary folder of the case. */
  readonly folder: string;
  /** Where the tools find the same storage once it is closed. */
  readonly place: Place;
  /** Closes and opens again, as a restart of the server does. */
  readonly restart: () => Promise<Storage>;
  /** A second server beside the first, or the same storage where the engine allows one server only. */
  readonly beside: () => Promise<Storage>;
}

/** One numbered rule of `server/storage/RULES.md`, shown. The same list runs over every engine and over the fakes. */
export interface Case {
  readonly title: string;
  readonly run: (harness: Harness) => Promise<void>;
}

export interface Thing {
  readonly key?: string | null;
  readonly at?: number | null;
  readonly kind?: string | null;
  readonly size?: number | null;
  readonly share?: number | null;
  readonly open?: boolean | null;
  readonly text?: string;
  readonly more?: unknown;
}
/** A collection with a column of each type. */
export const things: CollectionSpec<Thing> = {
  name: 'things',
  version: 1,
  columns: {
    key: { type: 'text', of: (thing) => thing.key ?? null },
    at: { type: 'instant', of: (thing) => thing.at ?? null },
    kind: { type: 'text', of: (thing) => thing.kind ?? null },
    size: { type: 'integer', of: (thing) => thing.size ?? null },
    share: { type: 'real', of: (thing) => thing.share ?? null },
    open: { type: 'boolean', of: (thing) => thing.open ?? null },
  },
  indexes: [{ columns: ['key'], unique: true }, { columns: ['at'] }, { columns: ['kind', 'at'] }],
  check: (document) => document as Thing,
};
