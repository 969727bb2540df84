import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardSettings, QueueRow } from '../../../server/contract/board.ts';
import { useWording } from '../app/session.ts';
import { elapsed } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { percent } from './words.ts';
import page from './Supervisor.module.css';
import styles from './QueueTable.module.css';

/** Queues today. The service level carries its formula; the others' unfold; Asterisk's own stand below for comparison. */
export function QueueTable({
  rows,
  settings,
}: {
  readonly rows: readonly QueueRow[];
  readonly settings: BoardSettings;
}) {
  const { t } = useTranslation('supervisor');
  if (rows.length === 0) return <p className={page['empty']}>{t('queue.empty')}</p>;
  return (
    <div className={styles['queues']}>
      {rows.map((row) => (
        <Queue key={row.key} row={row} settings={settings} />
      ))}
    </div>
  );
}

interface Props {
  readonly row: QueueRow;
  readonly settings: BoardSettings;
}
const Queue = memo(function Queue({ row, settings }: Props) {
  const { t } = useTranslation('supervisor');
  return (
    <section className={styles['queue']} aria-label={row.title}>
      <header className={styles['queueHead']}>
        <h3>{row.title}</h3>
        <WaitingNow row={row} settings={settings} />
      </header>
      <Level row={row} settings={settings} />
      <Figures row={row} />
      <p className={page['quiet']}>{t('queue.staff', { ready: row.ready, busy: row.busy, paused: row.paused })}</p>
      <OfAsterisk row={row} />
      <Formulas row={row} settings={settings} />
    </section>
  );
});

function WaitingNow({ row, settings }: Props) {
  const { t } = useTranslation('supervisor');
  const limits = settings.thresholds[row.key] ?? settings.default;
  const since = row.longestWaitSince;
  const longest = useTimed((now) => (since === undefined ? '' : elapsed(now - since)));
  const level = useTimed((now) => {
    if (since === undefined) return 'calm';
    const waited = now - since;
    return waited >= limits.waitBreachMs ? 'breach' : waited >= limits.waitWarnMs ? 'warning' : 'calm';
  });
  if (row.waiting === 0) return <span className={page['quiet']}>{t('queue.nobody')}</span>;
  return (
    <span className={styles['waitingNow']} data-level={level}>
      {t('queue.waitingNow', { count: row.waiting, time: longest })}
    </span>
  );
}

function Level({ row, settings }: Props) {
  const { t } = useTranslation('supervisor');
  const limits = settings.thresholds[row.key] ?? settings.default;
  const short = row.serviceLevel !== undefined && row.serviceLevel < limits.serviceLevelGoal;
  return (
    <p className={styles['level']}>
      <strong data-level={short ? 'warning' : undefined}>{percent(row.serviceLevel)}</strong>
      <span>
        {t('queue.serviceLevel')}{' '}
        <span className={page['quiet']}>{t('queue.goal', { goal: percent(limits.serviceLevelGoal) })}</span>
        <small>{formulaWords(t, row, settings)}</small>
      </span>
    </p>
  );
}
const formulaWords = (t: ReturnType<typeof useTranslation>['t'], row: QueueRow, settings: BoardSettings): string => {
  const limits = settings.thresholds[row.key] ?? settings.default;
  const within = t('queue.within', { seconds: limits.serviceLevelMs / 1000 });
  return `${t(`queue.formula.${settings.formula}`)}; ${within}`;
};

function Figures({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation('supervisor');
  const time = (ms: number | undefined): string => (ms === undefined ? '—' : elapsed(ms));
  const figures: readonly (readonly [label: string, value: string])[] = [
    [t('queue.answered'), t('queue.of', { part: row.answered, all: row.offered })],
    [t('queue.abandoned'), String(row.abandoned)],
    [t('queue.occupancy'), percent(row.occupancy)],
    [t('queue.asa'), time(row.asaMs)],
    [t('queue.aht'), time(row.ahtMs)],
  ];
  return (
    <dl>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function OfAsterisk({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation('supervisor');
  const wording = useWording();
  if (!row.asterisk) return null;
  const { completed, abandoned, serviceLevel, at } = row.asterisk;
  const values = { time: wording.time(at), completed, abandoned, level: percent(serviceLevel) };
  return <p className={page['quiet']}>{t('queue.ofAsterisk', values)}</p>;
}

function Formulas({ row, settings }: Props) {
  const { t } = useTranslation('supervisor');
  return (
    <details className={styles['formulas']}>
      <summary>{t('queue.formulas')}</summary>
      <ul>
        {(['abandoned', 'asa', 'aht', 'occupancy'] as const).map((name) => (
          <li key={name}>
            <strong>{t(`queue.${name}`)}</strong> {t(`queue.${name}Formula`)}
          </li>
        ))}
        <li>
          <strong>{t('queue.serviceLevel')}</strong> {formulaWords(t, row, settings)}
        </li>
      </ul>
    </details>
  );
}
