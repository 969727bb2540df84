import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import type { CallView } from '../../../../server/contract/panel.ts';
import { isAsked } from '../logic/stage.ts';
import { useCall, usePanel } from '../panelContext.ts';
import { useActions } from '../useActions.ts';
import styles from './StepFooter.module.css';

interface Props {
  readonly canGoBack: boolean;
  readonly onBack: () => void;
  readonly disabled: boolean;
  /** Nothing can be done yet but to lift the receiver. */
  readonly ringing?: boolean;
}

/** Under the choices: what is always possible, in the same places on every step. */
export function StepFooter({ canGoBack, onBack, disabled, ringing = false }: Props) {
  const { t } = useTranslation('operator');
  const { ui, setUi } = usePanel();
  const call = useCall();
  const { transfers } = call;
  const actions = useActions();
  const isTold = ui.toldStep !== undefined && ui.toldStep === call.script?.step.stepId;
  return (
    <div className={styles['footer']}>
      {ringing && <p className={styles['lift']}>{t(liftWords(call))}</p>}
      <Quiet hotkey="0" disabled={disabled} onClick={() => setUi({ dialog: 'noAnswer' })}>
        <span role="status">{t(isTold ? 'step.noAnswerTold' : 'step.noAnswer')}</span>
      </Quiet>
      <span className={styles['gap']} />
      <Quiet hotkey="H" disabled={!actions.hold} onClick={actions.hold}>
        {t('action.hold')}
      </Quiet>
      <Quiet hotkey="T" disabled={!actions.transfer} off={transfers.atLimit} onClick={actions.transfer}>
        {t('action.transfer')}
      </Quiet>
      <Quiet hotkey="C" disabled={!actions.callback} onClick={actions.callback}>
        {t('action.callback')}
      </Quiet>
      <span className={styles['gap']} />
      <Quiet hotkey="R" disabled={disabled} onClick={() => setUi({ dialog: 'restart' })}>
        {t('step.restart')}
      </Quiet>
      <Quiet hotkey="⌫" code="Backspace" disabled={!canGoBack} onClick={onBack}>
        {t('step.back')}
      </Quiet>
    </div>
  );
}

/** What makes the talk begin. */
function liftWords(call: CallView): string {
  if (isAsked(call)) return 'script.asked';
  return call.direction === 'outbound' ? 'script.liftOut' : 'script.lift';
}

interface QuietProps {
  readonly hotkey: string;
  /** Name of the key for speech readers, where the drawn one is a sign. */
  readonly code?: string;
  readonly disabled: boolean;
  /** It will not be done, but opening it tells why and what can be done instead. */
  readonly off?: boolean;
  readonly onClick: (() => void) | undefined;
  readonly children: ReactNode;
}

function Quiet({ hotkey, code = hotkey, disabled, off = false, onClick, children }: QuietProps) {
  return (
    <button
      type="button"
      className={styles['quiet']}
      data-off={off || undefined}
      disabled={disabled}
      onClick={onClick}
      aria-keyshortcuts={code}
    >
      <Key>{hotkey}</Key>
      <span>{children}</span>
    </button>
  );
}
