import { IconDeviceLandlinePhone, IconPhoneOutgoing, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession, useSite } from '../../app/session.ts';
import { elapsed } from '../../shared/time/format.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useTimed } from '../../shared/time/ticker.ts';
import { usePanel } from '../panelContext.ts';
import { BarAction } from './BarAction.tsx';
import styles from './LineBar.module.css';

const ICON = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;

/** No call: the operator's own state, and how to change it. */
export function OperatorBar() {
  const { t } = useTranslation('operator');
  const { view, send, setUi } = usePanel();
  const { operator } = view;
  const { session } = useSession();
  const site = useSite();
  // Who has not worked today has been in no state yet.
  const time = useTimed((now) => (operator.since > 0 ? elapsed(now - operator.since) : ''));
  const device = session.devices.find((option) => option.device === operator.device);
  const reason =
    site.pauseReasons.find((one) => one.code === operator.pauseReason)?.label ??
    (operator.pauseReason && t(`operator.reasons.${operator.pauseReason}`, { defaultValue: operator.pauseReason }));
  const ready = operator.state === 'ready';
  return (
    <>
      <div className={styles['state']}>
        <span className={styles['label']}>
          <i className={styles['dot']} data-operator={operator.state} />
          {t(`operator.${operator.state}`)}
        </span>
        <span className={`${styles['timer']} figures`}>{time}</span>
      </div>
      <div className={styles['who']}>
        <span className={styles['name']}>{operator.name}</span>
        <span className={styles['sub']}>{reason === undefined ? operator.unit : t('operator.why', { reason })}</span>
      </div>
      <div className={styles['actions']} data-wide>
        <BarAction
          icon={<IconDeviceLandlinePhone {...ICON} />}
          label={operator.device === undefined ? t('action.device') : (device?.label ?? operator.device)}
          hotkey="D"
          onClick={() => setUi({ dialog: 'device' })}
        />
        {operator.device !== undefined && (
          <>
            <BarAction
              icon={<IconPhoneOutgoing {...ICON} />}
              label={t('action.dial')}
              hotkey="N"
              onClick={() => setUi({ dialog: 'dial' })}
            />
            {ready && (
              <BarAction
                icon={<IconPlayerPause {...ICON} />}
                label={t('action.pause')}
                hotkey="P"
                onClick={() => setUi({ dialog: 'pause' })}
              />
            )}
            {!ready && (
              <button
                type="button"
                className={styles['go']}
                aria-keyshortcuts="P"
                onClick={() => void send('operator.ready', {})}
              >
                <IconPlayerPlay {...ICON} />
                {t('action.ready')} <Key onDark>P</Key>
              </button>
            )}
          </>
        )}
      </div>
    </>
  );
}
