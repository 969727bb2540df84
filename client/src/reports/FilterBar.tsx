import { Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportOption } from '../../../server/contract/reports.ts';
import { Button } from '../shared/ui/Button.tsx';
import { PERIODS, useFilter, type Narrowing } from './filter.ts';
import { useOptions } from './options.ts';
import styles from './FilterBar.module.css';

const TYPING_MS = 350;
const OUTCOMES = ['answered', 'abandoned', 'satisfied', 'unsatisfied', 'broken', 'transferred', 'repeat'] as const;
const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;

/** Period and filters, the same over every view of the page. */
export function FilterBar({
  fields,
  outcomes = OUTCOMES,
}: {
  readonly fields: readonly Narrowing[];
  /** What may have happened to what is listed. */
  readonly outcomes?: readonly (typeof OUTCOMES)[number][];
}) {
  const { t } = useTranslation('reports');
  const { filter, change } = useFilter();
  const options = useOptions();
  const lists: Partial<Record<Narrowing, readonly ReportOption[]>> = {
    operatorId: options.operators,
    unit: options.units,
    queue: options.queues,
    topic: options.topics,
    disposition: options.dispositions,
    direction: DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) })),
    outcome: outcomes.map((value) => ({ value, label: t(`outcome.${value}`) })),
  };
  const narrowed = fields.filter((field) => filter.narrowed[field] !== undefined);
  return (
    <div className={styles['filters']}>
      <div className={styles['periods']} role="group" aria-label={t('period.label')}>
        {PERIODS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter.period === name}
            onClick={() => change({ period: name, from: filter.first, to: filter.last })}
          >
            {t(`period.${name}`)}
          </button>
        ))}
      </div>
      {filter.period === 'custom' && (
        <div className={styles['dates']}>
          {(['from', 'to'] as const).map((end) => (
            <label key={end}>
              {t(`period.${end}`)}
              <input
                type="date"
                value={end === 'from' ? filter.first : filter.last}
                onChange={(event) => change({ [end]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
      )}
      <div className={styles['fields']}>
        {fields.map((field) => {
          const label = t(`filter.${field === 'operatorId' ? 'operator' : field}`);
          const list = lists[field];
          const value = filter.narrowed[field];
          return list ? (
            <Select
              key={field}
              size="xs"
              clearable
              searchable={list.length > 8}
              placeholder={label}
              aria-label={label}
              data={[...list]}
              value={value ?? null}
              onChange={(next) => change({ [field]: next ?? undefined })}
            />
          ) : (
            <Typed key={field} label={label} value={value ?? ''} onChange={(next) => change({ [field]: next })} />
          );
        })}
        {narrowed.length > 0 && (
          <Button
            small
            kind="quiet"
            onClick={() => change(Object.fromEntries(narrowed.map((field) => [field, undefined])))}
          >
            {t('filter.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Asks when the typing stops. */
function Typed(props: { readonly label: string; readonly value: string; readonly onChange: (next: string) => void }) {
  const { label, value, onChange } = props;
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Cleared or changed from elsewhere.
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const type = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next), TYPING_MS);
  };
  return (
    <TextInput
      size="xs"
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
