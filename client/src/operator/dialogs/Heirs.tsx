import { useTranslation } from 'react-i18next';
import { SeveralField } from '../../shared/ui/SeveralField.tsx';
import { useColleagues } from './Colleague.tsx';

interface Props {
  /** Who gives them away. */
  readonly me: string;
  readonly value: readonly string[];
  readonly onChange: (to: readonly string[]) => void;
}

/** Who takes all promises over: colleagues in turn, or the common list. */
export function Heirs({ me, ...field }: Props) {
  const { t } = useTranslation('operator');
  const here = (state: string): string => t(`promise.colleague.${state === 'offline' ? 'away' : 'here'}`);
  const options = useColleagues(me).map(({ operatorId, name, unit, state }) => ({
    value: operatorId,
    name,
    about: `${unit} — ${here(state)}`,
  }));
  return (
    <SeveralField
      {...field}
      label={t('promise.to')}
      none={t('promise.toAnyone')}
      more={t('promise.toMore')}
      remove={(name) => t('promise.toNot', { name })}
      options={options}
    />
  );
}
