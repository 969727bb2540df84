import { useTranslation } from 'react-i18next';
import { withKey } from '../editor/document.ts';
import { strings, type Plain } from '../texts.ts';
import styles from './WeekField.module.css';

const DAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'] as const;

/** Hours of each day of the week: `9:00-13:00, 14:00-18:00`; empty is a day off. */
export function WeekField({ value, onChange }: { readonly value: Plain; readonly onChange: (next: unknown) => void }) {
  const { t } = useTranslation('documents');
  return (
    <div className={styles['week']}>
      {DAYS.map((day) => (
        <label key={day}>
          {t(`day.${day}`)}
          <input
            key={strings(value[day]).join()}
            type="text"
            defaultValue={strings(value[day]).join(', ')}
            placeholder={t('dayOff')}
            onBlur={({ currentTarget }) => {
              const spans = currentTarget.value
                .split(',')
                .map((each) => each.trim())
                .filter((each) => each !== '');
              if (spans.join() !== strings(value[day]).join())
                onChange(withKey(value, day, spans.length > 0 ? spans : undefined));
            }}
          />
        </label>
      ))}
    </div>
  );
}
