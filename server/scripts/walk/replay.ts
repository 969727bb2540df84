import { restore, start, step } from '../../../machines/script/run.ts';
import { view } from '../../../machines/script/render.ts';
import type { Known } from '../../../machines/script/known.ts';
import type { CompiledScript, ScriptState } from '../../../machines/script/model.ts';
import { readyAnswers } from './events.ts';
import type { WalkPath } from './walk.ts';
import { knownFor } from './walk.ts';

export interface Replayed {
  /** Keys of the steps gone through. */
  readonly steps: readonly string[];
  /** What went wrong, in words; none when the path walks as it was found. */
  readonly faults: readonly string[];
}

/**
 * Goes a found path again by the product's own functions, twice: once in one go, once with the state stored as JSON and
 * restored before every deed. Both must take every deed and come to the same state with the same effects and view.
 */
export function replay(compiled: CompiledScript, path: WalkPath, base: Known = knownFor(compiled)): Replayed {
  const faults: string[] = [];
  const first = start(compiled, base, base.now, { fields: readyAnswers(compiled) });
  let straight: ScriptState = first.state;
  let stored: ScriptState = first.state;
  const steps = [straight.step];
  for (const deed of path.deeds) {
    const restored = restore(compiled, JSON.parse(JSON.stringify(stored)));
    if (!restored) return { steps, faults: [...faults, `Состояние на шаге ${stored.step} не восстановилось`] };
    const one = step(compiled, straight, deed.event, deed.known);
    const two = step(compiled, restored, deed.event, deed.known);
    if (one.refused) faults.push(`Шаг ${straight.step}: ${deed.words} — отказ: ${one.refused.message}`);
    if (one.state === straight && deed.event.type !== 'fact')
      faults.push(`Шаг ${straight.step}: ${deed.words} — ничего не изменилось`);
    if (!same(one.state, two.state) || !same(one.effects, two.effects))
      faults.push(`Шаг ${straight.step}: ${deed.words} — после восстановления иначе`);
    if (!same(view(compiled, one.state, deed.known), view(compiled, two.state, deed.known)))
      faults.push(`Шаг ${one.state.step}: вид после восстановления другой`);
    straight = one.state;
    stored = two.state;
    steps.push(straight.step);
  }
  return { steps, faults };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
