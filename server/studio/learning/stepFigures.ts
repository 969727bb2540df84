import type { PathEntry, ScriptState } from '../../../machines/script/index.ts';
import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { LearningView, StepLearning } from '../../contract/index.ts';
import type { CallHistoryDocument } from '../../reports/callHistory.ts';

/** One script of one closed call. */
export type ScriptOfCall = CallHistoryDocument['scripts'][number];

interface Sums {
  visits: number;
  calls: number;
  stays: Milliseconds[];
  exits: number;
  hangUps: number;
  backs: number;
  unanswered: number;
  repeats: number;
  satisfied: number;
  unsatisfied: number;
  readonly choices: Map<string, number>;
}

/** Adds calls one by one; `result` may be asked for at any time. Figures of one script, all versions or one. */
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

  add(call: CallHistoryDocument): void {
    for (const [index, script] of call.scripts.entries()) {
      if (script.scriptId !== this.#scriptId) continue;
      this.#versions.set(script.version, (this.#versions.get(script.version) ?? 0) + 1);
      if (this.#version !== undefined && this.#version !== script.version) continue;
      this.#calls += 1;
      // The time of a script that gave way to another ended when that one was opened.
      const endedAt = call.scripts[index + 1]?.openedAt ?? call.record.ended?.at ?? call.facts.endedAt;
      this.#addScript(call, script, endedAt, index === call.scripts.length - 1);
    }
  }

  #addScript(call: CallHistoryDocument, script: ScriptOfCall, endedAt: number, isLast: boolean): void {
    const path = pathOf(script);
    const visited = new Set<string>();
    for (const [index, entry] of path.entries()) {
      const sums = this.#of(entry.step);
      sums.visits += 1;
      visited.add(entry.step);
      const next = path[index + 1];
      sums.stays.push(Math.max(0, (next?.at ?? endedAt) - entry.at));
      if (entry.via === 'back') sums.backs += 1;
      if (next && isChoice(next.via)) sums.choices.set(next.via, (sums.choices.get(next.via) ?? 0) + 1);
    }
    if (isLast) this.#addExit(call, path);
    for (const step of visited) this.#addCall(call, step);
    for (const { stepId, at } of call.unanswered)
      if (at >= script.openedAt && at <= endedAt) this.#of(stepId).unanswered += 1;
  }
  /** A script that notes the hang-up by a step of its own was left on the step before it. */
  #addExit(call: CallHistoryDocument, path: readonly PathEntry[]): void {
    const last = path.at(-1);
    const isNoted = last?.via === 'fact:clientHungUp';
    const left = isNoted ? (path.at(-2) ?? last) : last;
    if (!left) return;
    const sums = this.#of(left.step);
    sums.exits += 1;
    if (isNoted) sums.hangUps += 1;
    else if (call.record.ended?.by === 'client' && !call.facts.satisfied && call.wrapUp.satisfied === null)
      sums.hangUps += 1;
  }
  #addCall(call: CallHistoryDocument, step: string): void {
    const sums = this.#of(step);
    sums.calls += 1;
    if (call.facts.repeat) sums.repeats += 1;
    if (call.facts.satisfied === true) sums.satisfied += 1;
    if (call.facts.satisfied === false) sums.unsatisfied += 1;
  }
  #of(step: string): Sums {
    let sums = this.#steps.get(step);
    if (!sums) {
      sums = {
        visits: 0,
        calls: 0,
        stays: [],
        exits: 0,
        hangUps: 0,
        backs: 0,
        unanswered: 0,
        repeats: 0,
        satisfied: 0,
        unsatisfied: 0,
        choices: new Map(),
      };
      this.#steps.set(step, sums);
    }
    return sums;
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
  return Array.isArray(path) ? path : [];
}
/** `via` of an entry that a button made; the others are the script's own words. */
export const isChoice = (via: string): boolean =>
  !via.startsWith('fact:') && !['start', 'back', 'restart', 'limit', 'timeUp'].includes(via);

export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? 0) + upper) / 2);
}
