import { useTranslation } from 'react-i18next';
import type { BoardSettings, QueueRow } from '../../../server/contract/board.ts';
import { elapsed } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { percent } from './words.ts';
import styles from './Supervisor.module.css';

/** Queues today. Each figure tells its formula when pointed at; Asterisk's own stand below for comparison. */
export function QueueTable({
  rows,
  settings,
}: {
  readonly rows: readonly QueueRow[];
  readonly settings: BoardSettings;
}) {
  const { t } = useTranslation('supervisor');
  if (rows.length === 0) return <p className={styles['empty']}>{t('queue.empty')}</p>;
  return (
    <div className={styles['queues']}>
      {rows.map((row) => (
        <Queue key={row.key} row={row} settings={settings} />
      ))}
    </div>
  );
}

function Queue({ row, settings }: { readonly row: QueueRow; readonly settings: BoardSettings }) {
  const { t } = useTranslation('supervisor');
  const limits = settings.thresholds[row.key] ?? settings.default;
  const since = row.longestWaitSince;
  const longest = useTimed((now) => (since === undefined ? '—' : elapsed(now - since)));
  const level = useTimed((now) => {
    if (since === undefined) return 'calm';
    const waited = now - since;
    return waited >= limits.waitBreachMs ? 'breach' : waited >= limits.waitWarnMs ? 'warning' : 'calm';
  });
  const short = row.serviceLevel !== undefined && row.serviceLevel < limits.serviceLevelGoal;
  const within = t('queue.within', { seconds: limits.serviceLevelMs / 1000 });
  const figures: [label: string, value: string, about: string, flagged?: string][] = [
    [t('queue.waiting'), String(row.waiting), '', level],
    [t('queue.longest'), longest, '', level],
    [t('queue.answered'), `${row.answered} / ${row.offered}`, ''],
    [t('queue.abandoned'), String(row.abandoned), ''],
    [
      t('queue.serviceLevel'),
      percent(row.serviceLevel),
      `${t(`queue.formula.${settings.formula}`)}; ${within}`,
      short ? 'warning' : 'calm',
    ],
    [t('queue.asa'), row.asaMs === undefined ? '—' : elapsed(row.asaMs), t('queue.asaFormula')],
    [t('queue.aht'), row.ahtMs === undefined ? '—' : elapsed(row.ahtMs), t('queue.ahtFormula')],
    [t('queue.occupancy'), percent(row.occupancy), t('queue.occupancyFormula')],
    [t('queue.staff'), `${row.ready} / ${row.busy} / ${row.paused}`, ''],
  ];
  return (
    <section className={styles['queue']} aria-label={row.title}>
      <h3>{row.title}</h3>
      <dl>
        {figures.map(([label, value, about, flagged]) => (
          <div key={label} title={about} data-level={flagged ?? 'calm'}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {row.asterisk && (
        <p className={styles['quiet']}>
          {t('queue.ofAsterisk', {
            completed: row.asterisk.completed,
            abandoned: row.asterisk.abandoned,
            level: percent(row.asterisk.serviceLevel),
          })}
        </p>
      )}
    </section>
  );
}
