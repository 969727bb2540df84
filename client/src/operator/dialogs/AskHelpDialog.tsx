import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../shared/ui/TextField.tsx';
import { digitKeys } from '../logic/keys.ts';
import { OptionList, OptionRow } from '../OptionRow.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Dialog } from './Dialog.tsx';
import { DialogForm } from './DialogForm.tsx';

const REASONS = ['upset', 'unknown', 'transfer', 'threat'] as const;

/** The supervisor is called for help, with the reason, by one key. */
export function AskHelpDialog() {
  const { t } = useTranslation('operator');
  const { ui, setUi } = usePanel();
  const { send, busy, refused } = useCommand();
  const [reason, setReason] = useState(() => ui.about ?? '');
  const ask = (why: string): void => {
    if (why.trim() === '') return;
    void send('operator.askHelp', { reason: why.trim() }).then((result) => {
      if (result.ok) setUi({ dialog: undefined, about: undefined });
    });
  };
  return (
    <Dialog title={t('askHelp.title')} width={520} keys={digitKeys(REASONS, (name) => ask(t(`askHelp.${name}`)))}>
      <DialogForm
        onSubmit={() => ask(reason)}
        submit={t('askHelp.send')}
        disabled={busy || reason.trim() === ''}
        refused={refused}
      >
        <OptionList>
          {REASONS.map((name, index) => (
            <OptionRow key={name} hotkey={index + 1} onClick={() => ask(t(`askHelp.${name}`))}>
              {t(`askHelp.${name}`)}
            </OptionRow>
          ))}
        </OptionList>
        <TextField
          label={t('askHelp.other')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
