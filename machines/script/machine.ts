import { assign, setup } from 'xstate';
import type { Instant, Language } from '../vocabulary/index.ts';
import { checkAnswer } from './fields.ts';
import type { Fields } from './fields.ts';
import type { Known } from './known.ts';
import type { LinkedScript } from './link.ts';
import { HERE, PATH_LIMIT, STACK_LIMIT } from './model.ts';
import type { CompiledChoice, CompiledReactions, CompiledStep, Move, PathEntry } from './model.ts';
import { holds } from './conditions.ts';
import { RETURN, STAY } from './moves.ts';
import { whyOff } from './offers.ts';
import { questionOf, readingOf, transfersLeft } from './read.ts';
import type { Reading } from './read.ts';
import type { FieldValue } from './view.ts';

/** What the machine remembers: JSON, and nothing that the compiler made. */
export interface MachineContext {
  readonly fields: Fields;
  readonly path: readonly PathEntry[];
  readonly stack: readonly string[];
  readonly language: Language;
  readonly dueAt: Instant | null;
  readonly reminded: boolean;
  /** Instant and cause of the event in hand: what `enter` writes into the path. */
  readonly now: Instant;
  readonly via: string;
}

interface Moment {
  readonly at: Instant;
  readonly known: Known;
}
/** The machine's own events: one type per choice and fact, so that the chart reads as the script. */
export type MachineEvent = Moment &
  (
    | { readonly type: `choose.${string}` }
    | { readonly type: `fact.${string}` }
    | { readonly type: 'answer'; readonly field: string; readonly value: FieldValue | null }
    | { readonly type: 'language'; readonly language: Language }
    | { readonly type: 'noAnswer'; readonly said: string }
    | { readonly type: 'back' | 'restart' | 'timeUp' }
  );
export interface MachineInput extends Moment {
  readonly language: Language;
  readonly fields: Fields;
}

interface Args {
  readonly context: MachineContext;
  readonly event: MachineEvent;
}

/** Name of the passing state that goes on to the step on top of the stack. */
const RETURNING = 'returning';

/**
 * The chart: a state per step, an event per choice and fact. Implementations are here once, by name; the states below
 * only name them with parameters. Nothing is evaluated, nothing is random, no clock: equal scripts give equal machines.
 * What the script asks of the world are actions that do nothing here (`ask`, `arrive`, `learn`, `tell`): `run.ts`
 * reads them off the transition and makes effects of them.
 */
