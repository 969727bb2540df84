import { FORMAT_VERSION } from '../format.ts';
import { fromVersion0 } from './0-to-1.ts';

/** One step per version, oldest first: `MIGRATIONS[n]` brings a file of version n to version n + 1. Never changed. */
export const MIGRATIONS: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>> = {
  0: fromVersion0,
};

export type Migrated =
  | { readonly ok: true; readonly data: unknown; readonly from: number }
  | { readonly ok: false; readonly reason: 'tooNew' | 'noVersion' };

/** Brings a file of any earlier format up to the present one, step by step. What it holds is checked afterwards. */
export function migrate(data: unknown): Migrated {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { ok: true, data, from: FORMAT_VERSION };
  const from = (data as Record<string, unknown>)['formatVersion'];
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 0) return { ok: false, reason: 'noVersion' };
  if (from > FORMAT_VERSION) return { ok: false, reason: 'tooNew' };
  let current = data as Record<string, unknown>;
  for (let version = from; version < FORMAT_VERSION; version += 1) {
    current = { ...(MIGRATIONS[version]?.(current) ?? current), formatVersion: version + 1 };
  }
  return { ok: true, data: current, from };
}
