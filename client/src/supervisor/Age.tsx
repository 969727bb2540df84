import { useTranslation } from 'react-i18next';
import type { Instant } from '../../../machines/vocabulary/index.ts';
import { useWording } from '../app/session.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { useStore } from '../shared/store.ts';
import { useTimed } from '../shared/time/ticker.ts';
import type { Board } from './board.ts';
import styles from './Supervisor.module.css';

/** The server speaks at least every 2 s: three silences mean that the figures are not of now. */
const SILENT_MS = 6_000;

/** Until when the figures are true, and whether that is too long ago to be trusted. */
export function useAge(board: Board): { readonly at: Instant; readonly stale: boolean } {
  const link = useStore(useConnection().link);
  const lost = board.links.filter((each) => each.status !== 'up').map((each) => each.trueAt);
  const known = lost.filter((at) => at > 0);
  const stale = useTimed((now) => link.status !== 'online' || lost.length > 0 || now - board.heardAt > SILENT_MS);
  return { at: Math.min(board.heardAt, ...known), stale };
}

/** How old the figures of a tile are, at its head. */
export function Age({ board }: { readonly board: Board }) {
  const { t } = useTranslation('supervisor');
  const wording = useWording();
  const { at, stale } = useAge(board);
  return (
    <span className={styles['age']} data-stale={stale || undefined}>
      {t('board.age', { time: wording.timeExact(at) })}
    </span>
  );
}
