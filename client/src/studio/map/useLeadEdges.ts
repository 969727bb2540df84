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
  return useMemo(
    (): Edge[] =>
      leads.map((lead) => {
        const { from, to, kind, via, label, call } = lead;
        const id = leadKey(lead);
        // Labels of all edges would cover the map: those of the chosen step and of the picked way are enough.
        const isNamed = from === chosen || id === picked;
        return {
          id,
          source: from,
          target: to,
          selected: id === picked,
          reconnectable: 'target',
          className: [styles[kind], call ? styles['call'] : ''].join(' '),
          markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
          ...(isNamed
            ? {
                label: labelled(kind === 'reaction' ? t(`fact.${via}`) : label, learning.taken(from, via)),
                zIndex: 1,
              }
            : {}),
        };
      }),
    [leads, chosen, picked, learning, t],
  );
}
