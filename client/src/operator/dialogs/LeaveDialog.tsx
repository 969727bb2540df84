import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useConnection } from '../../shared/realtime/context.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { MantineRoot } from '../../shared/ui/MantineRoot.tsx';
import styles from './Dialogs.module.css';
import { Heirs } from './Heirs.tsx';

interface Props {
  /** Promises to call back that are this person's. */
  readonly count: number;
  /** The shift is over: the session can end. */
  readonly onLeft: () => void;
  readonly onStay: () => void;
}

/** Who signs out says who keeps the promises meanwhile. On every page: it needs no panel. */
export default function LeaveDialog({ count, onLeft, onStay }: Props) {
  const { t } = useTranslation('operator');
  const errorWords = useErrorWords();
  const { user } = useSession().session;
  const { send } = useConnection();
  const [to, setTo] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const leave = async (handsOver: boolean): Promise<void> => {
    setBusy(true);
    const reason = t('promise.endOfShift');
    const handed = handsOver ? await send('callback.handOverAll', { to: [...to], reason }) : undefined;
    const result = handed?.ok === false ? handed : await send('operator.signOut', { keepsPromises: true });
    if (result.ok) return onLeft();
    setBusy(false);
    setProblem(errorWords(result.error.code, result.error.details));
  };
  return (
    <MantineRoot>
      <Modal
        opened
        onClose={onStay}
        title={t('leave.title', { count })}
        size="calc(640px * var(--zoom))"
        yOffset="calc(84px * var(--zoom))"
        closeButtonProps={{ 'aria-label': t('dialog.close') }}
        // Keys of the panel below are not meant while this is open.
        onKeyDown={(event) => event.stopPropagation()}
      >
        <div tabIndex={-1} data-autofocus className={`${styles['plain']} ${styles['form']}`}>
          <p className={styles['text']}>{t('leave.what')}</p>
          <Heirs me={user.id} value={to} onChange={setTo} />
          {problem !== undefined && (
            <p className={styles['quiet']} role="alert">
              {problem}
            </p>
          )}
          <div className={styles['buttons']}>
            <Button kind="primary" disabled={busy} onClick={() => void leave(true)}>
              {t('leave.handOver')}
            </Button>
            <Button disabled={busy} onClick={() => void leave(false)}>
              {t('leave.keep')}
            </Button>
            <Button kind="quiet" onClick={onStay} hotkey="Esc">
              {t('leave.stay')}
            </Button>
          </div>
        </div>
      </Modal>
    </MantineRoot>
  );
}
