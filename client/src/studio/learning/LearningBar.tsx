import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearningView, StepLearning } from '../../../../server/contract/learning.ts';
import { api, ApiProblem, query } from '../../shared/http/api.ts';
import { serverClock } from '../../shared/time/serverClock.ts';

const DAY_MS = 86_400_000;
const PERIODS = [1, 7, 30, 90] as const;

export interface Learning {
  readonly shown: boolean;
  readonly days: number;
  readonly view: LearningView | undefined;
  readonly failed: boolean;
  readonly set: (days: number) => void;
  /** In words for a step, and its share of all calls from 0 to 1. */
  readonly version: number;
  readonly setVersion: (version: number) => void;
  /** Times a choice was taken. */
  readonly taken: (stepId: string, choiceId: string) => number | undefined;
  readonly of: (stepId: string) => { readonly words: string; readonly share: number } | undefined;
}

/** Figures of live calls, read only when somebody asks for them. */
export function useLearning(scriptId: string): Learning {
  const { t } = useTranslation('studio');
  const [days, setDays] = useState(0);
  const [version, setVersion] = useState(0);
  const [view, setView] = useState<LearningView>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (days === 0) return;
    const stop = new AbortController();
    const to = serverClock.now();
    api<LearningView>(
      `/studio/scripts/${scriptId}/learning${query({ from: to - days * DAY_MS, to, version: version || undefined })}`,
      {
        signal: stop.signal,
      },
    ).then(
      (next) => {
        setFailed(false);
        setView(next);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        if (!stop.signal.aborted) setFailed(true);
      },
    );
    return () => stop.abort();
  }, [scriptId, days, version]);
  return useMemo(() => {
    const shownView = days > 0 ? view : undefined;
    const steps = new Map<string, StepLearning>((shownView?.steps ?? []).map((step) => [step.stepId, step]));
    return {
      shown: days > 0,
      days,
      view: shownView,
      failed: failed && days > 0,
      version,
      set: setDays,
      setVersion,
      taken: (stepId, choiceId) => steps.get(stepId)?.choices[choiceId],
      of(stepId) {
        const step = steps.get(stepId);
        if (!shownView || !step) return undefined;
        const parts = [
          t('learning.calls', { count: step.calls }),
          ...(step.medianMs === undefined ? [] : [t('learning.median', { seconds: Math.round(step.medianMs / 1000) })]),
          ...(step.backs > 0 ? [t('learning.backs', { count: step.backs })] : []),
          ...(step.repeats > 0 ? [t('learning.repeats', { count: step.repeats })] : []),
          ...(step.hangUps > 0 ? [t('learning.hangUps', { count: step.hangUps })] : []),
          ...(step.exits > 0 ? [t('learning.exits', { count: step.exits })] : []),
          ...(step.satisfied + step.unsatisfied > 0
            ? [
                t('learning.satisfied', {
                  percent: Math.round((100 * step.satisfied) / (step.satisfied + step.unsatisfied)),
                }),
              ]
            : []),
          ...(step.unanswered > 0 ? [t('learning.unanswered', { count: step.unanswered })] : []),
        ];
        return { words: parts.join(' · '), share: shownView.calls > 0 ? Math.min(1, step.calls / shownView.calls) : 0 };
      },
    };
  }, [days, version, view, failed, t]);
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
      {learning.view && learning.view.versions.length > 0 && (
        <select
          aria-label={t('learning.version')}
          value={learning.version}
          onChange={(event) => learning.setVersion(Number(event.currentTarget.value))}
        >
          <option value={0}>{t('learning.allVersions')}</option>
          {learning.view.versions.map(({ version }) => (
            <option key={version} value={version}>
              {t('version', { number: version })}
            </option>
          ))}
        </select>
      )}
      {learning.view && <span>{t('learning.total', { count: learning.view.calls })}</span>}
      {learning.failed && <span role="alert">{t('learning.failed')}</span>}
    </label>
  );
}
