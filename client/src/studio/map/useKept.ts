import { useMemo, useState } from 'react';
import { same } from '../editor/document.ts';

/**
 * The list with what says the same as before being the very same object, and the very same list when all of it does: of
 * 500 steps one changes at a key, and only that one is drawn anew.
 */
export function useKept<Item extends object>(list: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const [keep] = useState(() => keeper(keyOf));
  return useMemo(() => keep(list), [keep, list]);
}

export function keeper<Item extends object>(keyOf: (item: Item) => string): (list: readonly Item[]) => readonly Item[] {
  let before: readonly Item[] = [];
  let byKey = new Map<string, Item>();
  return (list) => {
    const next = list.map((item) => {
      const known = byKey.get(keyOf(item));
      return known !== undefined && (known === item || same(known, item)) ? known : item;
    });
    if (next.length !== before.length || next.some((item, index) => item !== before[index])) {
      before = next;
      byKey = new Map(next.map((item) => [keyOf(item), item]));
    }
    return before;
  };
}
