import { useTranslation } from 'react-i18next';
import type { StepReport } from '../../../server/contract/reports.ts';
import { query } from '../shared/http/api.ts';
import { Files } from './Files.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useFilter } from './filter.ts';
import { useNames } from './options.ts';
import { useApi } from './useApi.ts';
import { Waiting } from './Waiting.tsx';
import { length } from './words.ts';
import page from './Reports.module.css';
import styles from './Tables.module.css';

/** Where the scripts hold operators up: time on each step, where calls end, where no answer fits. */
export function StepsView() {
  const { t } = useTranslation('reports');
  const { filter } = useFilter();
  const loaded = useApi<StepReport>(`/reports/steps${query(filter.query)}`);
  const name = useNames();
  const report = loaded.value;
  return (
    <>
      <FilterBar fields={['operatorId', 'unit', 'queue', 'topic', 'direction']} />
      <div className={page['body']} data-busy={loaded.busy || undefined}>
        <Waiting of={loaded} />
        {report && (
          <section className={page['card']} aria-label={t('tabs.steps')}>
            <header className={page['cardHead']}>
              <p className={page['quiet']}>
                {report.steps.length === 0
                  ? t('steps.empty')
                  : t(report.whole ? 'steps.about' : 'steps.newest', { count: report.calls })}
              </p>
              {report.steps.length > 0 && <Files of="steps" query={filter.query} />}
            </header>
            {report.steps.length > 0 && (
              <div className={styles['tableBox']}>
                <table className={styles['table']}>
                  <thead>
                    <tr>
                      {(['step', 'script', 'visits', 'mean', 'ended', 'unanswered', 'back'] as const).map((column) => (
                        <th key={column} scope="col" data-text={column === 'script' || undefined}>
                          {t(`steps.${column}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {report.steps.map((step) => (
                      <tr key={`${step.scriptId}/${step.step}`}>
                        <th scope="row">{step.title}</th>
                        <td data-text>{name('scripts', step.scriptId)}</td>
                        <td>{step.visits}</td>
                        <td>{step.meanMs === undefined ? '—' : length(step.meanMs)}</td>
                        <td>{step.endedHere || ''}</td>
                        <td data-worse={step.unanswered > 0 || undefined}>{step.unanswered || ''}</td>
                        <td>{step.back || ''}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </section>
        )}
      </div>
    </>
  );
}
