import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewTrend, ReviewView } from '../../../server/contract/reviews.ts';
import { useSession, useWording } from '../app/session.ts';
import { query } from '../shared/http/api.ts';
import { loadWords } from '../shared/i18n/index.ts';
import { Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { Button } from '../shared/ui/Button.tsx';
import { Lines } from './charts.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useFilter } from './filter.ts';
import { useApi } from './useApi.ts';
import { useReviewNews } from './useReviewNews.ts';
import { Waiting } from './Waiting.tsx';
import { isWorse, percent, score } from './words.ts';
import page from './Reports.module.css';
import styles from './Reviews.module.css';
import table from './Tables.module.css';

/** Read when somebody edits: it brings the words of the documents along. */
const CriteriaForm = lazy(async () => {
  const [form] = await Promise.all([import('./CriteriaForm.tsx'), loadWords('documents'), loadWords('studio')]);
  return form;
});

/** Reviews over time: by week, by criterion, and the latest of them. */
export function ReviewsView() {
  const { t } = useTranslation('reports');
  const { session } = useSession();
  const { filter } = useFilter();
  const [editing, setEditing] = useState(false);
  const { operatorId, unit } = filter.narrowed;
  const trend = useApi<ReviewTrend>(`/reviews/trend${query({ operatorId, unit })}`);
  const list = useApi<readonly ReviewView[]>(
    `/reviews${query({ operatorId, unit, from: filter.query['from'], to: filter.query['to'] })}`,
  );
  useReviewNews(list.again);
  if (!session.user.roles.includes('supervisor')) return null;
  return (
    <>
      <FilterBar fields={['operatorId', 'unit']} />
      <div className={page['body']}>
        <Waiting of={trend} />
        {trend.value && <Trend trend={trend.value} />}
        <section className={page['card']} aria-label={t('review.list')}>
          <header className={page['cardHead']}>
            <h2>{editing ? '' : t('review.list')}</h2>
            <Button small aria-pressed={editing} onClick={() => setEditing((before) => !before)}>
              {t(editing ? 'review.formClose' : 'review.formEdit')}
            </Button>
          </header>
          {editing ? (
            <Suspense>
              <CriteriaForm onSaved={() => trend.again()} />
            </Suspense>
          ) : (
            list.value && <Latest reviews={list.value} />
          )}
        </section>
      </div>
    </>
  );
}

function Trend({ trend }: { readonly trend: ReviewTrend }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  if (trend.weeks.every(({ count }) => count === 0)) return null;
  return (
    <div className={page['two']}>
      <section className={page['card']}>
        <h2>
          {t('review.mean', { score: score(trend.mean) })}{' '}
          <small>{trend.before === null ? '' : t('tile.was', { value: score(trend.before) })}</small>
        </h2>
        <Lines
          title={t('review.trend')}
          points={trend.weeks.map(({ at, mean }) => ({
            label: wording.brief(at, serverClock.now()),
            now: mean ?? undefined,
          }))}
          format={(value) => score(value)}
          top={100}
        />
      </section>
      <section className={page['card']}>
        <h2>{t('review.criteria')}</h2>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">{t('review.criterion')}</th>
              <th scope="col">{t('review.now')}</th>
              <th scope="col">{t('review.was')}</th>
            </tr>
          </thead>
          <tbody>
            {trend.criteria.slice(0, 8).map(({ id, label, mean, before }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td data-worse={isWorse(mean, before ?? undefined, 'more') || undefined}>{percent(mean)}</td>
                <td>{before === null ? '—' : percent(before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Latest({ reviews }: { readonly reviews: readonly ReviewView[] }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  if (reviews.length === 0) return <p className={page['quiet']}>{t('review.trendEmpty')}</p>;
  return (
    <ul className={styles['reviews']}>
      {reviews.map((review) => (
        <li key={review.id}>
          <Link href={`/reports/calls/${encodeURIComponent(review.callId)}`}>
            {wording.short(review.callAt, serverClock.now())}
          </Link>
          <span>{review.operatorName}</span>
          <strong>{t('review.score', { score: score(review.score) })}</strong>
          <span className={page['quiet']}>
            {[t('review.by', { name: review.reviewerName }), review.answer?.text ?? t('review.noAnswer')].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
