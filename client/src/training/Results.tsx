import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RehearsalRow } from '../../../server/contract/rehearsal.ts';
import type { TrainingRunRow } from '../../../server/contract/training.ts';
import { Link } from '../shared/router.tsx';
import { useTimes } from './people.ts';
import styles from './Training.module.css';

interface Row {
  readonly id: string;
  readonly href: string;
  readonly person: string;
  readonly what: string;
  readonly at: number;
  readonly lengthMs: number | undefined;
  readonly mark: number | undefined;
}

/** Everything that was practised, newest first; a trainer picks one person. */
export function Results(props: {
  readonly runs: readonly TrainingRunRow[];
  readonly rehearsals: readonly RehearsalRow[];
}) {
  const { t } = useTranslation('training');
  const { moment, length } = useTimes();
  const [person, setPerson] = useState('');
  const rows = [...props.runs.map((run) => ofRun(run)), ...props.rehearsals.map((one) => ofRehearsal(one))]
    .map((row) => ({ ...row, what: row.what || t('results.rehearsal') }))
    .toSorted((a, b) => b.at - a.at);
  const people = [...new Set(rows.map((row) => row.person))].toSorted((a, b) => a.localeCompare(b, 'ru'));
  const shown = rows.filter((row) => person === '' || row.person === person);
  const marks = shown.flatMap(({ mark }) => (mark === undefined ? [] : [mark]));
  return (
    <section aria-labelledby="results">
      <header className={styles['head']}>
        <h2 id="results">{t('results.title')}</h2>
        {people.length > 1 && (
          <select aria-label={t('results.person')} value={person} onChange={(e) => setPerson(e.currentTarget.value)}>
            <option value="">{t('results.everyone')}</option>
            {people.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </header>
      {rows.length === 0 && <p className={styles['quiet']}>{t('results.empty')}</p>}
      {marks.length > 0 && (
        <p className={styles['quiet']}>
          {t('results.average', {
            mark: Math.round(marks.reduce((sum, each) => sum + each, 0) / marks.length),
            count: marks.length,
          })}
        </p>
      )}
      {shown.length > 0 && (
        <table className={styles['table']}>
          <thead>
            <tr>
              {(['who', 'what', 'when', 'length', 'mark'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`results.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id}>
                <td>{row.person}</td>
                <td>
                  <Link href={row.href}>{row.what}</Link>
                </td>
                <td>{moment(row.at)}</td>
                <td className="figures">
                  {row.lengthMs === undefined ? t('results.unfinished') : length(row.lengthMs)}
                </td>
                <td className="figures">{row.mark ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const ofRun = (run: TrainingRunRow): Row => ({
  id: run.runId,
  href: `/training/runs/${encodeURIComponent(run.runId)}`,
  person: run.personName,
  what: run.taskTitle ?? run.scriptId,
  at: run.startedAt,
  lengthMs: run.finishedAt === undefined ? undefined : run.finishedAt - run.startedAt,
  mark: run.total,
});
const ofRehearsal = (one: RehearsalRow): Row => ({
  id: one.rehearsalId,
  href: `/training/rehearsals/${one.rehearsalId}`,
  person: one.personName,
  what: one.title,
  at: one.startedAt,
  lengthMs: one.endedAt - one.startedAt,
  mark: undefined,
});
