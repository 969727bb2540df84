import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/http/api.ts';
import { usePanel } from '../panelContext.ts';
import styles from './Dialogs.module.css';

/** One of `GET /operators`, as far as it is needed here. */
interface Operator {
  readonly operatorId: string;
  readonly name: string;
  readonly unit: string;
  readonly state: string;
}

interface Props {
  /** Undefined: nobody in particular, the common list. */
  readonly value: string | undefined;
  readonly onChange: (operatorId: string | undefined) => void;
}

/** Everybody but this one, those at work first. */
export function useColleagues(me: string): readonly Operator[] {
  const [operators, setOperators] = useState<readonly Operator[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    // Without the list the promise can still go to the common one.
    api<readonly Operator[]>('/operators', { signal: stop.signal }).then(setOperators, () => undefined);
    return () => stop.abort();
  }, []);
  return operators
    .filter(({ operatorId }) => operatorId !== me)
    .toSorted((a, b) => Number(a.state === 'offline') - Number(b.state === 'offline') || a.name.localeCompare(b.name));
}

/** Who takes a promise over: a colleague by name, or whoever is free. */
export function Colleague({ value, onChange }: Props) {
  const { t } = useTranslation('operator');
  const id = useId();
  const others = useColleagues(usePanel().view.operator.id);
  return (
    <div>
      <label htmlFor={id} className={styles['label']}>
        {t('promise.to')}
      </label>
      <select
        id={id}
        className={styles['select']}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      >
        <option value="">{t('promise.toAnyone')}</option>
        {others.map(({ operatorId, name, unit, state }) => (
          <option key={operatorId} value={operatorId}>
            {`${name}, ${unit} — ${t(`promise.colleague.${state === 'offline' ? 'away' : 'here'}`)}`}
          </option>
        ))}
      </select>
    </div>
  );
}
