import { useTranslation } from 'react-i18next';
import type { InquiryRow } from '../../../server/contract/reports.ts';
import { useWording } from '../app/session.ts';
import { query } from '../shared/http/api.ts';
import { go, Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { Button } from '../shared/ui/Button.tsx';
import { Files } from './Files.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useFilter } from './filter.ts';
import { useNames } from './options.ts';
import { usePages } from './usePages.ts';
import { Waiting } from './Waiting.tsx';
import { phone } from './words.ts';
import page from './Reports.module.css';
import styles from './Tables.module.css';

/** An inquiry has these; the others are of a call. */
const OUTCOMES = ['satisfied', 'unsatisfied', 'transferred', 'repeat'] as const;

/** Questions of clients over all their calls; each opens into its story. */
export function InquiriesView() {
  const { t } = useTranslation('reports');
  const { filter } = useFilter();
  const pages = usePages<InquiryRow>(`/reports/inquiries${query({ ...filter.query, limit: 50 })}`);
  const { items } = pages;
  return (
    <>
      <FilterBar fields={['topic', 'outcome', 'number']} outcomes={OUTCOMES} />
      <div className={page['body']} data-busy={pages.busy || undefined}>
        <Waiting of={{ value: items, busy: pages.busy, failed: pages.failed, again: () => pages.again() }} />
        {items && (
          <section className={page['card']} aria-label={t('tabs.inquiries')}>
            <header className={page['cardHead']}>
              <span />
              <Files of="inquiries" query={filter.query} />
            </header>
            {items.length === 0 ? (
              <p className={page['quiet']}>{t('inquiries.empty')}</p>
            ) : (
              <InquiryTable rows={items} />
            )}
            {pages.more && (
              <Button disabled={pages.busy} onClick={pages.more}>
                {t('calls.more')}
              </Button>
            )}
          </section>
        )}
      </div>
    </>
  );
}

const stateOf = (row: InquiryRow): 'open' | 'solved' | 'unsolved' | 'merged' =>
  row.open ? 'open' : row.satisfied === null ? 'merged' : row.satisfied ? 'solved' : 'unsolved';

function InquiryTable({ rows }: { readonly rows: readonly InquiryRow[] }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const name = useNames();
  const address = (inquiryId: string): string =>
    `/reports/inquiries/${encodeURIComponent(inquiryId)}${location.search}`;
  const when = (at: number): string => wording.short(at, serverClock.now());
  return (
    <div className={styles['tableBox']}>
      <table className={styles['table']} data-kind="list">
        <thead>
          <tr>
            <th scope="col">{t('inquiries.opened')}</th>
            <th scope="col">{t('calls.client')}</th>
            <th scope="col">{t('filter.topic')}</th>
            <th scope="col">{t('inquiries.calls')}</th>
            <th scope="col">{t('inquiries.transfers')}</th>
            <th scope="col">{t('inquiries.callbacks')}</th>
            <th scope="col">{t('inquiries.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.inquiryId} onClick={() => go(address(row.inquiryId))}>
              <td>
                <Link href={address(row.inquiryId)}>{when(row.openedAt)}</Link>
                <small>
                  {t('inquiries.last')}: {when(row.lastCallAt)}
                </small>
              </td>
              <td>
                {row.clientName ?? phone(row.number)}
                {row.clientName !== null && <small>{phone(row.number)}</small>}
              </td>
              <td>{name('topics', row.topic) ?? '—'}</td>
              <td className={styles['figures']} data-worse={row.repeatCalls > 0 || undefined}>
                {row.calls}
              </td>
              <td className={styles['figures']}>{row.transfers}</td>
              <td className={styles['figures']}>{row.callbacks}</td>
              <td>{t(`inquiries.${stateOf(row)}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
