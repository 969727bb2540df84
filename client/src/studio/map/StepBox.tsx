import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Graph.module.css';

export interface StepData extends Record<string, unknown> {
  readonly title: string;
  readonly kind: string;
  readonly line: string;
  readonly worst: 'error' | 'warning' | undefined;
  readonly dim: boolean;
  readonly figures: string | undefined;
  readonly heat: number;
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
      style={{ '--heat': data.heat } as React.CSSProperties}
    >
      <Handle type="target" position={Position.Left} />
      <header>
        <strong>{data.title}</strong>
        <span>{data.start ? t('graph.start') : t([`kind.${data.kind}`, 'kind.none'])}</span>
      </header>
      <p>{data.line}</p>
      {data.figures !== undefined && <footer>{data.figures}</footer>}
      {data.people !== '' && <em>{data.people}</em>}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
