import { useTranslation } from 'react-i18next';
import type { BookStep } from '../../../../server/contract/learning.ts';
import styles from './Book.module.css';

/** Every step once, with all that is said on it. */
export function BookSteps({ steps }: { readonly steps: readonly BookStep[] }) {
  const { t } = useTranslation('studio');
  return (
    <ol className={styles['steps']}>
      {steps.map(({ number, title, script, lines, trial, ending }, index) => (
        <li key={number} id={`step-${String(number)}`}>
          {script !== undefined && script !== steps[index - 1]?.script && <h3>{script}</h3>}
          <h4>
            <b className="figures">{number}</b> {title}
          </h4>
          {lines.map((line) => (
            <p key={line}>«{line}»</p>
          ))}
          {trial?.map((line) => (
            <p key={line}>
              {t('book.trial')} «{line}»
            </p>
          ))}
          {lines.length === 0 && <p className={styles['quiet']}>{t('preview.silent')}</p>}
          {ending !== undefined && <p className={styles['quiet']}>{t('book.ending', { ending })}</p>}
        </li>
      ))}
    </ol>
  );
}
