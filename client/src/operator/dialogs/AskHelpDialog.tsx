import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { Key } from '../../shared/ui/Key.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

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
  const keys = Object.fromEntries(REASONS.map((name, index) => [String(index + 1), () => ask(t(`askHelp.${name}`))]));
  return (
    <Dialog title={t('askHelp.title')} width={520} keys={keys}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          ask(reason);
        }}
      >
        <div className={styles['list']}>
          {REASONS.map((name, index) => (
            <button key={name} type="button" className={styles['option']} onClick={() => ask(t(`askHelp.${name}`))}>
              <Key>{index + 1}</Key>
              {t(`askHelp.${name}`)}
            </button>
          ))}
        </div>
        <TextField
          label={t('askHelp.other')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refusal refused={refused} />
        <div className={styles['buttons']}>
          <Button kind="primary" type="submit" disabled={busy || reason.trim() === ''}>
            {t('askHelp.send')}
          </Button>
          <Button kind="quiet" onClick={() => setUi({ dialog: undefined })} hotkey="Esc">
            {t('dialog.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
