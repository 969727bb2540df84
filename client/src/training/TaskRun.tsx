import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WalkEvent } from '../../../server/contract/studio.ts';
import type { TrainingRunView } from '../../../server/contract/training.ts';
import { useErrorWords, type ErrorDetails } from '../shared/i18n/errors.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { go, Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { Button } from '../shared/ui/Button.tsx';
import { WalkStage } from '../shared/walk/WalkStage.tsx';
import { useTimes } from './people.ts';
import { Marks } from './Marks.tsx';
import runStyles from './Run.module.css';
import styles from './Training.module.css';

const FACTS = ['holdNamed', 'held', 'resumed', 'transferred'] as const;
/** A moment after its instant, so that the server agrees that it is due. */
const AFTER_MS = 150;

/** One task from the first line to the marks. */
export function TaskRun({ taskId }: { readonly taskId: string }) {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const connection = useConnection();
  const [run, setRun] = useState<TrainingRunView>();
  const [fault, setFault] = useState<{ code: string; details?: ErrorDetails }>();
  const ask = useCallback(
    async (name: string, input: object): Promise<void> => {
      const result = await connection.send(name, input);
      setFault(result.ok ? undefined : result.error);
      if (result.ok) setRun(result.value as TrainingRunView);
    },
    [connection],
  );
  const begun = useRef(false);
  useEffect(() => {
    // Drawn twice in development: one run is begun all the same.
    if (begun.current) return;
    begun.current = true;
    void ask('training.start', { taskId });
  }, [ask, taskId]);
  const runId = run?.runId;
  const onEvent = useCallback(
    (event?: WalkEvent) => void (runId !== undefined && ask('training.event', { runId, event })),
    [ask, runId],
  );
  useTroubles(run, onEvent);
  if (fault && !run)
    return (
      <p role="alert" className={styles['wait']}>
        {words(fault.code, fault.details)} <Link href="/training">{t('back')}</Link>
      </p>
    );
  if (!run) return <p className={styles['wait']}>{t('wait')}</p>;
  return (
    <div className={runStyles['run']}>
      <aside className={runStyles['brief']}>
        <Link href="/training">{t('back')}</Link>
        <h1>{run.task?.title}</h1>
        <h2>{t('run.story')}</h2>
        <p className={styles['story']}>{run.task?.story}</p>
        {!run.score && <Timer startedAt={run.startedAt} limitMs={run.task?.limitMs} />}
        {!run.score && (
          <Button
            kind={run.walk.view.ended ? 'primary' : 'plain'}
            onClick={() => void ask('training.finish', { runId: run.runId })}
          >
            {t('run.finish')}
          </Button>
        )}
      </aside>
      <div className={runStyles['talk']}>
        {fault && (
          <p role="alert" className={styles['fault']}>
            {words(fault.code, fault.details)}
          </p>
        )}
        {run.score ? (
          <>
            <Marks score={run.score} />
            <div className={styles['acts']}>
              <Button kind="primary" onClick={() => void ask('training.start', { taskId })}>
                {t('run.again')}
              </Button>
              <Button onClick={() => go(`/training/runs/${encodeURIComponent(run.runId)}`)}>{t('run.replay')}</Button>
            </div>
          </>
        ) : (
          <WalkStage walk={run.walk} onEvent={onEvent} facts={FACTS} />
        )}
      </div>
    </div>
  );
}

function Timer({ startedAt, limitMs }: { readonly startedAt: number; readonly limitMs: number | undefined }) {
  const { t } = useTranslation('training');
  const { length } = useTimes();
  const [now, setNow] = useState(() => serverClock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverClock.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const tookMs = Math.max(0, now - startedAt);
  const isLate = limitMs !== undefined && tookMs > limitMs;
  return (
    <p className={isLate ? runStyles['late'] : runStyles['timer']}>
      {length(tookMs)}
      {limitMs !== undefined && ` ${t('run.of', { limit: length(limitMs) })}`}
    </p>
  );
}

/** What the task brings by itself comes at its time, though the trainee does nothing. */
function useTroubles(run: TrainingRunView | undefined, onEvent: () => void): void {
  const stepId = run?.walk.view.stepId;
  const trouble = run?.score ? undefined : run?.task?.trouble;
  useEffect(() => {
    const timers = (trouble ?? [])
      .filter(({ atStep }) => atStep === stepId)
      .map(({ afterMs }) => setTimeout(onEvent, afterMs + AFTER_MS));
    return () => timers.forEach(clearTimeout);
  }, [trouble, stepId, onEvent]);
}
