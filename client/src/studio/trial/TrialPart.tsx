import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrialView } from '../../../../server/contract/learning.ts';
import { api, ApiProblem, query } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { withKey } from '../editor/document.ts';
import form from '../editor/StepForm.module.css';
import type { PartProps } from '../editor/StepForm.tsx';
import { WordedPart } from '../editor/WordedPart.tsx';
import { useDesk } from '../studioContext.ts';
import styles from './Trial.module.css';
import { TrialResults } from './TrialResults.tsx';

/** A second wording that half of the calls hear, how both do, and the end of it: one of the two stays. */
export default function TrialPart(props: PartProps) {
  const { t } = useTranslation('trial');
  const { step, set } = props;
  const { setStep } = useDesk();
  const { trials, fault } = useTrials(step.id);
  const words = useErrorWords();
  const going = trials.filter(({ until }) => until === undefined);
  const ended = trials.filter(({ until }) => until !== undefined);
  const results = (trial: TrialView) => <TrialResults key={trial.trialId} trial={trial} choices={step['choices']} />;
  return (
    <>
      {step['trial'] === undefined ? (
        step['say'] !== undefined && (
          <button type="button" className={form['plus']} onClick={() => set('trial', step['say'])}>
            <IconArrowsSplit2 size={14} /> {t('begin')}
          </button>
        )
      ) : (
        <section className={styles['trial']} aria-label={t('title')}>
          <WordedPart {...props} name="trial" />
          <p className={styles['quiet']}>{t('what')}</p>
          <div className={styles['acts']}>
            <Button small onClick={() => set('trial', undefined)}>
              {t('keepFirst')}
            </Button>
            <Button small onClick={() => setStep(withKey(withKey(step, 'say', step['trial']), 'trial', undefined))}>
              {t('keepSecond')}
            </Button>
          </div>
        </section>
      )}
      {fault !== undefined && <p role="alert">{words(fault)}</p>}
      {going.map(results)}
      {ended.length > 0 && (
        <details className={styles['ended']}>
          <summary>{t('ended', { count: ended.length })}</summary>
          {ended.map((trial) => (
            <div key={trial.trialId}>
              {(['first', 'second'] as const).map((arm) => (
                <p key={arm}>
                  {t(arm)}: «{trial[arm].lines.join(' / ')}»
                </p>
              ))}
              {results(trial)}
            </div>
          ))}
        </details>
      )}
    </>
  );
}

/** Trials of published versions: the draft's own begins when it is published. */
function useTrials(stepId: string) {
  const { draft } = useDesk().open;
  const { scriptId, basedOn } = draft;
  const [trials, setTrials] = useState<readonly TrialView[]>([]);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    api<TrialView[]>(`/studio/scripts/${scriptId}/trials${query({ stepId })}`, { signal: stop.signal }).then(
      (found) => {
        setFault(undefined);
        setTrials(found);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        if (!stop.signal.aborted) setFault(cause.code);
      },
    );
    return () => stop.abort();
    // A version published meanwhile may begin or end one.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [scriptId, stepId, basedOn]);
  return { trials, fault };
}
