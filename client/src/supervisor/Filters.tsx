import { Select, TextInput } from '@mantine/core';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, OperatorFilter } from './board.ts';
import styles from './Operators.module.css';

interface Props {
  readonly board: Board;
  readonly filter: OperatorFilter;
  readonly onChange: (next: OperatorFilter) => void;
}

/** Whom to see: by name or telephone, unit, queue, state. */
export function Filters({ board, filter, onChange }: Props) {
  const units = [...new Set([...board.operators.values()].map((row) => row.unit))].sort();
  const queues = [...board.queues.values()].map(({ key, title }) => [key, title]);
  return <Fields units={JSON.stringify(units)} queues={JSON.stringify(queues)} filter={filter} onChange={onChange} />;
}

/** The choices come as text: fields are heavy to draw, and the board changes many times a second. */
const Fields = memo(function Fields({
  units,
  queues,
  filter,
  onChange,
}: Omit<Props, 'board'> & { readonly units: string; readonly queues: string }) {
  const { t } = useTranslation('supervisor');
  const choices = useMemo(
    () => ({
      units: JSON.parse(units) as string[],
      queues: (JSON.parse(queues) as [string, string][]).map(([value, label]) => ({ value, label })),
    }),
    [units, queues],
  );
  return (
    <div className={styles['filters']}>
      <TextInput
        size="xs"
        placeholder={t('filter.find')}
        aria-label={t('filter.find')}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.unit')}
        aria-label={t('filter.unit')}
        data={choices.units}
        value={filter.unit}
        onChange={(unit) => onChange({ ...filter, unit })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.queue')}
        aria-label={t('filter.queue')}
        data={choices.queues}
        value={filter.queue}
        onChange={(queue) => onChange({ ...filter, queue })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.state')}
        aria-label={t('filter.state')}
        data={['onCall', 'ringing', 'wrapUp', 'ready', 'paused', 'offline'].map((value) => ({
          value,
          label: t(`state.${value}`),
        }))}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state })}
      />
    </div>
  );
});
