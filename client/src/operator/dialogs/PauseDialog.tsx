import { useTranslation } from 'react-i18next';
import { useSite } from '../../app/session.ts';
import { digitKeys } from '../logic/keys.ts';
import { digitOf, OptionList, OptionRow } from '../OptionRow.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';

/** A pause has a reason: it is chosen by one key. */
export function PauseDialog() {
  const { t } = useTranslation('operator');
  const { pauseReasons } = useSite();
  const { setUi } = usePanel();
  const { send, refused } = useCommand();
  const pause = (reason: string): void => {
    void send('operator.pause', { reason }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  const keys = digitKeys(pauseReasons, ({ code }) => pause(code));
  return (
    <Dialog title={t('pause.title')} width={440} keys={keys}>
      <OptionList>
        {pauseReasons.map(({ code, label }, index) => (
          <OptionRow key={code} hotkey={digitOf(index)} onClick={() => pause(code)}>
            {label}
          </OptionRow>
        ))}
      </OptionList>
      <Refusal refused={refused} />
    </Dialog>
  );
}
