import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { useCall, usePanel } from '../panelContext.ts';
import { useStep } from '../useStep.ts';
import { Choices } from './Choices.tsx';
import { Fields } from './Fields.tsx';
import { Refusal } from './Refusal.tsx';
import { SayLine } from './SayLine.tsx';
import styles from './ScriptStage.module.css';
import { StepExtras } from './StepExtras.tsx';
import { StepFooter } from './StepFooter.tsx';
import { StepHeader } from './StepHeader.tsx';
import { openQuestion, toNext, useScriptKeys } from './useScriptKeys.ts';

/** A step of the script: what to say, what to write down, where to go. While it rings, the greeting lies ready. */
export function ScriptStage() {
  const call = useCall();
  const { stage, ui } = usePanel();
  const tools = useStep(call);
  const place = useRef<HTMLDivElement>(null);
  const { step } = tools;
  const ringing = stage === 'ringing';
  const answered = ui.answer !== undefined && ui.answer.stepId === step?.stepId;
  const [shout, setShout] = useState(0);
  const choose = (choice: ChoiceView): void => {
    if (ringing) return;
    if (choice.enabled) return tools.choose(choice);
    setShout((count) => count + 1);
    openQuestion(place.current)?.focus({ preventScroll: true });
  };
  // On a hold step the number keys first name the time.
  const times = call.hold?.state === 'named' ? undefined : step?.asks?.holdOfferMs;
  useScriptKeys({ step: ringing ? undefined : step, times, answered, choose, back: tools.back, place });
  if (!step) return <NoScript ringing={ringing} onBack={tools.back} />;
  return (
    <div className={styles['script']} ref={place} data-ringing={ringing || undefined}>
      <StepHeader step={step} ringing={ringing} />
      <div className={styles['body']}>
        <SayLine key={step.stepId} step={step} />
        {!answered && <StepExtras step={step} />}
        <Fields
          key={`${step.stepId}/${ringing}`}
          step={step}
          focus={!ringing}
          onAnswer={tools.answer}
          onEnter={() => toNext(place.current)}
        />
      </div>
      <div className={styles['foot']}>
        <Refusal refused={tools.refused} onClose={tools.forget} />
        <Choices
          choices={step.choices}
          disabled={ringing}
          withKeys={times === undefined}
          taken={tools.taken}
          shout={shout}
          onChoose={choose}
        />
        <StepFooter canGoBack={step.canGoBack && !ringing} onBack={tools.back} disabled={ringing} ringing={ringing} />
      </div>
    </div>
  );
}

function NoScript({ ringing, onBack }: { readonly ringing: boolean; readonly onBack: () => void }) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  return (
    <div className={styles['noScript']}>
      <p className={styles['noScriptTitle']}>{t(ringing ? 'script.ringingWithout' : 'script.none')}</p>
      <p>{t('script.noneWhat')}</p>
      {!ringing && (
        <>
          <div className={styles['noScriptOpen']}>
            <Button onClick={() => setUi({ dialog: 'scripts' })}>{t('scripts.open')}</Button>
          </div>
          <StepFooter canGoBack={false} onBack={onBack} disabled />
        </>
      )}
    </div>
  );
}
