import { useRef, useState } from 'react';
import type { ChoiceView, FieldValue, StepView } from '../../../machines/script/view.ts';
import type { CallView } from '../../../server/contract/panel.ts';
import { useCommand, type Refused } from './panelContext.ts';

export interface StepTools {
  readonly step: StepView | undefined;
  readonly choose: (choice: ChoiceView) => void;
  readonly answer: (fieldId: string, value: FieldValue | null) => void;
  readonly back: () => void;
  /** The choice that was just taken, until its step has come. */
  readonly taken: string | undefined;
  readonly refused: Refused | undefined;
  readonly forget: () => void;
}

/** The step of the call in hand and what can be done on it. */
export function useStep(call: CallView): StepTools {
  const { send, refused, forget } = useCommand();
  const [taken, setTaken] = useState<string>();
  const step = call.script?.step;
  const { callId } = call;
  const sent = useRef(new Map<string, string>());
  return {
    step,
    refused: refused,
    forget,
    taken,
    choose(choice) {
      if (!step || !choice.enabled) return;
      setTaken(choice.id);
      void send('script.choose', { callId, stepId: step.stepId, choiceId: choice.id }).then(() => setTaken(undefined));
    },
    answer(fieldId, value) {
      if (!step) return;
      const key = `${step.stepId}/${fieldId}`;
      const text = JSON.stringify(value);
      if (sent.current.get(key) === text) return;
      sent.current.set(key, text);
      void send('script.answer', {
        callId,
        stepId: step.stepId,
        fieldId,
        value: Array.isArray(value) ? [...(value as readonly string[])] : (value as string | number | boolean | null),
      });
    },
    back() {
      if (step?.canGoBack) void send('script.back', { callId, stepId: step.stepId });
    },
  };
}
