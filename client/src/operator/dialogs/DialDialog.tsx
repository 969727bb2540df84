import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../shared/ui/TextField.tsx';
import { tidyPhone } from '../logic/phone.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Dialog } from './Dialog.tsx';
import { DialogForm } from './DialogForm.tsx';

/** A call that the operator makes: the telephone on the desk rings first, then the client. */
export function DialDialog() {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const { send, busy, refused } = useCommand();
  const [number, setNumber] = useState('');
  const dial = (): void => {
    if (number.trim() === '') return;
    void send('call.dial', { number: tidyPhone(number) }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  return (
    <Dialog title={t('dial.title')} width={440} ownFocus>
      <DialogForm onSubmit={dial} submit={t('dial.call')} hotkey="Enter" disabled={busy} refused={refused}>
        <TextField
          data-autofocus
          label={t('callback.number')}
          description={t('dial.what')}
          value={number}
          inputMode="tel"
          autoComplete="off"
          onChange={(event) => setNumber(event.currentTarget.value)}
          onBlur={() => setNumber(tidyPhone(number))}
        />
      </DialogForm>
    </Dialog>
  );
}
