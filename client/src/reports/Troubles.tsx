import { useTranslation } from 'react-i18next';
import type { ReportView, Trouble } from '../../../server/contract/reports.ts';
import { Link, useQuery } from '../shared/router.tsx';
import { count } from './words.ts';
import page from './Reports.module.css';
import styles from './Troubles.module.css';

/** Which calls a trouble means, where the list can show them. */
const CALLS_OF: Partial<Record<Trouble['kind'], string>> = {
  holdsBroken: 'broken',
  abandoned: 'abandoned',
  unsatisfied: 'unsatisfied',
  repeat: 'repeat',
};
const FIELD = { operator: 'operatorId', queue: 'queue', topic: 'topic' } as const;

/** What broke, the largest growth first, and where most of it comes from. */
export function Troubles({ view }: { readonly view: ReportView }) {
  const { t } = useTranslation('reports');
  const top = Math.max(1, ...view.troubles.map((trouble) => Math.max(trouble.count, trouble.before)));
  return (
    <section className={page['card']} aria-label={t('trouble.title')}>
      <h2>{t('trouble.title')}</h2>
      {view.troubles.length === 0 && <p className={page['quiet']}>{t('trouble.empty')}</p>}
      <ul className={styles['troubles']}>
        {view.troubles.map((trouble) => (
          <TroubleRow key={trouble.kind} trouble={trouble} top={top} />
        ))}
      </ul>
    </section>
  );
}

function TroubleRow({ trouble, top }: { readonly trouble: Trouble; readonly top: number }) {
  const { t } = useTranslation('reports');
  const params = useQuery();
  const change = trouble.count - trouble.before;
  const outcome = CALLS_OF[trouble.kind];
  const address = (more: Readonly<Record<string, string>>): string => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries({ ...(outcome ? { outcome } : {}), ...more })) next.set(name, value);
    return `/reports/calls?${next.toString()}`;
  };
  const words = change > 0 ? 'more' : change < 0 ? 'less' : 'same';
  return (
    <li data-worse={change > 0 || undefined}>
      <div className={styles['troubleHead']}>
        {outcome ? (
          <Link href={address({})} title={t('trouble.show')}>
            {t(`trouble.${trouble.kind}`)}
          </Link>
        ) : (
          <span>{t(`trouble.${trouble.kind}`)}</span>
        )}
        <strong>{count(trouble.count)}</strong>
        <span className={styles['change']}>{t(`trouble.${words}`, { count: Math.abs(change) })}</span>
      </div>
      <div className={styles['measure']} aria-hidden="true">
        <span data-of="now" style={{ width: `${(trouble.count / top) * 100}%` }} />
        <span data-of="before" style={{ left: `${(trouble.before / top) * 100}%` }} />
      </div>
      {(['operator', 'topic', 'queue'] as const).map((by) => {
        const mine = trouble.causes.filter((cause) => cause.by === by).slice(0, 3);
        return mine.length === 0 ? null : (
          <p key={by} className={styles['causes']}>
            <span>{t(`trouble.by.${by}`)}</span>{' '}
            {mine.map(({ key, label, count: times }, index) => (
              <span key={key}>
                {index > 0 && ', '}
                {outcome && key !== '' ? <Link href={address({ [FIELD[by]]: key })}>{label}</Link> : label} {times}
              </span>
            ))}
          </p>
        );
      })}
    </li>
  );
}
