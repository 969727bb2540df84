import type { LooseStep } from '../../../../server/contract/studio.ts';
import { leadsOf, type Lead } from '../leads.ts';

export const NODE = { width: 240, height: 84 } as const;
/** Between two steps the label of the way has room. */
export const GAP = { x: 120, y: 24 } as const;

export interface Place {
  readonly x: number;
  readonly y: number;
}
export type Places = ReadonlyMap<string, Place>;

/** What is drawn between the steps. */
export function drawnLeads(steps: readonly LooseStep[], reactions: boolean): readonly Lead[] {
  const ids = new Set(steps.map(({ id }) => id));
  return steps.flatMap(leadsOf).filter(({ kind, to }) => (reactions || kind !== 'reaction') && ids.has(to));
}

/** Steps that came since stand to the right of what leads to them, or under the step before; the others stay in place. */
export function withNew(laid: Places, steps: readonly LooseStep[], leads: readonly Lead[]): Places {
  if (steps.every(({ id }) => laid.has(id))) return laid;
  const places = new Map(laid);
  for (const [index, { id }] of steps.entries()) {
    if (places.has(id)) continue;
    const source = places.get(leads.find(({ from, to }) => to === id && places.has(from))?.from ?? '');
    const before = places.get(steps[index - 1]?.id ?? '') ?? { x: 0, y: 0 };
    const wanted = source
      ? { x: source.x + NODE.width + GAP.x, y: source.y }
      : { x: before.x, y: before.y + NODE.height + GAP.y };
    places.set(id, free(wanted, [...places.values()]));
  }
  return places;
}
function free({ x, y }: Place, taken: readonly Place[]): Place {
  const isTaken = taken.some((each) => Math.abs(each.x - x) < NODE.width && Math.abs(each.y - y) < NODE.height);
  return isTaken ? free({ x, y: y + NODE.height + GAP.y }, taken) : { x, y };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The step that the eye finds next in that direction: near, and not far to the side. */
export function nextTo(places: Places, from: string, direction: Direction): string | undefined {
  const here = places.get(from);
  if (!here) return undefined;
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  const far = [...places].flatMap(([id, place]) => {
    const [dx, dy] = [place.x - here.x, place.y - here.y];
    const along = sign * (isAcross ? dx / NODE.width : dy / NODE.height);
    const aside = Math.abs(isAcross ? dy / NODE.height : dx / NODE.width);
    return id !== from && along > 0.5 ? [{ id, cost: along + 2 * aside }] : [];
  });
  return far.toSorted((a, b) => a.cost - b.cost)[0]?.id;
}
