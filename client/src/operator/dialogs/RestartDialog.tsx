import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

export function RestartDialog() {
  const { t } = useTranslation('operator');
  const { call, setUi } = usePanel();
  const { send, busy, refused } = useCommand();
  if (!call) return null;
  const restart = (): void => {
    void send('script.restart', { callId: call.callId }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  return (
    <Dialog title={t('restart.title')} width={440} keys={{ enter: restart }}>
      <div className={styles['form']}>
        <p className={styles['text']}>{t('restart.what')}</p>
        <Refusal refused={refused} />
        <div className={styles['buttons']}>
          <Button kind="primary" onClick={restart} disabled={busy} hotkey="Enter">
            {t('restart.yes')}
          </Button>
          <Button kind="quiet" onClick={() => setUi({ dialog: undefined })} hotkey="Esc">
            {t('dialog.cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
