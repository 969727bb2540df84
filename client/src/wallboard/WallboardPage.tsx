import { useMantineColorScheme } from '@mantine/core';
import { IconMoon } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { useStore } from '../shared/store.ts';
import { elapsed } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { useAge } from '../supervisor/Age.tsx';
import { useBoardStore, type Board } from '../supervisor/board.ts';
import { percent } from '../supervisor/words.ts';
import styles from './Wallboard.module.css';

/** For a television in the hall: figures that are read from ten metres, and how old they are. */
export default function WallboardPage() {
  const { t } = useTranslation('supervisor');
  const board = useStore(useBoardStore('wallboard'));
  if (!board) return <main className={styles['page']} aria-busy="true" aria-label={t('wallboard.label')} />;
  return <Drawn board={board} />;
}

function Drawn({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const { organizationName, wording } = useSite();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const clock = useTimed((now) => wording.time(now));
  const { at: truth, stale: lost } = useAge(board);
  const queues = inOrder(board);
  const [nearest, others] = [queues.slice(0, SHOWN), queues.slice(SHOWN)];
  return (
    <main className={styles['page']} aria-label={t('wallboard.label')} data-lost={lost || undefined}>
      <header className={styles['head']}>
        <span>{organizationName}</span>
        <button
          type="button"
          className={styles['theme']}
          onClick={() => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark')}
          aria-label={t('wallboard.night')}
          aria-pressed={colorScheme === 'dark'}
        >
          <IconMoon aria-hidden />
        </button>
        <strong className={styles['clock']}>{clock}</strong>
      </header>
      <div className={styles['totals']}>
        <Total label={t('wallboard.ready')} value={count(board, 'ready')} />
        <Total label={t('wallboard.busy')} value={count(board, 'onCall')} />
        <Risks board={board} />
      </div>
      <div className={styles['queues']} style={{ '--columns': COLUMNS[nearest.length] ?? 3 } as CSSProperties}>
        {queues.length === 0 && <p className={styles['empty']}>{t('queue.empty')}</p>}
        {nearest.map((row) => (
          <Queue key={row.key} row={row} board={board} />
        ))}
      </div>
      <footer className={styles['foot']} role="status">
        {others.length > 0 && <span>{t('wallboard.others', { count: others.length, waiting: sum(others) })}</span>}
        {t(lost ? 'wallboard.lost' : 'wallboard.age', { time: wording.timeExact(truth) })}
      </footer>
    </main>
  );
}

/** More would not be readable from ten metres. */
const SHOWN = 6;
/** So that no row is half empty: by how many are shown. */
const COLUMNS = [1, 1, 2, 3, 2, 3, 3];
/** Longest waiting first, then by name. */
const inOrder = (board: Board): readonly QueueRow[] =>
  [...board.queues.values()].sort(
    (a, b) =>
      (a.longestWaitSince ?? Number.MAX_SAFE_INTEGER) - (b.longestWaitSince ?? Number.MAX_SAFE_INTEGER) ||
      a.title.localeCompare(b.title, 'ru', { numeric: true }),
  );
const sum = (rows: readonly QueueRow[]): number => rows.reduce((all, row) => all + row.waiting, 0);
const count = (board: Board, state: string): number =>
  [...board.operators.values()].filter((row) => row.state === state).length;

function Total({ label, value, level }: { readonly label: string; readonly value: number; readonly level?: string }) {
  return (
    <div className={styles['total']} data-level={level}>
      <strong>{value}</strong>
      <span>{label}</span>
    </div>
  );
}

function Risks({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const near = useTimed(
    (now) => [...board.risks.values()].filter((risk) => risk.kind !== 'waitingCaller' && now >= risk.warnAt).length,
  );
  return <Total label={t('wallboard.holds')} value={near} level={near > 0 ? 'warning' : 'calm'} />;
}

function Queue({ row, board }: { readonly row: QueueRow; readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const limits = board.settings.thresholds[row.key] ?? board.settings.default;
  const since = row.longestWaitSince;
  const longest = useTimed((now) => (since === undefined ? '—' : elapsed(now - since)));
  const level = useTimed((now) => {
    if (since === undefined) return 'calm';
    return now - since >= limits.waitBreachMs ? 'breach' : now - since >= limits.waitWarnMs ? 'warning' : 'calm';
  });
  return (
    <section className={styles['queue']} data-level={level}>
      <div className={styles['inside']}>
        <h2>{row.title}</h2>
        <div className={styles['figures']}>
          <Figure value={String(row.waiting)} label={t('wallboard.waiting')} />
          <Figure value={longest} label={t('wallboard.longest')} />
          <Figure value={percent(row.serviceLevel)} label={t('wallboard.serviceLevel')} />
        </div>
      </div>
    </section>
  );
}
const Figure = ({ value, label }: { readonly value: string; readonly label: string }) => (
  <div>
    <strong>{value}</strong>
    <span>{label}</span>
  </div>
);
