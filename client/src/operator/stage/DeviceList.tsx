import { useTranslation } from 'react-i18next';
import type { DeviceOption } from '../../../../server/contract/rest.ts';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './DeviceList.module.css';

interface Props {
  readonly devices: readonly DeviceOption[];
  readonly current: string | undefined;
  readonly onChoose: (device: string) => void;
}

export function DeviceList({ devices, current, onChoose }: Props) {
  const { t } = useTranslation('operator');
  return (
    <ul className={styles['list']}>
      {devices.map(({ device, label, takenBy }, index) => (
        <li key={device}>
          <button
            type="button"
            className={styles['row']}
            aria-pressed={device === current}
            onClick={() => onChoose(device)}
          >
            {index < 9 && <Key>{index + 1}</Key>}
            <span>{label}</span>
            <span className={styles['quiet']}>
              {takenBy === undefined ? (label === device ? '' : device) : t('device.takenBy', { name: takenBy })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
