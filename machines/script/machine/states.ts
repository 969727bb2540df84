import type { LinkedScript } from '../link.ts';
import type { CompiledChoice, CompiledReactions, CompiledStep, Move } from '../model.ts';
import { RETURN, STAY } from '../moves.ts';

/** Name of the passing state that goes on to the step on top of the stack; no step can be called so. */
export const RETURNING = '$return';

/** One step: its choices, its reactions, and what entering it asks for. */
export function stateOf(linked: LinkedScript, step: CompiledStep) {
  const isOwn = step.script.id === linked.id;
  return {
    tags: [step.step.kind, ...(step.step.outcome === undefined ? [] : ['end'])],
    entry: [
      { type: 'enter' as const, params: { step: step.key } },
      { type: 'arrive' as const, params: { step: step.key } },
    ],
    on: {
      ...transitionsOf(isOwn ? [] : step.side, {}, ''),
      ...transitionsOf(step.choices, isOwn ? step.own : step.reactions, ''),
    },
  };
}

type Where = '' | 'Everywhere';

/** Events by name, each with its ways out in the order in which they are tried. */
export function transitionsOf(
  choices: readonly CompiledChoice[],
  reactions: CompiledReactions,
  where: Where,
): Record<string, object[]> {
  const on: Record<string, object[]> = {};
  for (const choice of choices) on[`choose.${choice.choice.id}`] ??= choosing(choice, where);
  for (const [fact, moves] of Object.entries(reactions)) {
    if (fact === 'timeUp') on['timeUp'] = moves.map((move) => timing(move, where));
    else on[`fact.${fact}`] = moves.map((move) => reacting(fact, move, where));
  }
  // The limit passes whether or not anything leads away: the operator is reminded.
  if (where === 'Everywhere') (on['timeUp'] ??= []).push({ guard: 'isDue', actions: 'remind' });
  return on;
}

function choosing(choice: CompiledChoice, where: Where): object[] {
  const via = choice.choice.id;
  const going = (move: Move, guard: object): object => ({
    guard,
    ...targetOf(move, where),
    actions: [
      { type: 'ask', params: { move, choice } },
      { type: 'go', params: { move, via } },
    ],
  });
  const open = going(choice, { type: `isOpen${where}`, params: { choice } });
  if (!choice.atLimit) return [open];
  return [...choice.atLimit.map((move) => going(move, { type: 'isOpenAtLimit', params: { choice, move } })), open];
}

const reacting = (fact: string, move: Move, where: Where): object => ({
  guard: { type: `isWanted${where}`, params: { move } },
  ...targetOf(move, where),
  actions: [
    { type: 'ask', params: { move } },
    { type: 'go', params: { move, via: `fact:${fact}` } },
  ],
});

/** A limit passes once: without `remind` a reaction that stays would be due again at every tick. */
const timing = (move: Move, where: Where): object => ({
  guard: { type: `isTimeFor${where}`, params: { move } },
  ...targetOf(move, where),
  actions: [{ type: 'ask', params: { move } }, { type: 'go', params: { move, via: 'fact:timeUp' } }, 'remind'],
});

/** Seen from the machine itself the steps are children, seen from a step they are siblings. */
const targetOf = (move: Move, where: Where): object => {
  if (move.target === STAY) return {};
  const key = move.target === RETURN ? RETURNING : move.target;
  return where === 'Everywhere' ? { target: `.${key}` } : { target: key, reenter: true };
};
