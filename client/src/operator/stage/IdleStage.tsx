import { IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useHotkeys } from '../hotkeys.tsx';
import { byNearestBreach } from '../logic/band.ts';
import { digitKeys } from '../logic/keys.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { PromiseRow } from '../dialogs/PromiseRow.tsx';
import styles from './IdleStage.module.css';
import { Refusal } from './Refusal.tsx';
import { WasItClient } from './WasItClient.tsx';

/** No call: what was promised to clients, the nearest first, each one key away from being kept. */
export function IdleStage() {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const { send, refused, forget } = useCommand();
  const callbacks = byNearestBreach(view.callbacks);
  const call = (promiseId: string): void => void send('callback.call', { promiseId });
  useHotkeys(digitKeys(callbacks, ({ promiseId }) => call(promiseId)));
  return (
    <div className={styles['stage']}>
      <div className={styles['head']}>
        <h1>{t('idle.promises')}</h1>
        {callbacks.length > 0 && <span>{t('idle.count', { count: callbacks.length })}</span>}
      </div>
      <div className={styles['asks']}>
        <WasItClient />
        <Refusal refused={refused} onClose={forget} />
      </div>
      {callbacks.length === 0 ? (
        <div className={styles['empty']}>
          <IconPhoneCall size={28} stroke={1.4} aria-hidden />
          <p className={styles['emptyTitle']}>{t('idle.noPromises')}</p>
          <p>{t('idle.noPromisesWhat')}</p>
        </div>
      ) : (
        <ul className={styles['list']}>
          {callbacks.map((callback, index) => (
            <PromiseRow
              key={callback.promiseId}
              callback={callback}
              hotkey={index < 9 ? String(index + 1) : undefined}
              onCall={() => call(callback.promiseId)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
