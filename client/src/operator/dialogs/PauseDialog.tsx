import { useTranslation } from 'react-i18next';
import { useSite } from '../../app/session.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

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
  const keys = Object.fromEntries(
    pauseReasons.slice(0, 9).map(({ code }, index) => [String(index + 1), () => pause(code)]),
  );
  return (
    <Dialog title={t('pause.title')} width={440} keys={keys}>
      <div className={styles['list']}>
        {pauseReasons.map(({ code, label }, index) => (
          <button key={code} type="button" className={styles['option']} onClick={() => pause(code)}>
            {index < 9 && <Key>{index + 1}</Key>}
            {label}
          </button>
        ))}
      </div>
      <Refusal refused={refused} />
    </Dialog>
  );
}
