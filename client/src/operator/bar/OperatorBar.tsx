import { IconDeviceLandlinePhone, IconPhoneOutgoing, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { extensionOf } from '../../../../machines/vocabulary/index.ts';
import { useSite } from '../../app/session.ts';
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
  const { operator } = usePanel().view;
  const { nameOf } = useSite();
  // Who has not worked today has been in no state yet.
  const lostAt = operator.deviceLostAt;
  const since = lostAt ?? operator.since;
  const time = useTimed((now) => (since > 0 ? elapsed(now - since) : ''));
  const code = operator.pauseReason;
  // The machine's own reasons have words of the screen, the organisation's have names of the site.
  const reason = code && t(`operator.reasons.${code}`, { defaultValue: nameOf('pauseReasons', code) });
  return (
    <>
      <div className={styles['state']}>
        <span className={styles['label']}>
          <i className={styles['dot']} data-operator={lostAt === undefined ? operator.state : 'lost'} />
          {t(lostAt === undefined ? `operator.${operator.state}` : 'operator.deviceLost')}
        </span>
        <span className={`${styles['timer']} figures`}>{time}</span>
      </div>
      <div className={styles['who']}>
        <span className={styles['name']}>{operator.name}</span>
        <span className={styles['sub']}>{reason === undefined ? operator.unit : t('operator.why', { reason })}</span>
      </div>
      <div className={styles['actions']} data-wide>
        <Device />
        {operator.device !== undefined && <Work />}
      </div>
    </>
  );
}

function Device() {
  const { t } = useTranslation('operator');
  const { view, setUi } = usePanel();
  const { device } = view.operator;
  const label = device ? t('device.number', { number: extensionOf(device) }) : t('action.device');
  return (
    <BarAction
      icon={<IconDeviceLandlinePhone {...ICON} />}
      label={label}
      hotkey="D"
      onClick={() => setUi({ dialog: 'device' })}
    />
  );
}

/** At a telephone: to call somebody, to rest, to take calls. */
function Work() {
  const { t } = useTranslation('operator');
  const { view, send, setUi } = usePanel();
  return (
    <>
      <BarAction
        icon={<IconPhoneOutgoing {...ICON} />}
        label={t('action.dial')}
        hotkey="N"
        onClick={() => setUi({ dialog: 'dial' })}
      />
      {view.operator.state === 'ready' ? (
        <BarAction
          icon={<IconPlayerPause {...ICON} />}
          label={t('action.pause')}
          hotkey="P"
          onClick={() => setUi({ dialog: 'pause' })}
        />
      ) : (
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
  );
}
