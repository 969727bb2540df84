import { holds } from '../../../machines/script/conditions.ts';
import { exampleAnswer } from '../../../machines/script/example.ts';
import type { Known } from '../../../machines/script/known.ts';
import { readingIn } from '../../../machines/script/machine/context.ts';
import type { MachineContext } from '../../../machines/script/machine/context.ts';
import { machineEvent } from '../../../machines/script/run.ts';
import type { MachineEvent } from '../../../machines/script/machine/context.ts';
import type {
  CompiledChoice,
  CompiledScript,
  CompiledStep,
  Move,
  ScriptEvent,
} from '../../../machines/script/model.ts';
import { RETURN } from '../../../machines/script/moves.ts';
import { whyOff } from '../../../machines/script/offers.ts';
import { transfersLeft } from '../../../machines/script/read.ts';
import type { FieldValue } from '../../../machines/script/view.ts';
import type { ReactionFact } from '../../../machines/script/types.ts';
import { FACT_WORDS } from '../factWords.ts';
import { setKnown, variantsFor } from './variants.ts';

/** One thing that can be done at a state of the walk, with the call in which it works. */
export interface Deed {
  readonly event: ScriptEvent;
  readonly known: Known;
  /** Which way out of which step it takes; several deeds may take the same. Answers take none. */
  readonly way?: string;
  /** For the report. */
  readonly words: string;
}
export type WalkEvent = MachineEvent & { readonly deed: Deed };

export const wayOf = (step: CompiledStep, kind: string, id: string, index = 0): string =>
  `${step.key} ${kind} ${id}${index === 0 ? '' : ` ${String(index)}`}`;

/** Every way out that one step has: its choices (with the branch for no transfers left), special situations, reactions. */
export function waysOut(step: CompiledStep): string[] {
  const choices = [...step.choices, ...step.side].flatMap((choice) => [
    wayOf(step, 'choice', choice.choice.id),
    ...(choice.atLimit ?? []).map((_, index) => wayOf(step, 'limit', choice.choice.id, index)),
  ]);
  const reactions = Object.entries(step.reactions).flatMap(([fact, moves]) =>
    moves.slice(0, firstSure(moves) + 1).map((_, index) => wayOf(step, 'fact', fact, index)),
  );
  return [...choices, ...reactions];
}
/** What stands after a reaction without a condition is never taken: inherited ones that a step replaces. */
const firstSure = (moves: readonly Move[]): number => {
  const sure = moves.findIndex((move) => move.when === undefined && move.target !== RETURN);
  return sure < 0 ? moves.length - 1 : sure;
};

export interface Explorer {
  readonly compiled: CompiledScript;
  readonly base: Known;
  /** Fields whose values the walk tries one by one, with those values. */
  readonly focus: Focus;
}
export type Focus = ReadonlyMap<string, readonly (FieldValue | null)[]>;

/** What can be done at this state: answers that matter, every open choice, every fact with a reaction. */
export function deedsAt(explorer: Explorer, context: MachineContext): Deed[] {
  const step = explorer.compiled.steps.get(context.path.at(-1)?.step ?? '');
  if (!step) return [];
  return [
    ...answers(explorer, step),
    ...[...step.choices, ...step.side].flatMap((choice) => choosing(explorer, context, step, choice)),
    ...Object.entries(step.reactions).flatMap(([fact, moves]) =>
      reacting(explorer, context, step, fact as ReactionFact, moves),
    ),
  ];
}

function answers({ base, focus }: Explorer, step: CompiledStep): Deed[] {
  return step.questions.flatMap((question) =>
    (focus.get(question.field) ?? []).map((value): Deed => {
      const said = value === null ? 'нет ответа' : String(value);
      return {
        event: { type: 'answer', fieldId: question.field, value, at: base.now },
        known: base,
        words: `ответ «${question.field}»: ${said}`,
      };
    }),
  );
}

function choosing(explorer: Explorer, context: MachineContext, step: CompiledStep, choice: CompiledChoice): Deed[] {
  const { compiled, base } = explorer;
  const { id, label } = choice.choice;
  const isOpenIn = (known: Known): boolean => whyOff(readingIn(compiled, context, known), choice, step) === undefined;
  const deed = (known: Known, way: string): Deed => ({
    event: { type: 'choose', choiceId: id, at: known.now },
    known,
    way,
    words: `«${typeof label === 'string' ? label : (label.ru ?? label.en ?? id)}»`,
  });
  const variants = variantsFor(base, [choice.choice.when, choice.choice.shown]);
  const open = variants.find(
    (known) => (choice.atLimit === undefined || transfersLeft(known.transfers) > 0) && isOpenIn(known),
  );
  const deeds = open ? [deed(open, wayOf(step, 'choice', id))] : [];
  for (const [index, move] of (choice.atLimit ?? []).entries()) {
    const none = variantsFor(base, [move.when])
      .map((known) => setKnown(known, 'transfers.left', 0))
      .find((known) => isOpenIn(known) && holds(move.when, readingIn(compiled, context, known).facts));
    if (none) deeds.push(deed(none, wayOf(step, 'limit', id, index)));
  }
  return deeds;
}

function reacting(
  explorer: Explorer,
  context: MachineContext,
  step: CompiledStep,
  fact: ReactionFact,
  moves: readonly Move[],
): Deed[] {
  const { compiled, base } = explorer;
  const isWanted = (move: Move, known: Known): boolean =>
    (move.target !== RETURN || context.stack.length > 0) && holds(move.when, readingIn(compiled, context, known).facts);
  return moves.flatMap((move, index): Deed[] => {
    const known = variantsFor(
      base,
      moves.map((one) => one.when),
    ).find((one) => isWanted(move, one) && !moves.slice(0, index).some((before) => isWanted(before, one)));
    if (!known || (fact === 'timeUp' && context.dueAt === null)) return [];
    const event: ScriptEvent =
      fact === 'timeUp'
        ? { type: 'timeUp', at: Math.max(known.now, context.dueAt ?? 0) }
        : { type: 'fact', name: fact, at: known.now };
    return [{ event, known, way: wayOf(step, 'fact', fact, index), words: FACT_WORDS[fact].ru }];
  });
}

export const walkEvent = (deed: Deed): WalkEvent => ({
  ...machineEvent(deed.event, { ...deed.known, now: deed.event.at }),
  deed,
});

/** Answers that let every required question pass, so that the walk asks only those on which conditions depend. */
export const readyAnswers = (compiled: CompiledScript) =>
  Object.fromEntries([...compiled.questions.values()].map((question) => [question.field, exampleAnswer(question)]));
