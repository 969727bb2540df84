import { MarkerType, type Edge } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leadKey, type Lead } from '../leads.ts';
import type { Learning } from '../learning/useLearning.ts';
import { useDesk } from '../studioContext.ts';
import styles from './Graph.module.css';

/** The choice, and how often it was taken when that is shown. */
const labelled = (label: string, taken: number | undefined): string => {
  const count = taken === undefined ? '' : ` · ${taken}`;
  const room = LABEL_LETTERS - count.length;
  return (label.length > room ? `${label.slice(0, room - 1)}…` : label) + count;
};
/** As many as fit between two steps; the whole label stands in the preview of the chosen step. */
const LABEL_LETTERS = 20;

const END = { type: MarkerType.ArrowClosed, width: 16, height: 16 } as const;
/** Of the chosen step: its ways are followed with the eye. */
const OWN_END = { ...END, color: 'var(--accent)' } as const;

const edgeOf = (lead: Lead): Edge => ({
  id: leadKey(lead),
  type: 'lead',
  source: lead.from,
  target: lead.to,
  reconnectable: 'target',
  className: [styles[lead.kind], lead.call ? styles['call'] : ''].join(' '),
  markerEnd: END,
});

interface Shown {
  readonly leads: readonly Lead[];
  /** Key of the way that is picked. */
  readonly picked: string | undefined;
  readonly learning: Learning;
}

/** The ways between the steps as arrows of the map. */
export function useLeadEdges({ leads, picked, learning }: Shown): Edge[] {
  const { t } = useTranslation('studio');
  const { chosen } = useDesk();
  const [drawn] = useState(() => new WeakMap<Lead, Edge>());
  const edges = useMemo(
    () =>
      leads.map((lead) => {
        const edge = drawn.get(lead) ?? edgeOf(lead);
        drawn.set(lead, edge);
        return { lead, edge };
      }),
    [leads, drawn],
  );
  // Ways between the same two steps lie over each other: they are counted together.
  const between = useMemo(() => {
    const sums = new Map<string, number>();
    for (const { from, to, via } of leads) {
      const taken = learning.taken(from, via);
      if (taken !== undefined) sums.set(`${from} ${to}`, (sums.get(`${from} ${to}`) ?? 0) + taken);
    }
    return sums;
  }, [leads, learning]);
  // Labels of all edges would cover the map: those of the chosen step and of the picked way are enough, and figures.
  return useMemo(
    () =>
      edges.map(({ lead: { from, to, kind, via, label }, edge }) => {
        if (from !== chosen && edge.id !== picked) {
          const count = between.get(`${from} ${to}`);
          return count === undefined ? edge : { ...edge, label: count };
        }
        const words = labelled(kind === 'reaction' ? t(`fact.${via}`) : label, learning.taken(from, via));
        const className = `${edge.className ?? ''} ${styles['own']}`;
        return { ...edge, className, markerEnd: OWN_END, selected: edge.id === picked, label: words, zIndex: 1 };
      }),
    [edges, between, chosen, picked, learning, t],
  );
}
