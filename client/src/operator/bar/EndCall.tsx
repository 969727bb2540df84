import { IconPhoneOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../../machines/vocabulary/index.ts';
import { usePanel } from '../panelContext.ts';
import styles from './LineBar.module.css';

/** Ending a call asks once more in the same place: a slip here costs a citizen the whole queue. */
export function EndCall({ callId }: { readonly callId: CallId }) {
  const { t } = useTranslation('operator');
  const { send } = usePanel();
  const [sure, setSure] = useState(false);
  useEffect(() => {
    if (!sure) return undefined;
    const timer = setTimeout(() => setSure(false), 4_000);
    return () => clearTimeout(timer);
  }, [sure]);
  return (
    <button
      type="button"
      className={styles['end']}
      data-sure={sure || undefined}
      title={t('action.hangUp')}
      aria-label={t(sure ? 'action.hangUpSure' : 'action.hangUp')}
      onClick={() => {
        if (sure) void send('call.hangUp', { callId });
        setSure(!sure);
      }}
    >
      <IconPhoneOff size={18} stroke={1.7} aria-hidden />
      {sure && <span>{t('action.hangUpSure')}</span>}
    </button>
  );
}
