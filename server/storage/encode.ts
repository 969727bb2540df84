import { storageFault } from './faults.ts';
import type { CollectionSpec, ColumnType, ColumnValue } from './port.ts';

/**
 * JSON text of a plain value, compact and well-formed: a lone surrogate, which JSON.stringify escapes and UTF-8 cannot
 * carry, becomes U+FFFD, so that both engines give back the same.
 * @throws `storage.badDocument` when the value has no JSON (undefined, a cycle, a BigInt).
 */
export function toText(value: unknown, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw storageFault('storage.badDocument', `${what} is not plain JSON`, { cause });
  }
  if (text === undefined) throw storageFault('storage.badDocument', `${what} is not plain JSON`);
  if (!text.includes(String.raw`\ud`)) return text;
  return text.replace(/\\(?:u(d[89a-f][0-9a-f]{2})|[^])/g, (escape, surrogate) => (surrogate ? '\uFFFD' : escape));
}

/** A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD. */
export const wellFormed = (text: string): string => text.toWellFormed();
export const isWellFormed = (text: string): boolean => text.isWellFormed();

const fits: Record<ColumnType, (value: ColumnValue) => boolean> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  instant: (value) => Number.isSafeInteger(value),
  real: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
};

/** Checks a value against its column. Text is made well-formed. */
export function columnValue(name: string, type: ColumnType, value: ColumnValue | undefined): ColumnValue {
  if (value === null) return null;
  if (value === undefined || !fits[type](value)) {
    throw storageFault('storage.badDocument', `column ${name} wants ${type}, got ${typeof value}`, {
      details: { column: name, type },
    });
  }
  return typeof value === 'string' ? wellFormed(value) : value;
}

export function columnsOf<T>(spec: CollectionSpec<T>, document: T): Record<string, ColumnValue> {
  const columns: Record<string, ColumnValue> = {};
  for (const [name, { type, of }] of Object.entries(spec.columns))
    columns[name] = columnValue(name, type, of(document));
  return columns;
}

export const columnTypes = (spec: Pick<CollectionSpec<never>, 'columns'>): Record<string, ColumnType> =>
  Object.fromEntries(Object.entries(spec.columns).map(([name, { type }]) => [name, type]));
