import { OWN_WAYS, stayedOn, type PathEntry, type ScriptState } from '../../../machines/script/index.ts';
import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { LearningView, StepLearning } from '../../contract/index.ts';
import type { CallHistoryDocument } from '../../reports/callHistory.ts';
import { nothing, type Sums } from './sums.ts';

/** One script of one closed call. */
export type ScriptOfCall = CallHistoryDocument['scripts'][number];
export interface ClosedCall {
  readonly call: CallHistoryDocument;
  /** The client called again with the same inquiry. */
  readonly calledAgain: boolean;
}
/** One stay of a call on one step. */
export interface Stay {
  readonly script: ScriptOfCall;
  readonly entry: PathEntry;
  readonly next: PathEntry | undefined;
  readonly ms: Milliseconds;
  /** The call was left here. */
  readonly isExit: boolean;
}
const NOTED = 'fact:clientHungUp';
const AFTER_THE_END: ReadonlySet<string> = new Set([NOTED, 'fact:callEnded']);

export function staysOf({ call }: ClosedCall): Stay[] {
  return call.scripts.flatMap((script, place) => {
    const path = pathOf(script);
    // The time of a script that gave way to another ended when that one was opened.
    const endedAt = call.scripts[place + 1]?.openedAt ?? call.record.ended?.at ?? call.facts.endedAt;
    // A script that notes the hang-up by a step of its own was left on the step before it.
    const left = path.length > 1 && AFTER_THE_END.has(path.at(-1)?.via ?? '') ? path.length - 2 : path.length - 1;
    const exit = place === call.scripts.length - 1 ? left : -1;
    return path.map((entry, index): Stay => {
      const next = path[index + 1];
      return { script, entry, next, ms: Math.max(0, (next?.at ?? endedAt) - entry.at), isExit: index === exit };
    });
  });
}
/** The client hung up here before the script's end. */
export function isHangUp({ record, facts, wrapUp }: CallHistoryDocument, { isExit, entry, next }: Stay): boolean {
  if (!isExit) return false;
  if (next?.via === NOTED || entry.via === NOTED) return true;
  return record.ended?.by === 'client' && !facts.satisfied && wrapUp.satisfied === null;
}

/**
 * Adds calls one by one; `result` may be asked for at any time. Figures of one script, all versions or one, also of the
 * calls that came to its steps from a script that calls it.
 */
export class StepCounter {
  readonly #scriptId: string;
  readonly #version: number | undefined;
  readonly #steps = new Map<string, Sums>();
  readonly #versions = new Map<number, number>();
  #calls = 0;

  constructor(scriptId: string, version?: number) {
    this.#scriptId = scriptId;
    this.#version = version;
  }

  /** `versions`: which version of this script each script of the call had in it. */
  add(closed: ClosedCall, versions: ReadonlyMap<ScriptOfCall, number | undefined>): void {
    const mine = staysOf(closed).flatMap((stay) => {
      const step = this.#stepOf(stay.script, stay.entry.step);
      return step === undefined ? [] : [{ ...stay, step, version: versions.get(stay.script) }];
    });
    for (const version of new Set(mine.map((stay) => stay.version)))
      if (version !== undefined) this.#versions.set(version, (this.#versions.get(version) ?? 0) + 1);
    const stays = mine.filter(({ version }) => this.#version === undefined || version === this.#version);
    if (stays.length === 0) return;
    this.#calls += 1;
    for (const stay of stays) this.#addStay(closed.call, stay);
    for (const step of new Set(stays.map((stay) => stay.step))) this.#addCall(closed, step);
    for (const { stepId, at } of closed.call.unanswered) {
      const here = stays.find(({ entry, ms }) => entry.step === stepId && at >= entry.at && at <= entry.at + ms);
      if (here) this.#of(here.step).unanswered += 1;
    }
  }

  /** The step's key within this script; undefined for steps that are not seen from it. */
  #stepOf(script: ScriptOfCall, key: string): string | undefined {
    if (script.scriptId === this.#scriptId) return key;
    const prefix = `${this.#scriptId}/`;
    return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
  }
  #addStay(call: CallHistoryDocument, stay: Stay & { readonly step: string }): void {
    const sums = this.#of(stay.step);
    const { entry, next, ms, isExit } = stay;
    sums.visits += 1;
    sums.stays.push(ms);
    if (entry.via === 'back') sums.backs += 1;
    if (next && isChoice(next.via)) sums.choices.set(next.via, (sums.choices.get(next.via) ?? 0) + 1);
    if (isExit) sums.exits += 1;
    if (isHangUp(call, stay)) sums.hangUps += 1;
  }
  #addCall({ call, calledAgain }: ClosedCall, step: string): void {
    const sums = this.#of(step);
    sums.calls += 1;
    if (calledAgain) sums.repeats += 1;
    if (call.facts.satisfied === true) sums.satisfied += 1;
    if (call.facts.satisfied === false) sums.unsatisfied += 1;
  }
  #of(step: string): Sums {
    const known = this.#steps.get(step) ?? nothing();
    this.#steps.set(step, known);
    return known;
  }

  result(): Pick<LearningView, 'versions' | 'calls' | 'steps'> {
    return {
      versions: [...this.#versions]
        .map(([version, calls]) => ({ version, calls }))
        .sort((a, b) => b.version - a.version),
      calls: this.#calls,
      steps: [...this.#steps].map(([stepId, { stays, choices, ...counts }]): StepLearning => {
        const medianMs = median(stays);
        return {
          stepId,
          ...counts,
          choices: Object.fromEntries(choices),
          ...(medianMs === undefined ? {} : { medianMs }),
        };
      }),
    };
  }
}

export function pathOf({ state }: ScriptOfCall): readonly PathEntry[] {
  const { path } = (state ?? {}) as Partial<ScriptState>;
  return Array.isArray(path) ? stayedOn(path) : [];
}
/** `via` of an entry that a button made; the others are the script's own words. */
export const isChoice = (via: string): boolean => !via.startsWith('fact:') && !OWN_WAYS.has(via);

export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? 0) + upper) / 2);
}
