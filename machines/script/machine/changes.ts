import { checkAnswer } from '../fields.ts';
import type { Fields } from '../fields.ts';
import type { Known } from '../known.ts';
import type { LinkedScript } from '../link.ts';
import { readingIn } from './context.ts';
import type { Args, MachineContext } from './context.ts';
import { HERE, PATH_LIMIT, STACK_LIMIT } from '../model.ts';
import type { Move, PathEntry } from '../model.ts';
import { questionOf } from '../read.ts';
import { drawnAt } from '../trial.ts';

type Change = Partial<MachineContext>;

/** Before leaving a step: what is written into fields, and the way back. */
export const going = (linked: LinkedScript, { context, event }: Args, move: Move, via: string): Change => ({
  now: event.at,
  via,
  fields: move.set ? { ...context.fields, ...move.set } : context.fields,
  stack: stackAfter(linked, context, move),
});

/** The step before this one goes on top of the stack, with the stack that was under it. */
export function goingBack(linked: LinkedScript, { context, event }: Args): Change {
  const previous = context.path.at(-2);
  return {
    now: event.at,
    via: 'back',
    stack: [...(previous?.stack ?? []), previous?.step ?? linked.start],
    path: context.path.slice(0, -2),
    undone: context.path.slice(-2).flatMap(({ undone = [], step, at, via, trial }) => {
      return [...undone, { step, at, via, ...(trial ? { trial } : {}) }];
    }),
  };
}

export function entering(linked: LinkedScript, context: MachineContext, step: string, known: Known): Change {
  const limitMs = linked.steps.get(step)?.limitMs;
  const entry: PathEntry = { step, at: context.now, via: context.via, ...drawnAt(linked, step, known.call.id) };
  const kept = {
    ...entry,
    ...(context.stack.length > 0 ? { stack: context.stack } : {}),
    ...(context.undone.length > 0 ? { undone: context.undone.slice(-PATH_LIMIT) } : {}),
  };
  return {
    path: [...context.path, kept].slice(-PATH_LIMIT),
    undone: [],
    dueAt: limitMs === undefined ? null : context.now + limitMs,
    reminded: false,
  };
}

/**
 * A call puts its return on the stack. A step of the script's own road takes the side paths of that script off it, for
 * the operator has left them; what called the script itself stays.
 */
function stackAfter(linked: LinkedScript, { stack, path }: MachineContext, move: Move): readonly string[] {
  if (move.push !== undefined) {
    return [...stack, move.push === HERE ? (path.at(-1)?.step ?? '') : move.push].slice(-STACK_LIMIT);
  }
  if (move.clear) return [];
  if (!linked.road.has(move.target)) return stack;
  const scriptOf = (key: string): string | undefined => linked.steps.get(key)?.script.id;
  const kept = stack.findLastIndex((key) => scriptOf(key) !== scriptOf(move.target));
  return stack.slice(0, kept + 1);
}

/**
 * A valid answer is kept in its normal form, a refused one as typed, so that the operator can correct it. The last word
 * on what several questions tell stands: what another of them was answered before gives way.
 */
export function withAnswer(linked: LinkedScript, { context, event }: Args): Fields {
  if (event.type !== 'answer') return context.fields;
  const reading = readingIn(linked, context, event.known);
  const question = questionOf(reading, event.field);
  const checked = question && event.value !== null && checkAnswer(question, event.value, { date: reading.local.date });
  const isRefused = checked && !('value' in checked);
  const others = isRefused || question?.fills === undefined ? [] : (linked.fills.get(question.fills) ?? []);
  const kept = Object.entries(context.fields).filter(([field]) => field !== event.field && !others.includes(field));
  if (event.value === null) return Object.fromEntries(kept);
  return { ...Object.fromEntries(kept), [event.field]: checked && 'value' in checked ? checked.value : event.value };
}
