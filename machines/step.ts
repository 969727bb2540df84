import { initialTransition, transition } from 'xstate';
import type { AnyMachineSnapshot, AnyStateMachine, ContextFrom, EventFromLogic, InputFrom, StateValue } from 'xstate';

/** A machine's whole state as plain JSON: what the journal's snapshots keep and what `step` takes back. */
export interface MachineState<Context> {
  readonly value: StateValue;
  readonly context: Context;
}

export interface Stepped<Context, Effect> {
  readonly state: MachineState<Context>;
  /** What the machine wants done, in order, as data. */
  readonly effects: readonly Effect[];
}

interface WantedAction {
  readonly type: string;
  readonly params?: unknown;
}

const isSame = <Context>(a: MachineState<Context>, b: MachineState<Context>): boolean =>
  a.context === b.context && JSON.stringify(a.value) === JSON.stringify(b.value);

/**
 * Runs a machine without an actor: state in, state and effects out. Effects are the parameters of its actions named
 * `tell`. An event that the machine does not know in its state changes nothing. Nothing throws for any JSON state that
 * the same machine once made.
 */
export const pure = <Machine extends AnyStateMachine, Effect>(machine: Machine) => {
  type Context = ContextFrom<Machine>;
  type Pair = readonly [AnyMachineSnapshot, readonly WantedAction[]];
  const anyMachine: AnyStateMachine = machine;

  const out = ([snapshot, actions]: Pair): Stepped<Context, Effect> => ({
    state: { value: snapshot.value as StateValue, context: snapshot.context as Context },
    effects: actions.filter((action) => action.type === 'tell').map((action) => action.params as Effect),
  });
  const restore = (state: MachineState<Context>): AnyMachineSnapshot => anyMachine.resolveState(state);

  return {
    machine,
    start: (input: InputFrom<Machine>): Stepped<Context, Effect> => out(initialTransition(anyMachine, input)),
    /** An event that changes nothing gives the very same state object back. */
    step: (state: MachineState<Context>, event: EventFromLogic<Machine>): Stepped<Context, Effect> => {
      const stepped = out(transition(anyMachine, restore(state), event));
      return isSame(stepped.state, state) ? { ...stepped, state } : stepped;
    },
    hasTag: (state: MachineState<Context>, tag: string): boolean => restore(state).hasTag(tag),
    isDone: (state: MachineState<Context>): boolean => restore(state).status === 'done',
  };
};
