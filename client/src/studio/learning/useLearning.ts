import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearningView, StepLearning } from '../../../../server/contract/learning.ts';
import { useSite } from '../../app/session.ts';
import { api, ApiProblem, query } from '../../shared/http/api.ts';
import { spanOf, type Period } from './period.ts';

export interface Learning {
  /** Undefined while figures are not shown. */
  readonly period: Period | undefined;
  readonly setPeriod: (period: Period | undefined) => void;
  /** 0: all. */
  readonly version: number;
  readonly setVersion: (version: number) => void;
  readonly view: LearningView | undefined;
  readonly failed: boolean;
  /** Times a choice was taken. */
  readonly taken: (stepId: string, choiceId: string) => number | undefined;
  /** In words for a step, and its share of all calls from 0 to 1. */
  readonly of: (stepId: string) => StepWords | undefined;
}
export interface StepWords {
  /** How often and how long; what went wrong on it; what became of the calls that came to it. */
  readonly lines: readonly string[];
  readonly share: number;
}

/** Figures of live calls, read only when somebody asks for them. */
export function useLearning(scriptId: string): Learning {
  const { t } = useTranslation('studio');
  const { timeZone } = useSite();
  const [period, setPeriod] = useState<Period>();
  const [version, setVersion] = useState(0);
  const [read, setRead] = useState<LearningView>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const span = period && spanOf(period, timeZone);
    if (!span) return undefined;
    const stop = new AbortController();
    api<LearningView>(`/studio/scripts/${scriptId}/learning${query({ ...span, version: version || undefined })}`, {
      signal: stop.signal,
    }).then(
      (next) => {
        setFailed(false);
        setRead(next);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        if (!stop.signal.aborted) setFailed(true);
      },
    );
    return () => stop.abort();
  }, [scriptId, period, version, timeZone]);
  return useMemo(() => {
    const view = period && read;
    const steps = new Map<string, StepLearning>((view?.steps ?? []).map((step) => [step.stepId, step]));
    return {
      ...{ period, setPeriod, version, setVersion, view },
      failed: failed && period !== undefined,
      taken: (stepId, choiceId) => steps.get(stepId)?.choices[choiceId],
      of(stepId) {
        const step = steps.get(stepId);
        if (!view || !step) return undefined;
        const { calls, medianMs, satisfied, unsatisfied } = step;
        const counted = (key: 'backs' | 'hangUps' | 'exits' | 'unanswered' | 'repeats'): string[] =>
          step[key] > 0 ? [t(`learning.${key}`, { count: step[key] })] : [];
        const often = [
          t('learning.calls', { count: calls }),
          ...(medianMs === undefined ? [] : [t('learning.median', { seconds: Math.round(medianMs / 1000) })]),
          ...counted('backs'),
        ];
        const wrong = [...counted('exits'), ...counted('hangUps'), ...counted('unanswered')];
        const known = satisfied + unsatisfied;
        const after = [
          ...(known > 0 ? [t('learning.satisfied', { percent: Math.round((100 * satisfied) / known) })] : []),
          ...counted('repeats'),
        ];
        return {
          lines: [often, wrong, after].map((words) => words.join(' · ')).filter((line) => line !== ''),
          share: view.calls > 0 ? Math.min(1, calls / view.calls) : 0,
        };
      },
    };
  }, [period, version, read, failed, t]);
}
