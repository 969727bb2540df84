import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepWords } from '../learning/useLearning.ts';
import styles from './Graph.module.css';

export interface StepData extends Record<string, unknown> {
  readonly title: string;
  readonly kind: string;
  readonly line: string;
  readonly worst: 'error' | 'warning' | undefined;
  readonly dim: boolean;
  readonly figures: StepWords | undefined;
  readonly start: boolean;
  readonly people: string;
}
export type StepNode = Node<StepData, 'step'>;

/** One step on the map: its title, its line, what the checker found, what calls say of it, who is in it. */
export const StepBox = memo(function StepBox({ data, selected }: NodeProps<StepNode>) {
  const { t } = useTranslation('studio');
  return (
    <div
      className={styles['node']}
      data-selected={selected || undefined}
      data-worst={data.worst}
      data-dim={data.dim || undefined}
      style={{ '--heat': data.figures?.share ?? 0 } as React.CSSProperties}
    >
      <Handle type="target" position={Position.Left} />
      <header>
        <strong>{data.title}</strong>
        <span>{data.start ? t('graph.start') : t([`kind.${data.kind}`, 'kind.none'])}</span>
      </header>
      {data.figures ? (
        <footer title={data.figures.lines.join('\n')}>
          {data.figures.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </footer>
      ) : (
        <p>{data.line}</p>
      )}
      {data.people !== '' && <em>{data.people}</em>}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
