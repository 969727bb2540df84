import dagre from '@dagrejs/dagre';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { leadsOf, type Lead } from '../texts.ts';

export const NODE = { width: 240, height: 84 } as const;

export interface Placed {
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly leads: readonly Lead[];
}

/** What a layout depends on: the steps and where they lead, not their words. */
export const shapeOf = (steps: readonly LooseStep[], reactions: boolean): string =>
  steps
    .map(
      (step) =>
        `${step.id}>${drawn(step, reactions)
          .map(({ to }) => to)
          .join()}`,
    )
    .join(';');

const drawn = (step: LooseStep, reactions: boolean): readonly Lead[] =>
  leadsOf(step).filter(({ kind }) => reactions || kind !== 'reaction');

/** Places from left to right along the conversation. 500 steps take about half a second, once per change of shape. */
export function laidOut(steps: readonly LooseStep[], reactions: boolean): Placed {
  const ids = new Set(steps.map(({ id }) => id));
  const leads = steps.flatMap((step) => drawn(step, reactions)).filter(({ to }) => ids.has(to));
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 72 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of steps) graph.setNode(id, { ...NODE });
  for (const { from, to } of leads) if (from !== to) graph.setEdge(from, to);
  dagre.layout(graph);
  const places = new Map(
    steps.map(({ id }) => {
      const node = graph.node(id);
      return [id, { x: (node.x ?? 0) - NODE.width / 2, y: (node.y ?? 0) - NODE.height / 2 }] as const;
    }),
  );
  return { places, leads };
}
