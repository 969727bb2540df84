import { assign, setup } from 'xstate';
import type { LinkedScript } from '../link.ts';
import { entering, going, goingBack, withAnswer } from './changes.ts';
import { knownOf } from './context.ts';
import type { MachineContext, MachineEvent, MachineInput } from './context.ts';
import { guardsOf } from './guards.ts';
import { RETURNING, stateOf, transitionsOf } from './states.ts';
import type { CompiledChoice, Move } from '../model.ts';

/** The implementations by name, and nothing of the chart. */
const implemented = (linked: LinkedScript) =>
  setup({
    types: { context: {} as MachineContext, events: {} as MachineEvent, input: {} as MachineInput },
    guards: guardsOf(linked),
    actions: {
      go: assign((args, { move, via }: { move: Move; via: string }) => going(linked, args, move, via)),
      comeBack: assign(({ context }) => ({ stack: context.stack.slice(0, -1) })),
      goBack: assign((args) => goingBack(linked, args)),
      goHome: assign(({ event }) => ({ now: event.at, via: 'restart', stack: [] })),
      enter: assign(({ context, event }, { step }: { step: string }) =>
        entering(linked, context, step, knownOf(event)),
      ),
      keepAnswer: assign((args) => ({ fields: withAnswer(linked, args) })),
      remind: assign({ dueAt: null, reminded: true }),
      speakIn: assign(({ context, event }) => ({
        language: event.type === 'language' ? event.language : context.language,
      })),
      ask: (_, params: { move: Move; choice?: CompiledChoice }) => void params,
      arrive: (_, params: { step: string }) => void params,
      learn: () => {},
      tell: () => {},
    },
  });

/**
 * The chart: a state per step, an event per choice and fact. Implementations stand apart, by name; the states only name
 * them with parameters. Nothing is evaluated, nothing is random, no clock: equal scripts give equal machines.
 * What the script asks of the world are actions that do nothing here (`ask`, `arrive`, `learn`, `tell`): `run.ts`
 * reads them off the transition and makes effects of them.
 */
export const buildMachine = (linked: LinkedScript) =>
  implemented(linked).createMachine({
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
      undone: [],
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
export type ScriptMachine = ReturnType<typeof buildMachine>;
