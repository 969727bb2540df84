import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepWords } from '../learning/useLearning.ts';
import styles from './Graph.module.css';

export interface StepData extends Record<string, unknown> {
  readonly title: string;
  /** In words; of the first step, that it is the first. */
  readonly kind: string;
  /** The first wording, and the second when it is on trial. */
  readonly lines: readonly string[];
  readonly worst: 'error' | 'warning' | undefined;
  readonly dim: boolean;
  readonly figures: StepWords | undefined;
  readonly people: string;
}
export type StepNode = Node<StepData, 'step'>;

/** One step on the map: its title, its line, what the checker found, what calls say of it, who is in it. */
export const StepBox = memo(function StepBox({ data, selected }: NodeProps<StepNode>) {
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
        <span>{data.kind}</span>
      </header>
      {data.figures ? (
        <footer title={data.figures.lines.join('\n')}>
          {data.figures.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </footer>
      ) : (
        <Lines lines={data.lines} />
      )}
      {data.people !== '' && <em>{data.people}</em>}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

function Lines({ lines: [first = '', onTrial] }: Pick<StepData, 'lines'>) {
  return onTrial === undefined ? <p>{first}</p> : <Trial lines={[first, onTrial]} />;
}
/** Both wordings of a trial, a line each: half of the calls hear the one, half the other. */
function Trial({ lines }: { readonly lines: readonly [string, string] }) {
  const { t } = useTranslation('studio');
  return (
    <ol title={`${t('trial.short')}: ${lines[1]}`}>
      {lines.map((line, index) => (
        // The first wording and the second: their order is what they are.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <b>½</b> {line}
        </li>
      ))}
    </ol>
  );
}
