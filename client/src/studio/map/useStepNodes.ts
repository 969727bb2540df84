import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { spokenText } from '../editor/spokenText.ts';
import { useFields } from '../editor/subjects.ts';
import { tabId } from '../editor/tab.ts';
import type { Learning } from '../learning/useLearning.ts';
import { useDesk } from '../studioContext.ts';
import { anyText, found, grouped, once, str, titleOf, wordedOf } from '../texts.ts';
import type { StepData } from './StepBox.tsx';
import { useKept } from './useKept.ts';

interface Shown {
  readonly search: string;
  readonly learning: Learning;
}
/** What stands in the box of a step. */
export interface DrawnStep {
  readonly id: string;
  readonly data: StepData;
  readonly selected?: true;
}

/** The steps as boxes of the map, not yet in their places. */
export function useStepNodes({ search, learning }: Shown): readonly DrawnStep[] {
  const { t } = useTranslation('studio');
  const { open, chosen } = useDesk();
  const { steps, head } = open.script;
  const { findings, present } = open.draft;
  const fields = useFields();
  const wordsOf = useMemo(
    () =>
      once((step: LooseStep) => ({
        title: titleOf(step, step.id),
        kind: t([`kind.${str(step['kind'])}`, 'kind.none']),
        lines: (['say', 'trial'] as const)
          .filter((name) => step[name] !== undefined)
          .map((name) => spokenText(anyText(wordedOf(step[name])[0]?.text), fields)),
      })),
    [fields, t],
  );
  const told = useMemo(() => {
    const byStep = grouped(findings, ({ stepId }) => stepId);
    const fits = new Set(found(steps, search).map(({ id }) => id));
    const mine = tabId();
    const people = grouped(
      present.filter((each) => each.tabId !== mine),
      ({ stepId }) => stepId,
    );
    return steps.map((step): DrawnStep => {
      const here = byStep.get(step.id);
      return {
        id: step.id,
        data: {
          ...wordsOf(step),
          ...(step.id === head['start'] && { kind: t('graph.start') }),
          worst: here?.some(({ severity }) => severity === 'error') ? 'error' : here && 'warning',
          dim: !fits.has(step.id),
          figures: learning.of(step.id),
          people: (people.get(step.id) ?? []).map(({ name }) => name.split(' ')[0]).join(', '),
        },
      };
    });
  }, [steps, head, search, findings, present, learning, wordsOf, t]);
  const drawn = useKept(told, ({ id }) => id);
  // Choosing a step changes that step and the one before it, and draws no other anew.
  return useMemo(() => drawn.map((step) => (step.id === chosen ? { ...step, selected: true } : step)), [drawn, chosen]);
}
