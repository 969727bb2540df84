import { useTranslation } from 'react-i18next';
import { ASKED_EFFECTS } from '../../../../machines/script/names.ts';
import { strings } from '../texts.ts';
import condition from './Condition.module.css';
import styles from './StepForm.module.css';

interface Props {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** What a button or a reaction asks the product to do, besides leading on. */
export function EffectsField({ value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const chosen = strings(value);
  const words = chosen.map((effect) => t(`effect.${effect.replace('.', '-')}`)).join(', ');
  return (
    <details className={condition['condition']}>
      <summary>
        {t('choice.effects')}: {words || t('choice.noEffects')}
      </summary>
      {ASKED_EFFECTS.map((effect) => (
        <label key={effect} className={styles['check']}>
          <input
            type="checkbox"
            checked={chosen.includes(effect)}
            onChange={(event) => {
              const next = event.currentTarget.checked ? [...chosen, effect] : chosen.filter((each) => each !== effect);
              onChange(next.length > 0 ? next : undefined);
            }}
          />
          {t(`effect.${effect.replace('.', '-')}`)}
        </label>
      ))}
    </details>
  );
}
