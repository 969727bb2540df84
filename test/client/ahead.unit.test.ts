import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterPush, lookAhead, signatureOf, type Pending } from '../../client/src/operator/logic/ahead.ts';
import type { ScriptEvent } from '../../machines/script/index.ts';
import { startLiveScript } from '../support/liveScript.ts';
import { knownAt } from '../support/panelScenarios.ts';

const NOW = 1_764_000_000_000;
const open = () => startLiveScript('inbound', knownAt(NOW));
type Live = ReturnType<typeof open>;

const pend = (live: Live, before: readonly Pending[], event: ScriptEvent, id: number): Pending => {
  const here = lookAhead(live.compiled, live.view(), before, NOW)!;
  const draft: Pending = { id, stepKey: here.step.stepId, event, expected: undefined, done: false };
  const next = lookAhead(live.compiled, live.view(), [...before, draft], NOW)!;
  return { ...draft, expected: signatureOf(next.state) };
};
const choose = (choiceId: string): ScriptEvent => ({ type: 'choose', choiceId, at: NOW });

describe('[PANEL-17] a choice shows its step before the server has answered', () => {
  it('[PANEL-17] the step that is shown ahead is the one that the server then sends', () => {
    const live = open();
    const first = live.view().step.choices[0]!;
    const pending = [pend(live, [], choose(first.id), 1)];
    const ahead = lookAhead(live.compiled, live.view(), pending, NOW)!;
    expect(ahead.step.stepId).not.toBe(live.view().step.stepId);
    live.take(choose(first.id));
    expect(ahead.step).toEqual(live.view().step);
    expect(afterPush(pending, live.view().state)).toEqual([]);
  });
  it('[PANEL-17] two quick keys: a push of the first keeps the second in sight', () => {
    const live = open();
    const first = choose(live.view().step.choices[0]!.id);
    const one = pend(live, [], first, 1);
    const second = choose(lookAhead(live.compiled, live.view(), [one], NOW)!.step.choices.find((c) => c.enabled)!.id);
    const two = pend(live, [one], second, 2);
    const shown = lookAhead(live.compiled, live.view(), [one, two], NOW)!.step.stepId;
    live.take(first);
    const left = afterPush([one, two], live.view().state);
    expect(left).toEqual([two]);
    expect(lookAhead(live.compiled, live.view(), left, NOW)!.step.stepId).toBe(shown);
  });
  it('[PANEL-17] what the server has done otherwise wins as soon as it has answered', () => {
    const live = open();
    const event = choose(live.view().step.choices[0]!.id);
    const pending = [pend(live, [], event, 1)];
    live.take(choose(live.view().step.choices[1]!.id));
    expect(afterPush(pending, live.view().state)).toEqual(pending);
    // Meanwhile an event of a step that was left changes nothing.
    expect(lookAhead(live.compiled, live.view(), pending, NOW)!.step.stepId).toBe(live.view().step.stepId);
    expect(afterPush([{ ...pending[0]!, done: true }], live.view().state)).toEqual([]);
  });
  it('[PANEL-17] a state of another script is not run', () => {
    const live = open();
    const script = live.view();
    expect(lookAhead(live.compiled, { ...script, state: { ...script.state, step: 'gone' } }, [], NOW)).toBeUndefined();
  });
});

describe('[PANEL-18] browser and server agree on every way through the script', () => {
  it('[PANEL-18] random walks of choices, answers and backs, pushed after each or all at once', () => {
    const acts = fc.array(fc.tuple(fc.nat(20), fc.constantFrom('choose', 'answer', 'back')), { maxLength: 12 });
    fc.assert(
      fc.property(acts, fc.boolean(), (walk, late) => {
        const live = open();
        let pending: readonly Pending[] = [];
        for (const [index, [pick, kind]] of walk.entries()) {
          const here = lookAhead(live.compiled, live.view(), pending, NOW)!.step;
          const event = eventOf(here, pick, kind);
          if (!event) continue;
          pending = [...pending, pend(live, pending, event, index)];
          if (!late) {
            live.take(event);
            pending = afterPush(pending, live.view().state);
          }
        }
        const ahead = lookAhead(live.compiled, live.view(), pending, NOW)!.step;
        if (late) for (const { event } of pending) live.take(event);
        expect(ahead).toEqual(live.view().step);
        expect(afterPush(pending, live.view().state)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

function eventOf(step: ReturnType<Live['view']>['step'], pick: number, kind: string): ScriptEvent | undefined {
  if (kind === 'back') return step.canGoBack ? { type: 'back', at: NOW } : undefined;
  if (kind === 'answer') {
    const field = step.fields[pick % Math.max(1, step.fields.length)];
    if (!field) return undefined;
    const option = field.options?.[pick % field.options.length]?.value;
    const value = field.type === 'checklist' ? [option ?? ''] : (option ?? `ответ ${pick}`);
    return { type: 'answer', fieldId: field.id, value, at: NOW };
  }
  const open = step.choices.filter((choice) => choice.enabled);
  const choice = open[pick % Math.max(1, open.length)];
  return choice && { type: 'choose', choiceId: choice.id, at: NOW };
}
