import {
  compile,
  restore,
  start,
  step,
  view,
  type CompiledScript,
  type Known,
  type PathEntry,
  type Script,
  type ScriptEvent,
  type ScriptState,
} from '../../machines/script/index.ts';
import { exampleKnown } from '../../machines/script/example.ts';
import { REACTION_FACTS } from '../../machines/script/names.ts';
import { AppError, type Instant } from '../../machines/vocabulary/index.ts';
import type { WalkEvent, WalkView } from '../contract/index.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import { closureOf } from '../scripts/catalogue.ts';
import { knownFor } from '../scripts/walk/walk.ts';
import { isPlain, type Plain } from './source/values.ts';

/** A conversation without a telephone: pure steps over any version, a draft too, with an example call. */
export class Walks {
  readonly #catalogue: Catalogue;
  /** Drafts compiled of late, by the script's own object. */
  readonly #compiled = new WeakMap<Script, CompiledScript>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** With the sub-scripts as they are published now. */
  compiled(script: Script, version: number): CompiledScript {
    const known = this.#compiled.get(script);
    if (known) return known;
    const all = new Map(this.#catalogue.currentVersions().map((each) => [each.scriptId, each.script]));
    const made = compile(script, { version, scripts: closureOf(script, all) });
    this.#compiled.set(script, made);
    return made;
  }

  begin(compiled: CompiledScript, parts: Plain | undefined, at?: Instant): WalkView {
    const known = knownWith(compiled, parts, at);
    const { state, effects } = start(compiled, known, known.now);
    return { state, known, effects, view: view(compiled, state, known) };
  }
  /** `stored` comes from a browser or from a record: a state that is not of this script is refused. */
  go(
    compiled: CompiledScript,
    stored: unknown,
    event: WalkEvent | undefined,
    parts: Plain | undefined,
    at?: Instant,
  ): WalkView {
    const before = restore(compiled, stored);
    if (!before) throw new AppError('studio.walkState', 'this is no state of this script', { kind: 'user' });
    const known = knownWith(compiled, parts, at);
    if (!event) return { state: before, known, effects: [], view: view(compiled, before, known) };
    const { state, effects, refused } = step(compiled, before, scriptEvent(event, before, known.now), known);
    return { state, known, effects, view: view(compiled, state, known), ...(refused ? { refused } : {}) };
  }
  /** One step as the operator will see it. */
  preview(compiled: CompiledScript, stepId: string, parts: Plain | undefined): WalkView {
    const { state } = this.begin(compiled, parts);
    if (!compiled.steps.has(stepId)) throw new AppError('studio.noStep', 'no such step', { kind: 'user' });
    const seen = (heard?: PathEntry['trial']): WalkView => {
      const path = [{ step: stepId, at: state.path[0]?.at ?? 0, via: 'start', ...(heard ? { trial: heard } : {}) }];
      return this.go(compiled, { ...state, step: stepId, path }, undefined, parts);
    };
    const trial = compiled.steps.get(stepId)?.trial;
    if (!trial) return seen();
    return { ...seen(), trialLines: seen({ id: trial.id, heard: 'second' }).view.lines };
  }
}

/** The example call with parts replaced; of an unknown shape they are a browser's own matter: the view shows them. */
export function knownWith(compiled: CompiledScript, parts: Plain | undefined, at?: Instant): Known {
  const example = knownFor(compiled);
  const known = merged(at === undefined ? example : { ...exampleMoved(example, at) }, parts ?? {});
  if (typeof known.now !== 'number' || !isPlain(known.client) || !isPlain(known.call) || !isPlain(known.transfers))
    throw new AppError('studio.walkKnown', 'what is known of the call has another shape', { kind: 'user' });
  return known as unknown as Known;
}
/** The example's instants keep their distances from now. */
function exampleMoved(known: Known, at: Instant): Known {
  const moved = exampleKnown(at);
  return { ...known, ...moved, workingHours: known.workingHours, client: known.client, call: known.call };
}
const merged = (base: object, parts: Plain): Record<string, unknown> => {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(parts)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isPlain(before) && isPlain(value) ? merged(before, value) : value;
  }
  return result;
};

export function scriptEvent(event: WalkEvent, state: ScriptState, at: Instant): ScriptEvent {
  if (event.type === 'timeUp') return { type: 'timeUp', at: Math.max(at, state.dueAt ?? at) };
  if (event.type !== 'fact') return { ...event, at };
  const name = REACTION_FACTS.find((each) => each === event.name);
  if (!name || name === 'timeUp') throw new AppError('studio.noFact', 'no such fact', { kind: 'user' });
  return { type: 'fact', name, at };
}
