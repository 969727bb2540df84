import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayWords } from './names.ts';
import styles from './DaysField.module.css';

interface Props {
  readonly id: string;
  readonly value: readonly string[];
  readonly onChange: (days: readonly string[]) => void;
}

/** Some days of the year in their order: as people say them, and a calendar to add one. */
export function DaysField({ id, value, onChange }: Props) {
  const { t, i18n } = useTranslation('documents');
  const say = (day: string): string => dayWords(day, i18n.language === 'en' ? 'en' : 'ru');
  return (
    <div className={styles['days']}>
      {value.length > 0 && (
        <ul>
          {value.map((day) => (
            <li key={day}>
              {say(day)}
              <button
                type="button"
                aria-label={t('removeDay', { day: say(day) })}
                onClick={() => {
                  onChange(value.filter((each) => each !== day));
                  document.getElementById(id)?.focus();
                }}
              >
                <IconX size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        type="date"
        onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget, value, onChange)}
        onBlur={(event) => take(event.currentTarget, value, onChange)}
      />
    </div>
  );
}

/** Taken as a whole: while it is typed a date is another one at each digit. */
function take(input: HTMLInputElement, value: readonly string[], onChange: Props['onChange']): void {
  const day = input.value;
  input.value = '';
  if (day !== '' && !value.includes(day)) onChange([...value, day].toSorted());
}
