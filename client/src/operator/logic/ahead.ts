import { restore, step, view, type CompiledScript, type ScriptEvent } from '../../../../machines/script/index.ts';
import type { ScriptState } from '../../../../machines/script/model.ts';
import type { StepView } from '../../../../machines/script/view.ts';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import type { CallView } from '../../../../server/contract/panel.ts';

/**
 * The browser runs the same script machine as the server, so that a choice shows the next line within a frame. What is
 * shown is always the server's last state with the events that it has not answered yet applied on top; when the server
 * has taken or refused them, its word stands.
 */
export interface Pending {
  readonly id: number;
  /** The step that the operator saw when acting; the event means nothing on another one. */
  readonly stepKey: string;
  readonly event: ScriptEvent;
  /** What the state will look like if the server agrees; undefined when the event was applied by the server alone. */
  readonly expected: string | undefined;
  /** The server has answered "done": its next push contains the event. */
  readonly done: boolean;
}

export type OpenScript = NonNullable<CallView['script']>;

/** States with the same signature show the same step, whatever the instants in them. */
export const signatureOf = (state: ScriptState): string =>
  JSON.stringify([
    state.scriptId,
    state.step,
    state.path.length,
    state.path.at(-1)?.via,
    state.stack,
    state.language,
    Object.entries(state.fields).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);

export interface Ahead {
  readonly step: StepView;
  readonly state: ScriptState;
}

/** The server's state with `pending` applied; undefined when the script cannot be run here. */
export function lookAhead(
  compiled: CompiledScript,
  script: OpenScript,
  pending: readonly Pending[],
  now: Instant,
): Ahead | undefined {
  const known = { ...script.known, now };
  let state = restore(compiled, script.state);
  if (!state) return undefined;
  for (const { event, stepKey } of pending) {
    if (event.type !== 'restart' && event.type !== 'language' && state.step !== stepKey) continue;
    const next = step(compiled, state, { ...event, at: now }, known);
    if (!next.refused) state = next.state;
  }
  return { state, step: view(compiled, state, known) };
}

/** What is still unanswered after a push of the server's state. */
export function afterPush(pending: readonly Pending[], state: ScriptState): readonly Pending[] {
  const signature = signatureOf(state);
  const taken = pending.findLastIndex((one) => one.expected === signature);
  return pending.slice(taken + 1).filter((one) => !one.done);
}
