import { createActor } from 'xstate';
import type {
  AnyActorScope,
  AnyMachineSnapshot,
  AnyStateMachine,
  ContextFrom,
  EventFromLogic,
  InputFrom,
  SnapshotFrom,
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

/** What a machine wants done. */
interface WantedAction {
  readonly type: string;
  readonly params: unknown;
}

const isSame = <Context>(a: MachineState<Context>, b: MachineState<Context>): boolean =>
  a.context === b.context && JSON.stringify(a.value) === JSON.stringify(b.value);

/** More steps without an event than any chart of ours has states in a row: two states give way to each other for ever. */
const MOST_MICROSTEPS = 10_000;

interface Idle {
  readonly scope: AnyActorScope;
  /** What the step in hand wants done. */
  actions: WantedAction[];
}
const idles = new WeakMap<AnyStateMachine, Idle>();
const nothing = (): void => undefined;

/**
 * XState's `initialTransition()` and `transition()` make a whole actor each time, with an initial snapshot that nobody
 * looks at; for a machine that needs input that snapshot fails, and the trace of its error costs more than the step. One
 * actor that is never started serves all steps of a machine: ours invoke and spawn nothing, so nothing is left in it.
 */
function idleOf(machine: AnyStateMachine): Idle {
  const known = idles.get(machine);
  if (known !== undefined) return known;
  // XState has no bound of its own: a fault of one chart would stop the server without a word.
  machine.options = { ...machine.options, maxIterations: MOST_MICROSTEPS };
  const self = createActor(machine);
  const idle: Idle = {
    actions: [],
    scope: {
      self,
      system: self.system,
      id: '',
      sessionId: '',
      logger: nothing,
      defer: nothing,
      emit: nothing,
      stopChild: nothing,
      actionExecutor: ({ type, params }) => void idle.actions.push({ type, params }),
    },
  };
  idles.set(machine, idle);
  return idle;
}

/** As XState's `initialTransition`, for machines that invoke and spawn nothing. */
export function begin<Machine extends AnyStateMachine>(machine: Machine, input: InputFrom<Machine>): Stepping<Machine> {
  const idle = idleOf(machine);
  const actions = (idle.actions = []);
  return [machine.getInitialSnapshot(idle.scope, input) as SnapshotFrom<Machine>, actions];
}
/** As XState's `transition`, for machines that invoke and spawn nothing. */
export function advance<Machine extends AnyStateMachine>(
  machine: Machine,
  from: SnapshotFrom<Machine>,
  event: EventFromLogic<Machine>,
): Stepping<Machine> {
  const idle = idleOf(machine);
  const actions = (idle.actions = []);
  return [machine.transition(from, event, idle.scope) as SnapshotFrom<Machine>, actions];
}
type Stepping<Machine extends AnyStateMachine> = readonly [SnapshotFrom<Machine>, WantedAction[]];

/**
 * Runs a machine without an actor: state in, state and effects out. Effects are the parameters of its actions named
 * `tell`. An event that the machine does not know in its state changes nothing. Nothing throws for any JSON state that
 * the same machine once made.
 */
export const pure = <Machine extends AnyStateMachine, Effect>(machine: Machine) => {
  type Context = ContextFrom<Machine>;
  const anyMachine: AnyStateMachine = machine;

  const out = ([snapshot, actions]: Stepping<AnyStateMachine>): Stepped<Context, Effect> => ({
    state: { value: snapshot.value as StateValue, context: snapshot.context as Context },
    effects: actions.filter((action) => action.type === 'tell').map((action) => action.params as Effect),
  });
  const restore = (state: MachineState<Context>): AnyMachineSnapshot => anyMachine.resolveState(state);

  return {
    machine,
    start: (input: InputFrom<Machine>): Stepped<Context, Effect> => out(begin(anyMachine, input)),
    /** An event that changes nothing gives the very same state object back. */
    step: (state: MachineState<Context>, event: EventFromLogic<Machine>): Stepped<Context, Effect> => {
      const stepped = out(advance(anyMachine, restore(state), event));
      return isSame(stepped.state, state) ? { ...stepped, state } : stepped;
    },
    /** A state from a store; throws when this release knows no such one. */
    readable: (state: MachineState<Context>): MachineState<Context> => {
      restore(state);
      return state;
    },
    hasTag: (state: MachineState<Context>, tag: string): boolean => restore(state).hasTag(tag),
    isDone: (state: MachineState<Context>): boolean => restore(state).status === 'done',
  };
};
