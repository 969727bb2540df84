import { as } from '../vocabulary/index.ts';
import type { ScriptId } from '../vocabulary/index.ts';
import { durationMs } from './duration.ts';
import { compileChoice, compileReactions, layered } from './moves.ts';
import type { Scope } from './moves.ts';
import { fillsOf, questionsOf, roadOf, stagesOf } from './outline.ts';
import type {
  CompiledChoice,
  CompiledScript,
  CompiledStep,
  CompileOptions,
  Hint,
  Inherited,
  Wording,
} from './model.ts';
import { trialIdOf } from './trial.ts';
import type { Condition, LocalText, Script, Step } from './types.ts';

/** Everything of a compiled script but its machine. */
export type LinkedScript = Omit<CompiledScript, 'machine'>;

/**
 * Joins a script with the sub-scripts it calls, directly or through others: every step gets a key that is its own for
 * ever, and every target becomes a key. A call to a script that is not given is left out here and told by the checker;
 * the choice that makes it is off.
 */
export function link(script: Script, options: CompileOptions = {}): LinkedScript {
  const scripts = collect(script, options.scripts ?? {});
  const ids = new Map([...scripts.values()].map((one) => [one.id, new Set(one.steps.map((step) => step.id))]));
  const lookUp: Scope['lookUp'] = (scriptId, stepId) => {
    if (!ids.get(scriptId)?.has(stepId)) return undefined;
    return scriptId === script.id ? stepId : `${scriptId}/${stepId}`;
  };
  const inherited = inheritedBy({ script, from: script, scripts, lookUp });
  const stages = stagesOf(script);
  const steps = new Map<string, CompiledStep>();
  for (const owner of scripts.values()) {
    const scope: Scope = { script: owner, from: owner, scripts, lookUp };
    const shared = owner === script ? inherited : withinSubScript(scope, script);
    for (const step of owner.steps) {
      const key = lookUp(owner.id, step.id) ?? step.id;
      if (!steps.has(key)) steps.set(key, compileStep(scope, step, key, shared, owner === script ? stages : undefined));
    }
  }
  applyTransferLimits(steps);
  return {
    id: as<ScriptId>(script.id),
    version: options.version ?? 1,
    title: script.title,
    languages: script.languages,
    start: lookUp(script.id, script.start) ?? steps.keys().next().value ?? script.start,
    steps,
    questions: questionsOf(steps),
    fills: fillsOf(steps),
    stages: script.mainPath?.length ?? 0,
    road: roadOf(
      steps,
      [...scripts.values()].map((one) => lookUp(one.id, one.start)),
      script,
    ),
    inherited,
    templates: new Map(),
  };
}

const inheritedBy = (scope: Scope): Inherited => ({
  reactions: compileReactions(scope, scope.script.on),
  side: (scope.script.everywhere ?? []).map((choice) => compileChoice(scope, choice)),
});

/**
 * Steps of a sub-script have its own reactions and special situations, then the main script's; a situation that calls
 * the very sub-script that is on is left out.
 */
function withinSubScript(scope: Scope, main: Script): Inherited {
  const own = inheritedBy(scope);
  const outer = inheritedBy({ ...scope, script: main });
  const taken = new Set(own.side.map((one) => one.choice.id));
  const fits = ({ choice }: CompiledChoice): boolean =>
    choice.call?.script !== scope.script.id && !taken.has(choice.id);
  return { reactions: layered(own.reactions, outer.reactions), side: [...own.side, ...outer.side.filter(fits)] };
}

function collect(root: Script, given: NonNullable<CompileOptions['scripts']>): Map<string, Script> {
  const find = (id: string): Script | undefined => {
    if (given instanceof Map) return (given as ReadonlyMap<string, Script>).get(id);
    return Object.hasOwn(given, id) ? (given as Readonly<Record<string, Script>>)[id] : undefined;
  };
  const found = new Map([[root.id, root]]);
  const queue = [root];
  for (let script = queue.shift(); script; script = queue.shift()) {
    for (const id of calledScripts(script)) {
      const called = found.has(id) ? undefined : find(id);
      if (called) {
        found.set(id, called);
        queue.push(called);
      }
    }
  }
  return found;
}

