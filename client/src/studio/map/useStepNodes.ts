import { useMemo } from 'react';
import { spokenText } from '../editor/spokenText.ts';
import { useFields } from '../editor/subjects.ts';
import { tabId } from '../editor/tab.ts';
import type { Learning } from '../learning/useLearning.ts';
import { useDesk } from '../studioContext.ts';
import { anyText, found, grouped, str, titleOf, wordedOf } from '../texts.ts';
import { NODE } from './places.ts';
import type { StepNode } from './StepBox.tsx';

interface Shown {
  readonly search: string;
  readonly learning: Learning;
}

/** The steps as boxes of the map, not yet in their places. */
export function useStepNodes({ search, learning }: Shown): readonly StepNode[] {
  const { open, chosen } = useDesk();
  const { steps, head } = open.script;
  const { findings, present } = open.draft;
  const fields = useFields();
  const nodes = useMemo(() => {
    const byStep = grouped(findings, ({ stepId }) => stepId);
    const fits = new Set(found(steps, search).map(({ id }) => id));
    const mine = tabId();
    const people = grouped(
      present.filter((each) => each.tabId !== mine),
      ({ stepId }) => stepId,
    );
    return steps.map((step): StepNode => {
      const here = byStep.get(step.id);
      const figures = learning.of(step.id);
      return {
        id: step.id,
        type: 'step',
        position: { x: 0, y: 0 },
        width: NODE.width,
        height: NODE.height,
        data: {
          title: titleOf(step, step.id),
          kind: str(step['kind']),
          lines: (['say', 'trial'] as const)
            .filter((name) => step[name] !== undefined)
            .map((name) => spokenText(anyText(wordedOf(step[name])[0]?.text), fields)),
          worst: here?.some(({ severity }) => severity === 'error') ? 'error' : here && 'warning',
          dim: !fits.has(step.id),
          figures,
          start: step.id === head['start'],
          people: (people.get(step.id) ?? []).map(({ name }) => name.split(' ')[0]).join(', '),
        },
      };
    });
  }, [steps, head, search, findings, present, learning, fields]);
  // Choosing a step changes that step and the one before it, and draws no other anew.
  return useMemo(() => nodes.map((node) => (node.id === chosen ? { ...node, selected: true } : node)), [nodes, chosen]);
}
