import { usePanel } from '../panelContext.ts';
import { CallBar } from './CallBar.tsx';
import { OperatorBar } from './OperatorBar.tsx';
import styles from './LineBar.module.css';

/** The state of the line: always the same height, with a call or without. */
export function LineBar() {
  const { call, stage } = usePanel();
  return (
    <header className={styles['bar']} data-stage={stage}>
      {call && stage !== 'idle' && stage !== 'device' ? <CallBar call={call} /> : <OperatorBar />}
    </header>
  );
}
