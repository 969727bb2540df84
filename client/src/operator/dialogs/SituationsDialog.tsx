import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** Special situations that can arise on any step: the client is silent, upset, a child, speaks another language. */
export function SituationsDialog() {
  const { t } = useTranslation('operator');
  const { call, setUi } = usePanel();
  const { send, refused, refuse } = useCommand();
  const step = call?.script?.step;
  if (!call || !step) return null;
  const side = step.side ?? [];
  const choose = (choice: ChoiceView): void => {
    if (!choice.enabled) {
      refuse({ code: 'script.choiceOff', details: { why: choice.whyNot ?? '' } });
      return;
    }
    void send('script.choose', { callId: call.callId, stepId: step.stepId, choiceId: choice.id }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  const keys = Object.fromEntries(side.slice(0, 9).map((choice, index) => [String(index + 1), () => choose(choice)]));
  return (
    <Dialog title={t('situations.title')} width={520} keys={keys}>
      <div className={styles['list']}>
        {side.map((choice, index) => (
          <button
            key={choice.id}
            type="button"
            className={styles['option']}
            aria-disabled={!choice.enabled}
            onClick={() => choose(choice)}
          >
            {index < 9 && <Key>{index + 1}</Key>}
            {choice.label}
          </button>
        ))}
      </div>
      <Refusal refused={refused} />
    </Dialog>
  );
}