export function buildMachine(linked: LinkedScript) {
  const here = ({ path }: MachineContext): CompiledStep | undefined => linked.steps.get(path.at(-1)?.step ?? '');
  const read = ({ context, event }: Args): Reading => readingIn(linked, context, event.known);
  const isWanted = (args: Args, move: Move): boolean =>
    (move.target !== RETURN || args.context.stack.length > 0) && (!move.when || holds(move.when, read(args).facts));
  const isOpen = (args: Args, choice: CompiledChoice): boolean => {
    const step = here(args.context);
    return step !== undefined && whyOff(read(args), choice, step) === undefined;
  };
  /** What every step inherits stands on the machine itself; ends and steps of sub-scripts do not take it from there. */
  const inherits = ({ context }: Args): boolean => {
    const step = here(context);
    return step !== undefined && step.step.outcome === undefined && step.script.id === linked.id;
  };

  return setup({
    types: { context: {} as MachineContext, events: {} as MachineEvent, input: {} as MachineInput },
    guards: {
      /** The choice is shown, its condition holds, promises have what they need and required answers are there. */
      isOpen: (args, { choice }: { choice: CompiledChoice }) => isOpen(args, choice),
      isOpenAtLimit: (args, { choice, move }: { choice: CompiledChoice; move: Move }) =>
        transfersLeft(args.event.known.transfers) === 0 && isWanted(args, move) && isOpen(args, choice),
      isOpenEverywhere: (args, { choice }: { choice: CompiledChoice }) =>
        (here(args.context)?.side.includes(choice) ?? false) && isOpen(args, choice),
      isWanted: (args, { move }: { move: Move }) => isWanted(args, move),
      isWantedEverywhere: (args, { move }: { move: Move }) => inherits(args) && isWanted(args, move),
      isTimeFor: (args, { move }: { move: Move }) => isDue(args) && isWanted(args, move),
      isTimeForEverywhere: (args, { move }: { move: Move }) => isDue(args) && inherits(args) && isWanted(args, move),
      isDue,
      isTop: ({ context }, { key }: { key: string }) => context.stack.at(-1) === key,
      isAnswer: ({ event }) => event.type === 'answer' && linked.questions.has(event.field),
    },
    actions: {
      /** Before leaving a step: what is written into fields, and the way back. */
      go: assign(({ context, event }, { move, via }: { move: Move; via: string }) => ({
        now: event.at,
        via,
        fields: move.set ? { ...context.fields, ...move.set } : context.fields,
        stack: stackAfter(linked, context, move),
      })),
      comeBack: assign(({ context }) => ({ stack: context.stack.slice(0, -1) })),
      goBack: assign(({ context, event }) => {
        const previous = context.path.at(-2);
        return {
          now: event.at,
          via: 'back',
          stack: [...(previous?.stack ?? []), previous?.step ?? linked.start],
          path: context.path.slice(0, -2),
        };
      }),
      goHome: assign(({ event }) => ({ now: event.at, via: 'restart', stack: [] })),
      enter: assign(({ context }, { step }: { step: string }) => {
        const limitMs = linked.steps.get(step)?.limitMs;
        const entry: PathEntry = { step, at: context.now, via: context.via };
        const kept = context.stack.length > 0 ? { ...entry, stack: context.stack } : entry;
        return {
          path: [...context.path, kept].slice(-PATH_LIMIT),
          dueAt: limitMs === undefined ? null : context.now + limitMs,
          reminded: false,
        };
      }),
      keepAnswer: assign((args) => ({ fields: withAnswer(read(args), args) })),
      remind: assign({ dueAt: null, reminded: true }),
      speakIn: assign(({ context, event }) => ({
        language: event.type === 'language' ? event.language : context.language,
      })),
      ask: (_, params: { move: Move; choice?: CompiledChoice }) => void params,
      arrive: (_, params: { step: string }) => void params,
      learn: () => {},
      tell: () => {},
    },
  }).createMachine({
    id: linked.id,
    context: ({ input }) => ({
      fields: input.fields,
      path: [],
      stack: [],
      language: input.language,
      dueAt: null,
      reminded: false,
      now: input.at,
      via: 'start',
    }),
    initial: linked.start,
    on: {
      ...transitionsOf(linked.inherited.side, linked.inherited.reactions, 'Everywhere'),
      back: { target: `.${RETURNING}`, actions: 'goBack' },
      restart: { target: `.${linked.start}`, actions: 'goHome' },
      answer: { guard: 'isAnswer', actions: ['keepAnswer', 'learn'] },
      language: { actions: 'speakIn' },
      noAnswer: { actions: 'tell' },
    },
    states: {
      ...Object.fromEntries([...linked.steps.values()].map((step) => [step.key, stateOf(linked, step)])),
      [RETURNING]: {
        always: [...linked.steps.keys()].map((key) => ({
          guard: { type: 'isTop' as const, params: { key } },
          target: key,
          actions: 'comeBack' as const,
        })),
      },
    },
  });
}
export type ScriptMachine = ReturnType<typeof buildMachine>;

/** What can be read at the present step of a machine's context. */
export const readingIn = (linked: LinkedScript, context: MachineContext, known: Known): Reading =>
  readingOf({
    linked,
    stepKey: context.path.at(-1)?.step ?? linked.start,
    fields: context.fields,
    language: context.language,
    stackDepth: context.stack.length,
    known,
  });

const isDue = ({ context, event }: Args): boolean => context.dueAt !== null && context.dueAt <= event.at;

/**
 * A call puts its return on the stack. A step of the script's own road takes the side paths of that script off it, for
 * the operator has left them; what called the script itself stays.
 */
function stackAfter(linked: LinkedScript, { stack, path }: MachineContext, move: Move): readonly string[] {
  if (move.push !== undefined) {
    return [...stack, move.push === HERE ? (path.at(-1)?.step ?? '') : move.push].slice(-STACK_LIMIT);
  }
  if (move.clear) return [];
  if (!linked.road.has(move.target)) return stack;
  const scriptOf = (key: string): string | undefined => linked.steps.get(key)?.script.id;
  const kept = stack.findLastIndex((key) => scriptOf(key) !== scriptOf(move.target));
  return stack.slice(0, kept + 1);
}

/** One step: its choices, its reactions, and what entering it asks for. */
function stateOf(linked: LinkedScript, step: CompiledStep) {
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

function transitionsOf(
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

/** A valid answer is kept in its normal form, a refused one as typed, so that the operator can correct it. */
function withAnswer(reading: Reading, { context, event }: Args): Fields {
  if (event.type !== 'answer') return context.fields;
  if (event.value === null) {
    return Object.fromEntries(Object.entries(context.fields).filter(([field]) => field !== event.field));
  }
  const question = questionOf(reading, event.field);
  const checked = question && checkAnswer(question, event.value, { date: reading.local.date });
  return { ...context.fields, [event.field]: checked && 'value' in checked ? checked.value : event.value };
}
