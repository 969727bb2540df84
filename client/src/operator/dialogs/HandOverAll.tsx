import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Heirs } from './Heirs.tsx';
import styles from './PromiseActs.module.css';

/** At the end of a shift: everything one has promised goes to colleagues, or to whoever is there. */
export function HandOverAll({ count }: { readonly count: number }) {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const { send, busy, refused, forget } = useCommand();
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  if (!open) {
    return (
      <div className={styles['buttons']}>
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {t('promise.handOverAll', { count })}
        </Button>
      </div>
    );
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        const why = reason.trim() || t('promise.endOfShift');
        void send('callback.handOverAll', { to: [...to], reason: why }).then((result) => result.ok && setOpen(false));
      }}
    >
      <p>{t('promise.what.handOverAll')}</p>
      <Heirs me={view.operator.id} value={to} onChange={setTo} />
      <TextField
        label={t('promise.reason')}
        value={reason}
        placeholder={t('promise.endOfShift')}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal refused={refused} onClose={forget} />
      <div className={styles['buttons']}>
        <Button kind="primary" type="submit" disabled={busy}>
          {t('promise.handOverAll', { count })}
        </Button>
        <Button kind="quiet" onClick={() => setOpen(false)}>
          {t('dialog.cancel')}
        </Button>
      </div>
    </form>
  );
}
