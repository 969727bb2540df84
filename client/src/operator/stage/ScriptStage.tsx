import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { useHotkeys, type KeyMap } from '../hotkeys.tsx';
import type { PanelKey } from '../logic/keys.ts';
import { useCall, usePanel } from '../panelContext.ts';
import { useStep } from '../useStep.ts';
import { Choices } from './Choices.tsx';
import { Fields } from './Fields.tsx';
import { Refusal } from './Refusal.tsx';
import { SayLine } from './SayLine.tsx';
import styles from './ScriptStage.module.css';
import { StepFooter } from './StepFooter.tsx';
import { StepHeader } from './StepHeader.tsx';

/** A step of the script: what to say, what to write down, where to go. While it rings, the greeting lies ready. */
export function ScriptStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { stage, ui, setUi } = usePanel();
  const tools = useStep(call);
  const place = useRef<HTMLDivElement>(null);
  const { step } = tools;
  const ringing = stage === 'ringing';
  const stepId = step?.stepId;

  // A question that must be answered gets the cursor: the client is already speaking.
  useEffect(() => {
    if (!ringing) place.current?.querySelector<HTMLInputElement>('input[data-first]')?.focus({ preventScroll: true });
  }, [ringing, stepId]);

  const choose = (choice: ChoiceView): void => {
    if (!ringing) tools.choose(choice);
  };
  const goOn = (): void => {
    const empty = place.current?.querySelector<HTMLInputElement>('input[data-empty]');
    const open = step?.choices.filter((choice) => choice.enabled) ?? [];
    if (empty) empty.focus();
    else if (open.length === 1) choose(open[0]!);
    else place.current?.querySelector<HTMLButtonElement>('button[data-choice]:not([aria-disabled="true"])')?.focus();
  };
  const byNumber: KeyMap = Object.fromEntries(
    (step?.choices ?? []).map((choice) => [choice.key as PanelKey, () => choose(choice)]),
  );
  useHotkeys(
    ringing || !step
      ? {}
      : {
          ...byNumber,
          '0': () => setUi({ dialog: 'noAnswer' }),
          enter: goOn,
          ...(ui.answer
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
      </div>
    );
  }
  return (
    <div className={styles['script']} ref={place} data-ringing={ringing || undefined}>
      <StepHeader step={step} ringing={ringing} />
      <div className={styles['body']}>
        <SayLine key={step.stepId} step={step} />
        <Fields key={`${step.stepId}/fields`} step={step} onAnswer={tools.answer} onEnter={goOn} />
      </div>
      <div className={styles['foot']}>
        <Refusal refused={tools.refused} onClose={tools.forget} />
        <Choices choices={step.choices} disabled={ringing} taken={tools.taken} onChoose={choose} />
        <StepFooter canGoBack={step.canGoBack && !ringing} onBack={tools.back} disabled={ringing} />
      </div>
    </div>
  );
}
