import { isPlain, type Plain, type TextLanguage } from '../texts.ts';
import { nameOf, spelled } from './names.ts';

/** One thing that differs between two revisions; `place`: keys and names of records on the way to it. */
export interface Difference {
  readonly place: readonly string[];
  readonly before: string;
  readonly after: string;
}

const told = (value: unknown, language: TextLanguage): string => {
  const inside = (each: unknown): string => told(each, language);
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(inside).join('; ');
  if (isPlain(value)) return nameOf(value, language) || Object.values(value).map(inside).filter(Boolean).join(', ');
  return typeof value === 'string' ? spelled(value, language) : JSON.stringify(value);
};
const idOf = (record: Plain): string | undefined => {
  const id = record['id'] ?? record['extension'] ?? record['day'] ?? record['from'];
  return typeof id === 'string' ? id : undefined;
};

/** Records are compared by their codes, wherever they stand in the list. What follows from `hoursText` goes without saying. */
export function differences(
  before: unknown,
  after: unknown,
  language: TextLanguage,
  place: readonly string[] = [],
): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isRecords(before) && isRecords(after)) {
    const [old, now] = [byId(before), byId(after)];
    const inner = [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
      const [a, b] = [old.get(id), now.get(id)];
      const name = nameOf(b ?? a ?? {}, language) || id;
      return a && b
        ? differences(a, b, language, [...place, name])
        : [{ place, before: a ? name : '', after: b ? name : '' }];
    });
    return inner.length > 0 ? inner : [{ place, before: told(before, language), after: told(after, language) }];
  }
  if (isPlain(before) && isPlain(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => !('hoursText' in after && key === 'hours'))
      .flatMap((key) => differences(before[key], after[key], language, [...place, key]));
  return [{ place, before: told(before, language), after: told(after, language) }];
}
const isRecords = (value: unknown): value is readonly Plain[] =>
  Array.isArray(value) && value.every((each) => isPlain(each) && idOf(each) !== undefined);
const byId = (records: readonly Plain[]): ReadonlyMap<string, Plain> =>
  new Map(records.map((record) => [idOf(record) ?? '', record]));
