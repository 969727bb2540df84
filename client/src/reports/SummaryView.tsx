import { useTranslation } from 'react-i18next';
import { REPORT_DIMENSIONS, type ReportDimension, type ReportView } from '../../../server/contract/reports.ts';
import { useWording } from '../app/session.ts';
import { query } from '../shared/http/api.ts';
import { useQuery } from '../shared/router.tsx';
import { HourBars, Lines } from './charts.tsx';
import { FigureTable } from './FigureTable.tsx';
import { FilterBar } from './FilterBar.tsx';
import { noonOf, useFilter } from './filter.ts';
import { SurveyPart } from './SurveyPart.tsx';
import { Tiles } from './Tiles.tsx';
import { Troubles } from './Troubles.tsx';
import { useApi } from './useApi.ts';
import { Waiting } from './Waiting.tsx';
import { count, percent } from './words.ts';
import styles from './Reports.module.css';

/** A period on one page: how much, how well, what broke and why, is it getting better. */
export function SummaryView() {
  const { t } = useTranslation('reports');
  const { filter, change } = useFilter();
  const asked = useQuery().get('by');
  const by: ReportDimension = REPORT_DIMENSIONS.find((each) => each === asked) ?? 'operator';
  const loaded = useApi<ReportView>(`/reports/summary${query({ ...filter.query, by })}`);
  const view = loaded.value;
  return (
    <>
      <FilterBar fields={['operatorId', 'unit', 'queue', 'topic', 'direction']} />
      <div className={styles['body']} data-busy={loaded.busy || undefined}>
        <Waiting of={loaded} />
        {view && (
          <>
            <Compared view={view} />
            {view.total.calls === 0 && view.totalBefore.calls === 0 ? (
              <p className={styles['notice']}>{t('summaryEmpty')}</p>
            ) : (
              <Figures view={view} onBy={(next) => change({ by: next })} />
            )}
          </>
        )}
      </div>
    </>
  );
}

function Figures({ view, onBy }: { readonly view: ReportView; readonly onBy: (next: ReportDimension) => void }) {
  return (
    <>
      <div className={styles['two']}>
        <div className={styles['stacked']}>
          <Troubles view={view} />
          <Hours view={view} />
        </div>
        <Trend view={view} />
      </div>
      <Tiles view={view} />
      <FigureTable view={view} onBy={onBy} />
      <SurveyPart survey={view.survey} />
    </>
  );
}

function Compared({ view }: { readonly view: ReportView }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const [from, to] = [view.before.from, view.before.to - 1].map((at) => wording.date(at));
  return (
    <p className={styles['quiet']}>
      {[
        ...view.filterText,
        t(from === to ? 'period.dayBefore' : 'period.before', { from, to }),
        t('made', { time: wording.time(view.madeAt) }),
      ].join(' · ')}
    </p>
  );
}

function Hours({ view }: { readonly view: ReportView }) {
  const { t } = useTranslation('reports');
  if (view.hours.length === 0) return null;
  const hours = view.hours.map(({ label, figures }) => ({ label, good: figures.handled, bad: figures.abandoned }));
  return (
    <section className={styles['card']} aria-label={t('trend.hours')}>
      <HourBars
        title={t('trend.hours')}
        hours={hours}
        goodLabel={t('trend.hourAnswered')}
        badLabel={t('trend.hourAbandoned')}
      />
    </section>
  );
}

function Trend({ view }: { readonly view: ReportView }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const now = t(view.daysBefore.length === 0 ? 'trend.fortnight' : 'trend.now');
  const points = (of: (figures: ReportView['total']) => number | undefined) =>
    view.days.map(({ key, figures }, index) => {
      const past = view.daysBefore[index]?.figures;
      return { label: wording.dayMonth(noonOf(key)), now: of(figures), before: past && of(past) };
    });
  return (
    <section className={styles['card']} aria-label={t('trend.title')}>
      <h2>{t('trend.title')}</h2>
      {view.days.every(({ figures }) => figures.calls === 0) ? (
        <p className={styles['quiet']}>{t('trend.noData')}</p>
      ) : (
        <>
          <Lines
            title={t('figure.promisesKept')}
            points={points((each) => each.promisesKept)}
            format={percent}
            now={now}
            top={1}
          />
          <Lines
            title={t('figure.serviceLevel')}
            points={points((each) => each.serviceLevel)}
            format={percent}
            now={now}
            top={1}
          />
          <Lines
            title={t('figure.satisfaction')}
            points={points((each) => each.satisfaction)}
            format={percent}
            now={now}
            top={1}
          />
          <Lines title={t('figure.calls')} points={points((each) => each.calls)} format={count} now={now} />
        </>
      )}
    </section>
  );
}
