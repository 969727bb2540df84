/** Plain JSON values and how their parts are told apart. */
export type Plain = Readonly<Record<string, unknown>>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Same data, whatever the order of keys; a key with `undefined` is no key. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (!isPlain(a) || !isPlain(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

const NAMES = ['id', 'field', 'value'] as const;
/** What an item of a list is known by while the list changes: choices by `id`, questions by `field`, options by `value`. */
export function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isPlain(item)) return undefined;
  const name = NAMES.find((each) => typeof item[each] === 'string');
  return name === undefined ? undefined : String(item[name]);
}
/** The items by name, or nothing when some have none or share one. */
export function named(list: readonly unknown[]): Map<string, unknown> | undefined {
  const items = new Map<string, unknown>();
  for (const item of list) {
    const name = nameOf(item);
    if (name === undefined || items.has(name)) return undefined;
    items.set(name, item);
  }
  return items;
}
