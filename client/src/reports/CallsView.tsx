import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../../server/contract/reports.ts';
import { useWording } from '../app/session.ts';
import { query } from '../shared/http/api.ts';
import { go, Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { Button } from '../shared/ui/Button.tsx';
import { Files } from './Files.tsx';
import { FilterBar } from './FilterBar.tsx';
import { NARROWING, useFilter } from './filter.ts';
import { usePages } from './usePages.ts';
import { useNames } from './options.ts';
import { Waiting } from './Waiting.tsx';
import { length, phone, shortName, withoutOperator } from './words.ts';
import page from './Reports.module.css';
import styles from './Tables.module.css';

/** Closed calls, newest first. */
export function CallsView() {
  const { t } = useTranslation('reports');
  const { filter } = useFilter();
  const pages = usePages<HistoryRow>(`/reports/calls${query({ ...filter.query, limit: 50 })}`);
  const { items } = pages;
  return (
    <>
      <FilterBar fields={NARROWING} />
      <div className={page['body']} data-busy={pages.busy || undefined}>
        <Waiting of={{ value: items, busy: pages.busy, failed: pages.failed, again: () => pages.again() }} />
        {items && (
          <section className={page['card']} aria-label={t('tabs.calls')}>
            <header className={page['cardHead']}>
              <span />
              <Files of="calls" query={filter.query} />
            </header>
            {items.length === 0 ? <p className={page['quiet']}>{t('calls.empty')}</p> : <CallTable rows={items} />}
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

function CallTable({ rows }: { readonly rows: readonly HistoryRow[] }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const name = useNames();
  const address = (callId: string): string => `/reports/calls/${encodeURIComponent(callId)}${location.search}`;
  return (
    <div className={styles['tableBox']}>
      <table className={styles['table']} data-kind="list">
        <thead>
          <tr>
            {(['at', 'client', 'operator', 'topic', 'times', 'flags'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`calls.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.callId} onClick={() => go(address(row.callId))}>
              <td className={styles['figures']}>
                <Link href={address(row.callId)}>{wording.short(row.at, serverClock.now())}</Link>
                <small>{t(`direction.${row.direction}`)}</small>
              </td>
              <td>
                {row.clientName ?? (row.erased ? t('calls.erased') : phone(row.number) || t('calls.hidden'))}
                {row.clientName !== null && <small>{phone(row.number)}</small>}
              </td>
              <td>
                {row.operatorName === null ? (
                  <span className={page['quiet']}>{t(`calls.${withoutOperator(row)}`)}</span>
                ) : (
                  shortName(row.operatorName)
                )}
                <small>{name('queues', row.queue) ?? row.unit}</small>
              </td>
              <td>
                {name('topics', row.topic) ?? '—'}
                <small>{name('dispositions', row.disposition)}</small>
              </td>
              <td className={styles['figures']}>
                {length(row.queueWaitMs)} / {row.answered ? length(row.talkMs) : '—'}
              </td>
              <td>
                <Flags row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Flags({ row }: { readonly row: HistoryRow }) {
  const { t } = useTranslation('reports');
  const flags: [text: string, level: 'calm' | 'warning' | 'breach'][] = [];
  if (row.abandoned) flags.push([t('outcome.abandoned'), 'warning']);
  if (row.holdsBroken > 0) flags.push([t('calls.broken'), 'breach']);
  else if (row.holdsKept > 0) flags.push([t('calls.held'), 'calm']);
  if (row.transfers > 0) flags.push([t('calls.transfers', { count: row.transfers }), 'calm']);
  if (row.repeat) flags.push([t('calls.repeat'), 'warning']);
  if (row.satisfied === false) flags.push([t('outcome.unsatisfied'), 'calm']);
  if (row.recorded) flags.push([t('calls.recorded'), 'calm']);
  return (
    <ul className={styles['flags']}>
      {flags.map(([text, level]) => (
        <li key={text} data-level={level}>
          {text}
        </li>
      ))}
    </ul>
  );
}
