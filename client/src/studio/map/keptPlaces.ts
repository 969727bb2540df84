import type { LooseStep } from '../../../../server/contract/studio.ts';
import { keptPlain } from '../texts.ts';
import type { Places } from './places.ts';

/** Of a script that has changed more than this since, the map is laid out anew. */
const KNOWN_SHARE = 0.9;
const nameOf = (scriptId: string): string => `studio.places.${scriptId}`;

/**
 * The map as this browser drew it last, what a hand moved included: hundreds of steps take a second to lay out. Undefined
 * when there is none, or when it is of quite another script.
 */
export function keptPlaces(
  store: Pick<Storage, 'getItem'>,
  scriptId: string,
  steps: readonly LooseStep[],
): Places | undefined {
  const kept = keptPlain(store.getItem(nameOf(scriptId))) ?? {};
  const places: Places = new Map(
    steps.flatMap(({ id }) => {
      const place = kept[id];
      const [x, y]: readonly unknown[] = Array.isArray(place) ? place : [];
      return typeof x === 'number' && typeof y === 'number' ? [[id, { x, y }] as const] : [];
    }),
  );
  return places.size > 0 && places.size >= steps.length * KNOWN_SHARE ? places : undefined;
}

/** Whole pixels; a browser whose store is full lays out again the next time. */
export function keepPlaces(store: Pick<Storage, 'setItem'>, scriptId: string, places: Places): void {
  const entries = [...places].map(([id, { x, y }]) => [id, [Math.round(x), Math.round(y)]]);
  try {
    store.setItem(nameOf(scriptId), JSON.stringify(Object.fromEntries(entries)));
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
  }
}
