import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { useHotkeys, type KeyMap } from '../hotkeys.tsx';
import { offersOf } from '../logic/hold.ts';
import type { PanelKey } from '../logic/keys.ts';
import { useCall, usePanel } from '../panelContext.ts';
import { useStep } from '../useStep.ts';
import { Choices } from './Choices.tsx';
import { Fields } from './Fields.tsx';
import { offerKeys } from './HoldNaming.tsx';
import { Refusal } from './Refusal.tsx';
import { SayLine } from './SayLine.tsx';
import styles from './ScriptStage.module.css';
import { StepExtras } from './StepExtras.tsx';
import { StepFooter } from './StepFooter.tsx';
import { StepHeader } from './StepHeader.tsx';

/** A step of the script: what to say, what to write down, where to go. While it rings, the greeting lies ready. */
export function ScriptStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { stage, ui, setUi, send } = usePanel();
  const tools = useStep(call);
  const place = useRef<HTMLDivElement>(null);
  const { step } = tools;
  const ringing = stage === 'ringing';
  const answered = ui.answer !== undefined && ui.answer.stepId === step?.stepId;

  const [shout, setShout] = useState(0);
  const choose = (choice: ChoiceView): void => {
    if (ringing) return;
    if (choice.enabled) tools.choose(choice);
    else setShout((count) => count + 1);
  };
  /** To the next question that must be answered, else to the choices. Reads the page: it is what the person sees. */
  const toNext = (): void => {
    const empty = place.current?.querySelector<HTMLInputElement>('input[data-empty]');
    const next = empty ?? place.current?.querySelector<HTMLElement>('button[data-choice]:not([aria-disabled="true"])');
    next?.focus({ preventScroll: true });
  };
  const goOn = (): void => {
    const open = step?.choices.filter((choice) => choice.enabled) ?? [];
    if (open.length === 1 && !place.current?.querySelector('input[data-empty]')) choose(open[0]!);
    else toNext();
  };
  const byNumber: KeyMap = Object.fromEntries(
    (step?.choices ?? [])
      .filter(({ key }) => key !== '')
      .map((choice) => [choice.key as PanelKey, () => choose(choice)]),
  );
  // On a hold step the number keys first name the time.
  const times = call.hold?.state === 'named' ? undefined : step?.asks?.holdOfferMs;
  const nameTime = (promisedMs: number): void => void send('hold.name', { callId: call.callId, promisedMs });
  useHotkeys(
    ringing || !step
      ? {}
      : {
          ...(times ? offerKeys(offersOf(times), nameTime) : byNumber),
          ...(step.side && { X: () => setUi({ dialog: 'situations' }) }),
          '0': () => setUi({ dialog: 'noAnswer' }),
          enter: goOn,
          ...(answered
            ? { back: () => setUi({ answer: undefined }), escape: () => setUi({ answer: undefined }) }
            : step.canGoBack && { back: tools.back }),
          R: () => setUi({ dialog: 'restart' }),
        },
  );
  if (!step) {
    return (
      <div className={styles['noScript']}>
        <p className={styles['noScriptTitle']}>{t(ringing ? 'script.ringingWithout' : 'script.none')}</p>
        <p>{t('script.noneWhat')}</p>
        {!ringing && (
          <>
            <div className={styles['noScriptOpen']}>
              <Button onClick={() => setUi({ dialog: 'scripts' })}>{t('scripts.open')}</Button>
            </div>
            <StepFooter canGoBack={false} onBack={tools.back} disabled />
          </>
        )}
      </div>
    );
  }
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
          onEnter={toNext}
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
