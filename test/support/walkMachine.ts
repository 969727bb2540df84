import { initialTransition, transition } from 'xstate';
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { expect } from 'vitest';

/** All states of a machine that have no states in them, by path. */
export const leafNames = (machine: AnyStateMachine): string[] => {
  const names: string[] = [];
  const visit = (node: AnyStateMachine['root']): void => {
    const children = Object.values(node.states);
    if (children.length === 0) names.push(node.path.join('.'));
    for (const child of children) visit(child);
  };
  visit(machine.root);
  return names;
};
const leavesOf = (value: unknown, path: readonly string[] = []): string[] =>
  typeof value === 'string'
    ? [[...path, value].join('.')]
    : Object.entries(value as Record<string, unknown>).flatMap(([key, below]) => leavesOf(below, [...path, key]));

export interface Walk {
  readonly leaves: Set<string>;
  readonly paths: number;
}
/**
 * Goes every shortest path of a machine. Beside the walk that restores the state from its JSON before each step, a
 * second one never stores anything: both must agree in state and effects at each step.
 */
export const walk = (
  machine: AnyStateMachine,
  input: unknown,
  events: readonly { readonly type: string }[],
  keysOf: (context: never) => unknown,
): Walk => {
  const [first] = initialTransition(machine, input as never) as [AnyMachineSnapshot, unknown];
  const paths = getShortestPaths(machine, {
    events: events as never,
    fromState: first as never,
    serializeState: (snapshot: AnyMachineSnapshot) =>
      JSON.stringify([snapshot.value, keysOf(snapshot.context as never)]),
    limit: 100_000,
  } as never);
  const leaves = new Set(leavesOf(first.value));
  for (const { steps } of paths) {
    let kept = first;
    let stored = JSON.stringify({ value: first.value, context: first.context as unknown });
    for (const { event } of steps as unknown as { event: { type: string } }[]) {
      if (event.type === 'xstate.init') continue;
      const [next, wanted] = transition(machine, kept, event as never) as [AnyMachineSnapshot, { params?: unknown }[]];
      const restored = machine.resolveState(JSON.parse(stored) as never);
      const [again, wantedAgain] = transition(machine, restored, event as never) as [
        AnyMachineSnapshot,
        { params?: unknown }[],
      ];
      expect({ value: again.value, context: again.context }).toEqual({ value: next.value, context: next.context });
      expect(wantedAgain.map(({ params }) => params)).toEqual(wanted.map(({ params }) => params));
      kept = next;
      stored = JSON.stringify({ value: again.value, context: again.context as unknown });
      for (const leaf of leavesOf(again.value)) leaves.add(leaf);
    }
  }
  return { leaves, paths: paths.length };
};
