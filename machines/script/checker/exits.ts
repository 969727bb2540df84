import { RETURN, STAY, reactionsOf } from '../moves.ts';
import type { Choice, Reaction, ReactionFact, Reactions, Script, Step } from '../types.ts';

/** One way out of a step, as written, with its place. */
export interface Exit {
  readonly by: 'choice' | 'everywhere' | 'fact' | 'limit';
  readonly fact?: ReactionFact;
  readonly choice?: Choice;
  readonly written: Choice | Reaction;
  readonly path: readonly (string | number)[];
  /** Written for the whole script, not for this step. */
  readonly inherited: boolean;
  readonly kind: 'to' | 'return' | 'stay' | 'call';
  readonly to?: string;
  readonly call?: { readonly scriptId: string; readonly stepId: string | undefined; readonly returnTo: string };
}

/** The scripts under check by id: the first of an id wins. */
export type Scripts = ReadonlyMap<string, Script>;
export const byId = (scripts: readonly Script[]): Scripts => {
  const map = new Map<string, Script>();
  for (const script of scripts) if (!map.has(script.id)) map.set(script.id, script);
  return map;
};

/** What the operator does on the line, so that waiting for it is a way out that the operator can take. */
const OWN_ACTS: ReadonlySet<ReactionFact> = new Set([
  'answered',
  'held',
  'resumed',
  'consultStarted',
  'consultReturned',
  'transferred',
  'transferRefused',
  'holdNamed',
  'callbackPromised',
]);
export const isTakable = (exit: Exit): boolean =>
  exit.by === 'choice' || (exit.by === 'fact' && !exit.inherited && exit.fact !== undefined && OWN_ACTS.has(exit.fact));

export function exitsOf(scripts: Scripts, script: Script, index: number): Exit[] {
  const step = script.steps[index];
  if (!step) return [];
  const exit = (part: Omit<Exit, 'kind' | 'to' | 'call'>): Exit => ({
    ...part,
    ...leading(scripts, script, step, part.written),
  });
  const at = ['steps', index];
  const choices = (step.choices ?? []).map((choice, place) =>
    exit({ by: 'choice', choice, written: choice, path: [...at, 'choices', place], inherited: false }),
  );
  const own = factExits(step.on, [...at, 'on']).map((part) => exit({ ...part, inherited: false }));
  const { limit } = step;
  const limited =
    limit?.to === undefined
      ? []
      : [exit({ by: 'limit', written: { to: limit.to }, path: [...at, 'limit', 'to'], inherited: false })];
  if (step.outcome !== undefined) return [...choices, ...own, ...limited];
  const inherited = factExits(script.on, ['on']).map((part) => exit({ ...part, inherited: true }));
  const everywhere = (script.everywhere ?? []).map((choice, place) =>
    exit({ by: 'everywhere', choice, written: choice, path: ['everywhere', place], inherited: true }),
  );
  return [...choices, ...own, ...limited, ...inherited, ...everywhere];
}

function factExits(
  on: Reactions | undefined,
  at: readonly (string | number)[],
): Pick<Exit, 'by' | 'fact' | 'written' | 'path'>[] {
  return Object.entries(on ?? {}).flatMap(([fact, written]) => {
    const list = reactionsOf(written);
    const many = Array.isArray(written);
    return list.map((one, place) => ({
      by: 'fact' as const,
      fact: fact as ReactionFact,
      written: one,
      path: many ? [...at, fact, place] : [...at, fact],
    }));
  });
}

function leading(
  scripts: Scripts,
  script: Script,
  step: Step,
  written: Choice | Reaction,
): Pick<Exit, 'kind' | 'to' | 'call'> {
  const { call, to } = written;
  if (call) {
    const called = call.script === undefined ? script : scripts.get(call.script);
    const stepId = call.step ?? called?.start;
    return { kind: 'call', call: { scriptId: call.script ?? script.id, stepId, returnTo: call.returnTo ?? step.id } };
  }
  if (to === RETURN) return { kind: 'return' };
  return to === undefined || to === STAY ? { kind: 'stay' } : { kind: 'to', to };
}

/** Unique name of a step over all scripts. */
export const nodeOf = (scriptId: string, stepId: string): string => `${scriptId}/${stepId}`;
