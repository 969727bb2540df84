import dagre from '@dagrejs/dagre';
import { GAP, NODE, type Places } from './places.ts';

/** What is laid out: the steps, and which of them leads to which. */
export interface Drawing {
  readonly ids: readonly string[];
  readonly ways: readonly (readonly [from: string, to: string])[];
}

/** A way past one step is laid out all the same: the boxes make room for it. */
const NEAR = 2;
/** So far a detour is looked for. */
const FAR = 4;
/** A smaller map is laid out with every way: it bends around the steps that it passes. */
const MANY = 150;
const NOWHERE: ReadonlySet<string> = new Set();

/**
 * Ways without those that a short detour stands for: they move no step, and a long one costs as many places to order as
 * it passes columns. Of 500 steps with three ways each it takes more than half of the time away.
 */
export function telling(ways: Drawing['ways']): Drawing['ways'] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of ways) next.set(from, (next.get(from) ?? new Set()).add(to));
  const leads = (from: string, to: string, hops: number): boolean => {
    const here = next.get(from) ?? NOWHERE;
    return here.has(to) || (hops > 1 && [...here].some((each) => leads(each, to, hops - 1)));
  };
  return ways.filter(([from, to]) => {
    const here = next.get(from);
    if (from === to || !here?.delete(to)) return false;
    // What was left out stands for no other: of two that stand for each other one stays.
    const isTelling = leads(from, to, NEAR) || !leads(from, to, FAR);
    if (isTelling) here.add(to);
    return isTelling;
  });
}

/** Places from left to right along the conversation. Hundreds of steps take long: `layoutWorker.ts` does it aside. */
export function laidOut({ ids, ways }: Drawing): Places {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: GAP.y, ranksep: GAP.x });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...NODE });
  for (const [from, to] of ids.length > MANY ? telling(ways) : ways) if (from !== to) graph.setEdge(from, to);
  dagre.layout(graph);
  return new Map(
    ids.map((id) => {
      const node = graph.node(id);
      return [id, { x: (node.x ?? 0) - NODE.width / 2, y: (node.y ?? 0) - NODE.height / 2 }] as const;
    }),
  );
}
