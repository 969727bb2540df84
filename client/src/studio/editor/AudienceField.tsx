import { useTranslation } from 'react-i18next';
import { str, type Plain } from '../texts.ts';
import { ChecksField } from './ChecksField.tsx';
import { withKey } from './document.ts';
import { Fold } from './Fold.tsx';
import styles from './StepForm.module.css';
import { audienceWords } from './audience.ts';

const DAY_PARTS = ['morning', 'day', 'evening', 'night'] as const;
const ONE_OF = [
  ['clientKind', ['external', 'internal'], 'applies.of.clientKinds'],
  ['language', ['ru', 'en'], 'language'],
] as const;

interface Props {
  /** All of a wording but its text. */
  readonly value: Plain;
  readonly onChange: (value: Plain) => void;
}

/** At what time of the day, to whom and in which language a wording is said. */
export function AudienceField({ value, onChange }: Props) {
  const { t } = useTranslation('studio');
  return (
    <Fold label={t('audience.title')} words={audienceWords(value, t) || t('audience.everyone')}>
      <ChecksField
        label={t('audience.dayPart')}
        options={DAY_PARTS.map((each) => [each, t(`value.${each}`)] as const)}
        value={value['dayPart']}
        onChange={(parts) => onChange(withKey(value, 'dayPart', parts))}
      />
      <div className={styles['pair']}>
        {ONE_OF.map(([key, values, words]) => (
          <label key={key}>
            {t(`audience.${key}`)}
            <select
              value={str(value[key])}
              onChange={({ currentTarget }) => onChange(withKey(value, key, currentTarget.value || undefined))}
            >
              <option value="">{t('audience.any')}</option>
              {values.map((each) => (
                <option key={each} value={each}>
                  {t(`${words}.${each}`)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </Fold>
  );
}
