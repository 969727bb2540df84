import { NoticeBar } from '../bar/NoticeBar.tsx';
import { usePanel } from '../panelContext.ts';
import { AnswerSearch } from './AnswerSearch.tsx';
import { Known } from './Known.tsx';
import styles from './Side.module.css';
import { Today } from './Today.tsx';

/** The edge of sight: what is known of this client, prepared answers; with no call, the day so far. */
export function Side() {
  const { call, stage } = usePanel();
  const withCall = call !== undefined && stage !== 'idle' && stage !== 'device';
  return (
    <aside className={styles['side']}>
      <NoticeBar />
      <div className={styles['content']}>
        {withCall ? (
          <AnswerSearch key={call.callId} call={call}>
            <Known call={call} />
          </AnswerSearch>
        ) : (
          <Today />
        )}
      </div>
    </aside>
  );
}
