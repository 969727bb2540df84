import { useTranslation } from 'react-i18next';
import { ConditionGroup } from './ConditionGroup.tsx';
import { conditionOf, groupOf } from './conditions.ts';
import { Fold } from './Fold.tsx';
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
  return (
    <Fold label={label} words={say(value) || t('condition.always')}>
      <ConditionGroup
        group={groupOf(value)}
        fields={fields}
        depth={0}
        onChange={(group) => onChange(group && conditionOf(group))}
      />
    </Fold>
  );
}
