import { useTranslation } from 'react-i18next';
import type { ChoiceView } from '../../../../machines/script/view.ts';
import { digitKeys } from '../logic/keys.ts';
import { digitOf, OptionList, OptionRow } from '../OptionRow.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';

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
  return (
    <Dialog title={t('situations.title')} width={520} keys={digitKeys(side, choose)}>
      <OptionList>
        {side.map((choice, index) => (
          <OptionRow key={choice.id} hotkey={digitOf(index)} off={!choice.enabled} onClick={() => choose(choice)}>
            {choice.label}
          </OptionRow>
        ))}
      </OptionList>
      <Refusal refused={refused} />
    </Dialog>
  );
}
