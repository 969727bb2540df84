import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MirrorView, OperatorRow, RiskRow } from '../../../server/contract/board.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { elapsed } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';
import type { Board } from './board.ts';
import { BoardDrawer } from './BoardDrawer.tsx';
import { OperatorActs } from './OperatorActs.tsx';
import { OperatorMirror } from './OperatorMirror.tsx';
import { useOperatorWords } from './operatorWords.ts';
import styles from './Drawers.module.css';

interface Props {
  readonly row: OperatorRow | undefined;
  readonly board: Board;
  readonly onCallback: (risk: RiskRow) => void;
  readonly onClose: () => void;
}

/** One operator: what his panel shows now, and beside it what a supervisor can do about it. */
export function OperatorDrawer({ row, board, onCallback, onClose }: Props) {
  const connection = useConnection();
  const operatorId = row?.key;
  useEffect(() => {
    if (!operatorId) return undefined;
    void connection.send('supervision.watch', { operatorId });
    return () => void connection.send('supervision.watch', { operatorId: null });
  }, [connection, operatorId]);
  return (
    <BoardDrawer opened={row !== undefined} onClose={onClose} size="min(1720px, 96vw)" title={row?.name}>
      {row && <Inside row={row} board={board} onCallback={onCallback} />}
    </BoardDrawer>
  );
}

function Inside({ row, board, onCallback }: Omit<Props, 'row' | 'onClose'> & { readonly row: OperatorRow }) {
  const { t } = useTranslation('supervisor');
  const mirror = useTopic<MirrorView>('mirror');
  const view = mirror?.operatorId === row.key ? mirror.view : undefined;
  const { what, level } = useOperatorWords(row);
  const since = useTimed((now) => (row.state === 'offline' ? '' : elapsed(now - row.since)));
  const about = [row.unit, row.device, t('operator.today', { count: row.handled, time: elapsed(row.talkMs) })];
  return (
    <div className={styles['operator']}>
      <section className={styles['operatorSees']} aria-label={t('operator.mirror')}>
        <p className={styles['operatorHead']}>
          <strong data-level={level}>{[what, since].filter(Boolean).join(' ')}</strong>
          <span className={styles['quiet']}>{about.filter(Boolean).join(' · ')}</span>
        </p>
        <OperatorMirror view={row.state === 'offline' ? null : view} />
        <p className={styles['quiet']}>{t('operator.mirrorAbout')}</p>
      </section>
      <OperatorActs row={row} board={board} onCallback={onCallback} />
    </div>
  );
}
