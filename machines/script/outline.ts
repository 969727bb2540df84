import { HERE } from './model.ts';
import type { CompiledStep } from './model.ts';
import type { Fills, Question, Script } from './types.ts';

/** What can be told of a linked script as a whole. */

/** Place of each step on the main path, from 1. */
export function stagesOf(script: Script): Map<string, number> {
  const stages = new Map<string, number>();
  for (const [index, stage] of (script.mainPath ?? []).entries()) {
    for (const stepId of typeof stage === 'string' ? [stage] : stage) stages.set(stepId, index + 1);
  }
  return stages;
}

/**
 * Steps that the scripts reach by going, from their first steps on. What only a call within the same script reaches is a
 * side path; so is what sub-scripts call in the main script, by the reactions that they inherit from it.
 */
export function roadOf(
  steps: ReadonlyMap<string, CompiledStep>,
  starts: readonly (string | undefined)[],
  main: Script,
): Set<string> {
  const road = new Set<string>();
  const queue = starts.filter((key) => key !== undefined);
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const step = steps.get(key);
    if (!step || road.has(key)) continue;
    road.add(key);
    for (const move of [...step.choices, ...step.side, ...Object.values(step.reactions).flat()]) {
      const { script } = steps.get(move.target) ?? step;
      const isOtherScript = script !== step.script && script !== main;
      if (move.push === undefined || isOtherScript) queue.push(move.target);
      if (move.push !== undefined && move.push !== HERE) queue.push(move.push);
    }
  }
  return road;
}

export function questionsOf(steps: ReadonlyMap<string, CompiledStep>): Map<string, Question> {
  const questions = new Map<string, Question>();
  for (const question of [...steps.values()].flatMap((step) => step.questions)) {
    if (!questions.has(question.field)) questions.set(question.field, question);
  }
  return questions;
}

export function fillsOf(steps: ReadonlyMap<string, CompiledStep>): Map<Fills, string[]> {
  const fills = new Map<Fills, string[]>();
  for (const { fills: what, field } of [...steps.values()].flatMap((step) => step.questions)) {
    if (what === undefined) continue;
    const fields = fills.get(what) ?? [];
    if (!fields.includes(field)) fills.set(what, [...fields, field]);
  }
  return fills;
}
