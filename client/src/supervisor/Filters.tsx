import { Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, OperatorFilter } from './board.ts';
import styles from './Supervisor.module.css';

/** Whom to see: by name or telephone, unit, queue, state. */
export function Filters({
  board,
  filter,
  onChange,
}: {
  readonly board: Board;
  readonly filter: OperatorFilter;
  readonly onChange: (next: OperatorFilter) => void;
}) {
  const { t } = useTranslation('supervisor');
  const units = useMemo(
    () => [...new Set([...board.operators.values()].map((row) => row.unit))].sort(),
    [board.operators],
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
        data={units}
        value={filter.unit}
        onChange={(unit) => onChange({ ...filter, unit })}
      />
      <Select
        size="xs"
        clearable
        placeholder={t('filter.queue')}
        aria-label={t('filter.queue')}
        data={[...board.queues.values()].map((row) => ({ value: row.key, label: row.title }))}
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
}
