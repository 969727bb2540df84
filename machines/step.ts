import { createActor, initialTransition } from 'xstate';
import type {
  ActorScope,
  AnyMachineSnapshot,
  AnyStateMachine,
  ContextFrom,
  EventFromLogic,
  EventObject,
  InputFrom,
  StateValue,
} from 'xstate';

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
 * XState's `transition()` makes a whole actor for every event, with an initial snapshot that nobody looks at; for a
 * machine that needs input that snapshot fails, and the trace of its error costs more than the step. One actor that is
 * never started serves all steps of a machine: ours invoke and spawn nothing, so nothing is left in it.
 */
function stepper(machine: AnyStateMachine): (from: AnyMachineSnapshot, event: EventObject) => Stepping {
  let idle: Pick<ActorScope<AnyMachineSnapshot, EventObject>, 'self' | 'system'> | undefined;
  return (from, event) => {
    if (idle === undefined) {
      const self = createActor(machine, { snapshot: from });
      idle = { self, system: self.system };
    }
    const actions: WantedAction[] = [];
    const snapshot = machine.transition(from, event, {
      ...idle,
      id: '',
      sessionId: '',
      logger: nothing,
      defer: nothing,
      emit: nothing,
      stopChild: nothing,
      actionExecutor: (action) => void actions.push(action),
    });
    return [snapshot, actions];
  };
}
type Stepping = readonly [AnyMachineSnapshot, readonly WantedAction[]];
const nothing = (): void => undefined;

/**
 * Runs a machine without an actor: state in, state and effects out. Effects are the parameters of its actions named
 * `tell`. An event that the machine does not know in its state changes nothing. Nothing throws for any JSON state that
 * the same machine once made.
 */
export const pure = <Machine extends AnyStateMachine, Effect>(machine: Machine) => {
  type Context = ContextFrom<Machine>;
  const anyMachine: AnyStateMachine = machine;
  const transition = stepper(anyMachine);

  const out = ([snapshot, actions]: Stepping): Stepped<Context, Effect> => ({
    state: { value: snapshot.value as StateValue, context: snapshot.context as Context },
    effects: actions.filter((action) => action.type === 'tell').map((action) => action.params as Effect),
  });
  const restore = (state: MachineState<Context>): AnyMachineSnapshot => anyMachine.resolveState(state);

  return {
    machine,
    start: (input: InputFrom<Machine>): Stepped<Context, Effect> => out(initialTransition(anyMachine, input)),
    /** An event that changes nothing gives the very same state object back. */
    step: (state: MachineState<Context>, event: EventFromLogic<Machine>): Stepped<Context, Effect> => {
      const stepped = out(transition(restore(state), event));
      return isSame(stepped.state, state) ? { ...stepped, state } : stepped;
    },
    hasTag: (state: MachineState<Context>, tag: string): boolean => restore(state).hasTag(tag),
    isDone: (state: MachineState<Context>): boolean => restore(state).status === 'done',
  };
};
