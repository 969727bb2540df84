import { MarkerType, type Edge } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { leadKey, type Lead } from '../leads.ts';
import type { useLearning } from '../learning/LearningBar.tsx';
import { useDesk } from '../studioContext.ts';
import styles from './Graph.module.css';

/** The choice, and how often it was taken when that is shown. */
const labelled = (label: string, taken: number | undefined): string =>
  taken === undefined ? label : `${label} · ${taken}`;

interface Shown {
  readonly leads: readonly Lead[];
  /** Key of the way that is picked. */
  readonly picked: string | undefined;
  readonly learning: ReturnType<typeof useLearning>;
}

/** The ways between the steps as arrows of the map. */
export function useLeadEdges({ leads, picked, learning }: Shown): Edge[] {
  const { t } = useTranslation('studio');
  const { chosen } = useDesk();
  const edges = useMemo(
    () =>
      leads.map((lead): { readonly lead: Lead; readonly edge: Edge } => ({
        lead,
        edge: {
          id: leadKey(lead),
          source: lead.from,
          target: lead.to,
          reconnectable: 'target',
          className: [styles[lead.kind], lead.call ? styles['call'] : ''].join(' '),
          markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
        },
      })),
    [leads],
  );
  // Labels of all edges would cover the map: those of the chosen step and of the picked way are enough.
  return useMemo(
    () =>
      edges.map(({ lead: { from, kind, via, label }, edge }) => {
        if (from !== chosen && edge.id !== picked) return edge;
        const words = labelled(kind === 'reaction' ? t(`fact.${via}`) : label, learning.taken(from, via));
        return { ...edge, selected: edge.id === picked, label: words, zIndex: 1 };
      }),
    [edges, chosen, picked, learning, t],
  );
}
