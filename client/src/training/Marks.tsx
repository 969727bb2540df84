import { useTranslation } from 'react-i18next';
import type { TrainingScore } from '../../../server/contract/training.ts';
import { useTimes } from './people.ts';
import runStyles from './Run.module.css';
import styles from './Training.module.css';

/** For what the marks were given, by the clauses of the regulation. */
export function Marks({ score }: { readonly score: TrainingScore }) {
  const { t } = useTranslation('training');
  const { length } = useTimes();
  return (
    <section>
      <p className={runStyles['total']}>
        <strong>{score.total}</strong> {t('marks.outOf')}, {length(score.tookMs)}
      </p>
      <table className={styles['table']}>
        <tbody>
          {score.marks.map(({ code, clause, given, outOf }) => (
            <tr key={code} data-lost={given < outOf || undefined}>
              <td>{t(`marks.of.${code}`)}</td>
              <td>{clause !== undefined && t('marks.clause', { clause })}</td>
              <td className="figures">{t('marks.given', { given, outOf })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
