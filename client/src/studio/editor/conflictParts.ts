import { isPlain, type Plain } from '../texts.ts';

/** Items of a list are named by one of these; the server names parts of a step the same way. */
const nameOf = (item: unknown): string | undefined => {
  if (!isPlain(item)) return undefined;
  const name = item['id'] ?? item['field'] ?? item['value'];
  return typeof name === 'string' ? name : undefined;
};
const child = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return (value as unknown[]).find((item) => nameOf(item) === name);
  return isPlain(value) ? value[name] : undefined;
};

/** `base` with the part at `path` (`say`, `choices.yes.label`) as it is in `from`; the rest of `base` stays. */
export function withPart(base: unknown, from: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return from;
  const next = withPart(child(base, name), child(from, name), rest);
  if (Array.isArray(base)) {
    const items = base as unknown[];
    const known = items.some((item) => nameOf(item) === name);
    if (next === undefined) return items.filter((item) => nameOf(item) !== name);
    return known ? items.map((item) => (nameOf(item) === name ? next : item)) : [...items, next];
  }
  const copy: Record<string, unknown> = isPlain(base) ? { ...base } : {};
  if (next === undefined) delete copy[name];
  else copy[name] = next;
  return copy;
}

/** `current` with all `parts` as in `wanted`. */
export const withPartsOf = (current: Plain, wanted: Plain, parts: readonly string[]): Plain =>
  parts.reduce<Plain>((step, part) => withPart(step, wanted, part.split('.')) as Plain, current);

/** Every text, number and flag in the value, by its place: `say.0.ru` → «…». */
export function leaves(value: unknown, place = ''): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return new Map();
  if (typeof value === 'string') return new Map([[place, value]]);
  if (typeof value !== 'object') return new Map([[place, JSON.stringify(value)]]);
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? (value as unknown[]).map((item, index) => [nameOf(item) ?? String(index + 1), item] as const)
    : Object.entries(value);
  return new Map(entries.flatMap(([key, item]) => [...leaves(item, place === '' ? key : `${place}.${key}`)]));
}
