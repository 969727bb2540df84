import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { useHotkeys } from '../hotkeys.tsx';
import { formatPhone } from '../logic/phone.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from './Refusal.tsx';
import styles from './WasItClient.module.css';

/**
 * A callback was answered: only the operator knows whether the client himself was there, and only then is the promise
 * kept (3.5.5-г). Asked until it is said.
 */
export function WasItClient() {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const { send, busy, refused, forget } = useCommand();
  const asked = view.callbacks.filter((callback) => callback.talkedAt !== undefined);
  const confirm = (promiseId: string): void => void send('callback.confirm', { promiseId });
  const [first] = asked;
  useHotkeys({ ...(first && !busy ? { Y: () => confirm(first.promiseId) } : {}) });
  if (first === undefined) return null;
  return (
    <div className={styles['asked']}>
      {asked.map(({ promiseId, clientName, number }) => (
        <div key={promiseId} className={styles['one']} role="group" aria-label={t('promise.wasClient')}>
          <p>
            <strong>{clientName || formatPhone(number)}.</strong> {t('promise.wasClient')}
          </p>
          <Button
            kind="primary"
            disabled={busy}
            onClick={() => confirm(promiseId)}
            {...(promiseId === first.promiseId ? { hotkey: 'Y' } : {})}
          >
            {t('promise.confirm')}
          </Button>
          {(['noAnswer', 'wrongNumber'] as const).map((outcome) => (
            <Button
              key={outcome}
              disabled={busy}
              onClick={() => void send('callback.attempt', { promiseId, outcome, note: '' })}
            >
              {t(`promise.not.${outcome}`)}
            </Button>
          ))}
        </div>
      ))}
      <Refusal refused={refused} onClose={forget} />
    </div>
  );
}
