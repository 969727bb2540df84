import { holds } from '../conditions.ts';
import type { LinkedScript } from '../link.ts';
import { readingIn } from './context.ts';
import type { Args } from './context.ts';
import type { CompiledChoice, CompiledStep, Move } from '../model.ts';
import { RETURN } from '../moves.ts';
import { whyOff } from '../offers.ts';
import { transfersLeft } from '../read.ts';

/** The machine's guards by name. Each reads the context and the event alone. */
export function guardsOf(linked: LinkedScript) {
  const here = ({ context }: Args): CompiledStep | undefined => linked.steps.get(context.path.at(-1)?.step ?? '');
  const isWantedHere = (args: Args, move: Move): boolean => {
    if (move.target === RETURN && args.context.stack.length === 0) return false;
    return !move.when || holds(move.when, readingIn(linked, args.context, args.event.known).facts);
  };
  const isOpenHere = (args: Args, choice: CompiledChoice): boolean => {
    const step = here(args);
    return step !== undefined && whyOff(readingIn(linked, args.context, args.event.known), choice, step) === undefined;
  };
  /** What every step inherits stands on the machine itself; ends and steps of sub-scripts do not take it from there. */
  const inherits = (args: Args): boolean => {
    const step = here(args);
    return step !== undefined && step.step.outcome === undefined && step.script.id === linked.id;
  };
  const isDue = ({ context, event }: Args): boolean => context.dueAt !== null && context.dueAt <= event.at;
  return {
    /** The choice is shown, its condition holds, promises have what they need and required answers are there. */
    isOpen: (args: Args, { choice }: { choice: CompiledChoice }) => isOpenHere(args, choice),
    isOpenAtLimit: (args: Args, { choice, move }: { choice: CompiledChoice; move: Move }) =>
      transfersLeft(args.event.known.transfers) === 0 && isWantedHere(args, move) && isOpenHere(args, choice),
    isOpenEverywhere: (args: Args, { choice }: { choice: CompiledChoice }) =>
      (here(args)?.side.includes(choice) ?? false) && isOpenHere(args, choice),
    isWanted: (args: Args, { move }: { move: Move }) => isWantedHere(args, move),
    isWantedEverywhere: (args: Args, { move }: { move: Move }) => inherits(args) && isWantedHere(args, move),
    isTimeFor: (args: Args, { move }: { move: Move }) => isDue(args) && isWantedHere(args, move),
    isTimeForEverywhere: (args: Args, { move }: { move: Move }) =>
      isDue(args) && inherits(args) && isWantedHere(args, move),
    isDue,
    isTop: ({ context }: Args, { key }: { key: string }) => context.stack.at(-1) === key,
    isAnswer: ({ event }: Args) => event.type === 'answer' && linked.questions.has(event.field),
  };
}
