import { REACTION_FACTS } from './names.ts';
import { HERE } from './model.ts';
import type { CompiledChoice, CompiledReactions, Move } from './model.ts';
import type { Choice, Reaction, ReactionFact, Reactions, Script } from './types.ts';

/** Words that stand in place of a step's id. */
export const RETURN = 'return';
export const STAY = 'stay';

type Written = Choice | Reaction;

/** Where the names of a move's steps are looked up. */
export interface Scope {
  /** The script whose steps the targets name. */
  readonly script: Script;
  /** The script of the step that is left: when another, the jump leaves its sub-scripts for good. */
  readonly from: Script;
  readonly scripts: ReadonlyMap<string, Script>;
  readonly lookUp: (scriptId: string, stepId: string) => string | undefined;
}

function compileMove(scope: Scope, written: Written): Move {
  const move: { -readonly [Key in keyof Move]: Move[Key] } = { target: STAY, effects: written.effects ?? [] };
  if (written.when !== undefined) move.when = written.when;
  if (written.set !== undefined) move.set = written.set;
  const { call, to } = written;
  if (call) {
    const called = call.script === undefined ? scope.script : scope.scripts.get(call.script);
    const start = called && scope.lookUp(called.id, call.step ?? called.start);
    const push = call.returnTo === undefined ? HERE : scope.lookUp(scope.script.id, call.returnTo);
    if (start !== undefined && push !== undefined) {
      move.target = start;
      move.push = push;
    }
  } else if (to === RETURN) move.target = RETURN;
  else if (to !== undefined && to !== STAY) {
    move.target = scope.lookUp(scope.script.id, to) ?? STAY;
    if (scope.script !== scope.from) move.clear = true;
  }
  return move;
}

export const compileChoice = (scope: Scope, choice: Choice): CompiledChoice => ({
  ...compileMove(scope, choice),
  choice,
});

const FACTS = new Set<string>(REACTION_FACTS);

export function compileReactions(scope: Scope, on: Reactions | undefined): CompiledReactions {
  const compiled: Partial<Record<ReactionFact, Move[]>> = {};
  for (const [fact, written] of Object.entries(on ?? {})) {
    if (FACTS.has(fact)) compiled[fact as ReactionFact] = reactionsOf(written).map((one) => compileMove(scope, one));
  }
  return compiled;
}

/** First the inner reactions, then the outer ones. */
export function layered(inner: CompiledReactions, outer: CompiledReactions): CompiledReactions {
  if (isEmpty(inner)) return outer;
  if (isEmpty(outer)) return inner;
  const both: Partial<Record<ReactionFact, readonly Move[]>> = { ...outer };
  for (const [fact, moves] of Object.entries(inner)) {
    both[fact as ReactionFact] = [...moves, ...(outer[fact as ReactionFact] ?? [])];
  }
  return both;
}
const isEmpty = (reactions: CompiledReactions): boolean => Object.keys(reactions).length === 0;

/** A reaction as written, always as a list. */
export function reactionsOf(written: NonNullable<Reactions[ReactionFact]>): readonly Reaction[] {
  if (typeof written === 'string') return [{ to: written }];
  return Array.isArray(written) ? written : [written];
}