/** Ids of the sub-scripts that this script calls itself. */
export function calledScripts(script: Script): Set<string> {
  const moves = [
    ...(script.everywhere ?? []),
    ...script.steps.flatMap((step) => step.choices ?? []),
    ...[script.on, ...script.steps.map((step) => step.on)].flatMap((on) => Object.values(on ?? {}).flat()),
  ];
  const ids = moves.map((move) => (typeof move === 'string' ? undefined : move.call?.script));
  return new Set(ids.filter((id) => id !== undefined && id !== script.id) as string[]);
}

/** Two steps that lead to each other by time, let pass by an older checker, change no faster. */
const SHORTEST_LIMIT_MS = 1_000;
const NOTHING_INHERITED: Inherited = { reactions: {}, side: [] };

/** An end keeps to its own reactions: a client who hangs up after the farewell has not broken off the conversation. */
function compileStep(
  scope: Scope,
  step: Step,
  key: string,
  shared: Inherited,
  stages: ReadonlyMap<string, number> | undefined,
): CompiledStep {
  const stage = stages?.get(step.id);
  const outer = step.outcome === undefined ? shared : NOTHING_INHERITED;
  const limitTo = step.on?.timeUp === undefined ? step.limit?.to : undefined;
  const on = limitTo === undefined ? step.on : { ...step.on, timeUp: limitTo };
  const own = compileReactions(scope, on);
  return {
    key,
    script: scope.script,
    step,
    wordings: wordingsOf(step.say),
    ...(step.trial ? { trial: { id: trialIdOf(scope.script.id, step), wordings: wordingsOf(step.trial) } } : {}),
    hints: listOf(step.hints).map((one): Hint => (isRule(one) ? (one as Hint) : { text: one as LocalText })),
    questions: step.questions ?? [],
    choices: (step.choices ?? []).map((choice) => compileChoice(scope, choice)),
    side: withoutOwn(outer.side, step),
    own,
    reactions: layered(own, outer.reactions),
    ...(step.limit ? { limitMs: Math.max(SHORTEST_LIMIT_MS, durationMs(step.limit.after)) } : {}),
    ...(stage === undefined ? {} : { stage }),
  };
}

/** A step's own choice stands in place of the shared one of the same id. */
function withoutOwn(side: Inherited['side'], step: Step): Inherited['side'] {
  const own = new Set((step.choices ?? []).map((choice) => choice.id));
  return side.some(({ choice }) => own.has(choice.id)) ? side.filter(({ choice }) => !own.has(choice.id)) : side;
}

const wordingsOf = (say: Step['say']): readonly Wording[] =>
  listOf(say).map((one): Wording => (isRule(one) ? (one as Wording) : { text: one as LocalText }));
const listOf = <T>(one: T | readonly T[] | undefined): readonly T[] =>
  one === undefined ? [] : ((Array.isArray(one) ? one : [one]) as readonly T[]);
const isRule = (one: unknown): boolean => typeof one === 'object' && one !== null && 'text' in one;

/** The author has said what the choice does when none is left: it is off, and says why. */
function readsTransfers(condition: Condition | undefined): boolean {
  if (condition === undefined) return false;
  if ('all' in condition) return condition.all.some(readsTransfers);
  if ('any' in condition) return condition.any.some(readsTransfers);
  if ('not' in condition) return readsTransfers(condition.not);
  return 'known' in condition && condition.known.startsWith('transfers.');
}

/** A choice that leads to a transfer step goes where that step's `limitReached` says once no transfer is left. */
function applyTransferLimits(steps: Map<string, CompiledStep>): void {
  const limited = (choice: CompiledChoice): CompiledChoice => {
    const target = steps.get(choice.target);
    const atLimit = target?.step.kind === 'transfer' ? target.reactions.limitReached : undefined;
    return atLimit && !readsTransfers(choice.when) ? { ...choice, atLimit } : choice;
  };
  const leadsToTransfer = ({ target }: CompiledChoice): boolean => steps.get(target)?.step.kind === 'transfer';
  for (const [key, step] of steps) {
    if (step.choices.some(leadsToTransfer)) steps.set(key, { ...step, choices: step.choices.map(limited) });
  }
}
