import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrainingReplay } from '../../../server/contract/training.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { useSaid } from '../shared/i18n/said.ts';
import { Link } from '../shared/router.tsx';
import { Button } from '../shared/ui/Button.tsx';
import { useTimes } from './people.ts';
import { Marks } from './Marks.tsx';
import runStyles from './Run.module.css';
import styles from './Training.module.css';
import { Failed } from '../shared/ui/Failed.tsx';
import { useGet } from '../shared/http/useGet.ts';

/** A run step by step: what was done and what stood on the screen. */
export function RunReplay({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('training');
  const words = useErrorWords();
  const said = useSaid();
  const { value: run, fault, again } = useGet<TrainingReplay>(`/training/runs/${encodeURIComponent(runId)}`);
  const { moment, length } = useTimes();
  const [index, setIndex] = useState(0);
  const last = (run?.frames.length ?? 1) - 1;
  useArrows(setIndex, last);
  const frame = run?.frames[index];
  if (fault !== undefined) return <Failed onAgain={again}>{words(fault)}</Failed>;
  if (!run) return <p className={styles['wait']}>{t('wait')}</p>;
  return (
    <div className={runStyles['run']}>
      <aside className={runStyles['brief']}>
        <Link href="/training">{t('back')}</Link>
        <h1>{run.taskTitle ?? run.scriptId}</h1>
        <p className={styles['quiet']}>
          {run.personName}, {moment(run.startedAt)}
        </p>
        <ol className={runStyles['moments']}>
          {run.frames.map((each, at) => (
            <li key={`${each.at} ${each.said.ru}`}>
              <button type="button" aria-current={at === index || undefined} onClick={() => setIndex(at)}>
                <span className="figures">{length(each.at - run.startedAt)}</span> {said(each.said)}
              </button>
            </li>
          ))}
        </ol>
      </aside>
      <div className={runStyles['talk']}>
        <Steps index={index} last={last} onIndex={setIndex} />
        {frame && (
          <section>
            <p className={styles['quiet']}>{frame.title}</p>
            {frame.lines.map((line) => (
              <p key={line} className={runStyles['line']}>
                «{line}»
              </p>
            ))}
          </section>
        )}
        {run.score && <Marks score={run.score} />}
      </div>
    </div>
  );
}

export function Steps(props: {
  readonly index: number;
  readonly last: number;
  readonly onIndex: (index: number) => void;
}) {
  const { t } = useTranslation('training');
  const { index, last, onIndex } = props;
  return (
    <div className={runStyles['steps']}>
      <Button disabled={index <= 0} hotkey="←" onClick={() => onIndex(index - 1)}>
        {t('replay.back')}
      </Button>
      <input
        type="range"
        min={0}
        max={Math.max(last, 0)}
        value={index}
        aria-label={t('replay.moment')}
        onChange={(event) => onIndex(event.currentTarget.valueAsNumber)}
      />
      <Button disabled={index >= last} hotkey="→" onClick={() => onIndex(index + 1)}>
        {t('replay.next')}
      </Button>
      <span className={styles['quiet']}>{t('replay.of', { number: index + 1, count: last + 1 })}</span>
    </div>
  );
}

export function useArrows(setIndex: (change: (index: number) => number) => void, last: number): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLElement && event.target.matches('input, select')) return;
      if (event.key === 'ArrowLeft') setIndex((index) => Math.max(0, index - 1));
      if (event.key === 'ArrowRight') setIndex((index) => Math.min(last, index + 1));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [setIndex, last]);
}
