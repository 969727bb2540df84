import { useTranslation } from 'react-i18next';
import { useDesk } from '../studioContext.ts';
import type { TextLanguage } from '../texts.ts';
import styles from './StepForm.module.css';

interface Props {
  readonly value: TextLanguage;
  readonly onChange: (language: TextLanguage) => void;
}

/** In which language the form shows the texts; nothing where the script has but one. */
export function LanguageSwitch({ value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { languages } = useDesk();
  if (languages.length < 2) return null;
  return (
    <span className={styles['languages']}>
      {languages.map((each) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => onChange(each)}>
          {t(`language.${each}`)}
        </button>
      ))}
    </span>
  );
}
