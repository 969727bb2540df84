import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionGroup } from './ConditionGroup.tsx';
import { conditionOf, groupOf } from './conditions.ts';
import styles from './Condition.module.css';
import { useConditionWords, useFields } from './subjects.ts';

interface Props {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (condition: unknown) => void;
}

/** A condition in words; opened, its comparisons and the groups that they stand in. */
export function ConditionField({ label, value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const fields = useFields();
  const say = useConditionWords(fields);
  const [isOpen, setOpen] = useState(false);
  const words = say(value);
  return (
    <details className={styles['condition']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}: {words === '' ? t('condition.always') : words}
      </summary>
      {isOpen && (
        <ConditionGroup
          group={groupOf(value)}
          fields={fields}
          depth={0}
          onChange={(group) => onChange(group && conditionOf(group))}
        />
      )}
    </details>
  );
}
