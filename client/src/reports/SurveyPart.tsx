import { useTranslation } from 'react-i18next';
import type { SurveyReport } from '../../../server/contract/reports.ts';
import { Lines } from './charts.tsx';
import { decimal } from './words.ts';
import page from './Reports.module.css';
import styles from './Troubles.module.css';

/** Answers on the keypad: means beside those before, and the year by month (regulation, V and VI). */
export function SurveyPart({ survey }: { readonly survey: SurveyReport }) {
  const { t } = useTranslation('reports');
  const month = (name: string): string => `${name.slice(5)}.${name.slice(2, 4)}`;
  const any = survey.months.some(({ mean }) => mean !== null);
  return (
    <section className={page['card']} aria-label={t('survey.title')}>
      <h2>{t('survey.title')}</h2>
      {survey.questions.length === 0 && <p className={page['quiet']}>{t('survey.empty')}</p>}
      <div className={page['two']}>
        <ul className={styles['questions']}>
          {survey.questions.map(({ question, mean, answers, byDigit }) => {
            const before = survey.before.find((each) => each.question === question);
            return (
              <li key={question}>
                <div className={styles['troubleHead']}>
                  <span>{t('survey.question', { question })}</span>
                  <strong>{decimal(mean)}</strong>
                  <span className={styles['change']}>
                    {[
                      t('survey.answers', { count: answers }),
                      before ? t('tile.was', { value: decimal(before.mean) }) : t('tile.none'),
                    ].join(' · ')}
                  </span>
                </div>
                <div className={styles['digits']}>
                  {['1', '2', '3', '4', '5'].map((digit) => (
                    <span
                      key={digit}
                      title={`${digit}: ${byDigit[digit] ?? 0}`}
                      style={{ flexGrow: byDigit[digit] ?? 0 }}
                      data-digit={digit}
                    >
                      {byDigit[digit] ? digit : ''}
                    </span>
                  ))}
                </div>
              </li>
            );
          })}
        </ul>
        {any && (
          <Lines
            title={t('survey.month')}
            points={survey.months.map(({ month: name, mean }) => ({ label: month(name), now: mean ?? undefined }))}
            format={decimal}
            top={5}
          />
        )}
      </div>
    </section>
  );
}
