import { useEffect, useMemo, useRef, useState } from 'react';
import type { ScriptEvent } from '../../../machines/script/index.ts';
import type { ChoiceView, FieldValue, StepView } from '../../../machines/script/view.ts';
import type { OperatorCommands } from '../../../server/contract/commands.ts';
import type { CallView } from '../../../server/contract/panel.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import { whenIdle } from '../shared/whenIdle.ts';
import { compiledScript, type Running } from './compiled.ts';
import type { Pending } from './logic/ahead.ts';
import { useCommand, type Refused, type Send } from './panelContext.ts';

export interface StepTools {
  /** The step to show: the server's, with what it has not answered yet already done. */
  readonly step: StepView | undefined;
  readonly choose: (choice: ChoiceView) => void;
  readonly answer: (fieldId: string, value: FieldValue | null) => void;
  readonly back: () => void;
  /** The choice that was just taken, while its step cannot be shown yet. */
  readonly taken: string | undefined;
  readonly refused: Refused | undefined;
  readonly forget: () => void;
}
type ScriptCommand = 'script.choose' | 'script.answer' | 'script.back';

/** If the server's push has not come by then, the local picture is dropped all the same. */
const PUSH_WITHIN_MS = 600;

interface AheadOfServer {
  readonly step: StepView | undefined;
  readonly taken: string | undefined;
  /** Shows the event's effect at once and sends the command. */
  readonly act: (event: ScriptEvent, name: ScriptCommand, input: OperatorCommands[ScriptCommand]) => void;
}

/** The server's step with what it has not answered yet already done; its answer and its push take over. */
function useAhead(script: CallView['script'], send: Send): AheadOfServer {
  const running = useRunning(script?.step.scriptId, script?.step.scriptVersion);
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const lastId = useRef(0);
  const state = script?.state;
  const left = useMemo(
    () => (running && state ? running.runtime.afterPush(pending, state) : pending),
    // A push is a new state; acknowledgements change `pending`.
    [running, state, pending],
  );
  const lookAhead = (events: readonly Pending[]) =>
    running && script && events.length > 0
      ? running.runtime.lookAhead(running.compiled, script, events, serverClock.now())
      : undefined;
  // oxlint-disable-next-line react/exhaustive-deps
  const ahead = useMemo(() => lookAhead(left), [running, script, left]);
  const step = ahead?.step ?? script?.step;
  useWarmMachine(running, script);
  const last = left.at(-1);
  return {
    step,
    taken: !ahead && last?.event.type === 'choose' ? last.event.choiceId : undefined,
    act(event, name, input) {
      if (!step) return;
      lastId.current += 1;
      const id = lastId.current;
      const draft: Pending = { id, stepKey: step.stepId, event, expected: undefined, done: false };
      const next = lookAhead([...left, draft]);
      setPending([...left, { ...draft, expected: next && running?.runtime.signatureOf(next.state) }]);
      void send(name, input).then((result) => {
        // A refusal takes back what was built upon it too.
        if (!result.ok) setPending((old) => old.filter((one) => one.id < id));
        else {
          setPending((old) => old.map((one) => (one.id === id ? { ...one, done: true } : one)));
          setTimeout(() => setPending((old) => old.filter((one) => one.id !== id)), PUSH_WITHIN_MS);
        }
      });
    },
  };
}

/**
 * Runs every choice of the first step once for nothing: code that has never run took the first choice of a page to two
 * and three times the others.
 */
function useWarmMachine(running: Running | undefined, script: CallView['script']): void {
  const warm = useRef<Running>(undefined);
  useEffect(() => {
    if (!running || !script || warm.current === running) return undefined;
    const at = serverClock.now();
    return whenIdle(() => {
      warm.current = running;
      for (const { id: choiceId } of script.step.choices) {
        const event = { type: 'choose', choiceId, at } as const;
        const tried = { id: 0, stepKey: script.step.stepId, event, expected: undefined, done: false };
        const next = running.runtime.lookAhead(running.compiled, script, [tried], at);
        if (next) running.runtime.signatureOf(next.state);
      }
    });
  }, [running, script]);
}

/** The step of the call in hand and what can be done on it. A choice shows its step at once; the server confirms. */
export function useStep(call: CallView): StepTools {
  const { send, refused, forget } = useCommand();
  const { step, taken, act } = useAhead(call.script, send);
  const answered = useRef(new Map<string, string>());
  const here = { callId: call.callId, stepId: step?.stepId ?? '' };
  return {
    ...{ step, taken, refused, forget },
    choose({ id, enabled }) {
      if (enabled)
        act({ type: 'choose', choiceId: id, at: serverClock.now() }, 'script.choose', { ...here, choiceId: id });
    },
    answer(fieldId, value) {
      const key = `${here.stepId}/${fieldId}`;
      const text = JSON.stringify(value);
      const shown = step?.fields.find((field) => field.id === fieldId)?.value ?? null;
      if (answered.current.get(key) === text && JSON.stringify(shown) === text) return;
      answered.current.set(key, text);
      const sent = typeof value === 'object' && value !== null ? [...value] : value;
      act({ type: 'answer', fieldId, value, at: serverClock.now() }, 'script.answer', {
        ...here,
        fieldId,
        value: sent,
      });
    },
    back() {
      if (step?.canGoBack) act({ type: 'back', at: serverClock.now() }, 'script.back', here);
    },
  };
}

/** The script machine for this version; undefined until it is here, and where it cannot be had. */
function useRunning(scriptId: string | undefined, version: number | undefined): Running | undefined {
  const [running, setRunning] = useState<Running>();
  useEffect(() => {
    if (scriptId === undefined || version === undefined) return undefined;
    let wanted = true;
    compiledScript(scriptId, version).then(
      (made) => wanted && setRunning(made),
      // Without it every step simply waits for the server.
      () => wanted && setRunning(undefined),
    );
    return () => {
      wanted = false;
    };
  }, [scriptId, version]);
  const fits = running?.compiled.id === scriptId && running?.compiled.version === version;
  return fits ? running : undefined;
}
