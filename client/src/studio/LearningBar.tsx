import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearningView, StepLearning } from '../../../server/contract/learning.ts';
import { api, ApiProblem, query } from '../shared/http/api.ts';
import { serverClock } from '../shared/time/serverClock.ts';

const DAY_MS = 86_400_000;
const PERIODS = [1, 7, 30, 90] as const;

export interface Learning {
  readonly shown: boolean;
  readonly days: number;
  readonly view: LearningView | undefined;
  readonly failed: boolean;
  readonly set: (days: number) => void;
  /** In words for a step, and its share of all calls from 0 to 1. */
  readonly of: (stepId: string) => { readonly words: string; readonly share: number } | undefined;
}

/** Figures of live calls, read only when somebody asks for them. */
export function useLearning(scriptId: string): Learning {
  const { t } = useTranslation('studio');
  const [days, setDays] = useState(0);
  const [view, setView] = useState<LearningView>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    setView(undefined);
    setFailed(false);
    if (days === 0) return;
    const stop = new AbortController();
    const to = serverClock.now();
    api<LearningView>(`/studio/scripts/${scriptId}/learning${query({ from: to - days * DAY_MS, to })}`, {
      signal: stop.signal,
    }).then(setView, (cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, [scriptId, days]);
  return useMemo(() => {
    const steps = new Map<string, StepLearning>((view?.steps ?? []).map((step) => [step.stepId, step]));
    return {
      shown: days > 0,
      days,
      view,
      failed,
      set: setDays,
      of(stepId) {
        const step = steps.get(stepId);
        if (!view || !step) return undefined;
        const parts = [
          t('learning.calls', { count: step.calls }),
          ...(step.medianMs === undefined ? [] : [t('learning.median', { seconds: Math.round(step.medianMs / 1000) })]),
          ...(step.hangUps > 0 ? [t('learning.hangUps', { count: step.hangUps })] : []),
          ...(step.unanswered > 0 ? [t('learning.unanswered', { count: step.unanswered })] : []),
        ];
        return { words: parts.join(' · '), share: view.calls > 0 ? Math.min(1, step.calls / view.calls) : 0 };
      },
    };
  }, [days, view, failed, t]);
}

export function LearningBar({ learning }: { readonly learning: Learning }) {
  const { t } = useTranslation('studio');
  return (
    <label>
      {t('learning.title')}
      <select value={learning.days} onChange={(event) => learning.set(Number(event.currentTarget.value))}>
        <option value={0}>{t('learning.off')}</option>
        {PERIODS.map((days) => (
          <option key={days} value={days}>
            {t('learning.days', { count: days })}
          </option>
        ))}
      </select>
      {learning.view && <span>{t('learning.total', { count: learning.view.calls })}</span>}
      {learning.failed && <span role="alert">{t('learning.failed')}</span>}
    </label>
  );
}
