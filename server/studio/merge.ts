import { isPlain, named, same, type Plain } from './source/values.ts';

/** What comes of two changes of one thing: `parts` names where they collide; there `value` has theirs. */
export interface Merged {
  readonly value: unknown;
  readonly parts: readonly string[];
}
/** Stands for "is not there": a value of its own, so that taking away and changing collide as any two changes do. */
const NONE = undefined;

/**
 * Three-way merge of plain data: what only one side changed is taken from it. Records are merged by key, lists of named
 * items (choices, questions, options) by name. Two different changes of one text collide.
 */
export function merge(base: unknown, theirs: unknown, mine: unknown, path = ''): Merged {
  if (same(mine, base) || same(mine, theirs)) return { value: theirs, parts: [] };
  if (same(theirs, base)) return { value: mine, parts: [] };
  if (isPlain(theirs) && isPlain(mine)) return mergeRecords(isPlain(base) ? base : {}, theirs, mine, path);
  if (Array.isArray(theirs) && Array.isArray(mine)) {
    const lists = mergeLists(Array.isArray(base) ? base : [], theirs, mine, path);
    if (lists) return lists;
  }
  return { value: theirs, parts: [path] };
}

function mergeRecords(base: Plain, theirs: Plain, mine: Plain, path: string): Merged {
  const parts: string[] = [];
  const value: Record<string, unknown> = {};
  // Theirs first: new keys of mine go to the end, as they would in an editor.
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const merged = merge(base[key], theirs[key], mine[key], path === '' ? key : `${path}.${key}`);
    parts.push(...merged.parts);
    if (merged.value !== NONE) value[key] = merged.value;
  }
  return { value, parts };
}

function mergeLists(
  base: readonly unknown[],
  theirs: readonly unknown[],
  mine: readonly unknown[],
  path: string,
): Merged | undefined {
  const [before, left, right] = [named(base), named(theirs), named(mine)];
  if (!before || !left || !right) return undefined;
  const parts: string[] = [];
  const items = new Map<string, unknown>();
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const merged = merge(before.get(name), left.get(name), right.get(name), `${path}.${name}`);
    parts.push(...merged.parts);
    if (merged.value !== NONE) items.set(name, merged.value);
  }
  const order = orderOf([...before.keys()], [...left.keys()], [...right.keys()]);
  return { value: order.filter((name) => items.has(name)).map((name) => items.get(name)), parts };
}

/** Mine, when I moved things; else theirs. What the other list has besides goes behind its neighbour there. */
export function orderOf(base: readonly string[], theirs: readonly string[], mine: readonly string[]): string[] {
  const moved = (list: readonly string[]): boolean => {
    const common = list.filter((name) => base.includes(name));
    return !same(
      common,
      base.filter((name) => list.includes(name)),
    );
  };
  const [leading, other] = moved(mine) && !moved(theirs) ? [mine, theirs] : [theirs, mine];
  const order = [...leading];
  other.forEach((name, index) => {
    if (order.includes(name)) return;
    const neighbour = other[index - 1];
    order.splice(neighbour === undefined ? 0 : order.indexOf(neighbour) + 1, 0, name);
  });
  return order;
}
