import { useTranslation } from 'react-i18next';
import type { FieldView } from '../../../../machines/script/view.ts';
import styles from './Checklist.module.css';
import type { OnAnswer } from './Fields.tsx';

/** Leading questions (3.5.4): what the client has already said is marked, all in sight. */
export function Checklist({ field, onAnswer }: { readonly field: FieldView; readonly onAnswer: OnAnswer }) {
  const { t } = useTranslation('operator');
  const chosen: readonly string[] = Array.isArray(field.value) ? (field.value as readonly string[]) : [];
  const toggle = (value: string): void =>
    onAnswer(field.id, chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className={styles['checklist']}>
      <legend className={styles['label']}>
        {field.label}
        {!field.required && <span className={styles['optional']}> {t('field.optional')}</span>}
      </legend>
      <div className={styles['items']}>
        {(field.options ?? []).map((option, index) => (
          <label key={option.value} className={styles['item']}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              data-empty={(index === 0 && field.required && chosen.length === 0) || undefined}
              onChange={() => toggle(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {field.problem !== undefined && chosen.length > 0 && <p className={styles['problem']}>{field.problem}</p>}
    </fieldset>
  );
}
