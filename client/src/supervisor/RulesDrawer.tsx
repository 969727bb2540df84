import { useTranslation } from 'react-i18next';
import type { Board } from './board.ts';
import { BoardDrawer } from './BoardDrawer.tsx';
import { ListeningPart } from './ListeningPart.tsx';
import { ListeningRecordPart } from './ListeningRecordPart.tsx';
import { ThresholdsPart } from './ThresholdsPart.tsx';
import styles from './Drawers.module.css';

/** Definitions, thresholds and the rules of listening: what the board goes by. Every change is in the audit. */
export function RulesDrawer(props: { readonly board: Board; readonly opened: boolean; readonly onClose: () => void }) {
  const { board, opened, onClose } = props;
  const { t } = useTranslation('supervisor');
  return (
    <BoardDrawer opened={opened} onClose={onClose} size={720} title={t('rules.title')}>
      <div className={styles['drawer']}>
        <ThresholdsPart board={board} />
        <ListeningPart board={board} />
        <ListeningRecordPart />
      </div>
    </BoardDrawer>
  );
}
