import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { digitKeys } from '../logic/keys.ts';
import { useCommand } from '../panelContext.ts';
import { DeviceList } from './DeviceList.tsx';
import styles from './Hold.module.css';
import { Refusal } from './Refusal.tsx';

/** The first thing of a shift: at which telephone one sits. */
export function DeviceStage() {
  const { t } = useTranslation('operator');
  const { session } = useSession();
  const { send, refused, forget } = useCommand();
  const choose = (device: string): void => void send('operator.chooseDevice', { device });
  const { devices } = session;
  useHotkeys(digitKeys(devices, ({ device }) => choose(device)));
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>{t('device.title')}</h1>
      <p className={styles['quiet']}>{t(devices.length === 0 ? 'device.nothing' : 'device.what')}</p>
      <DeviceList devices={devices} current={undefined} onChoose={choose} />
      <Refusal refused={refused} onClose={forget} />
    </div>
  );
}
