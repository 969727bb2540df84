import type { DeviceOption } from '../../../../server/contract/rest.ts';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './DeviceList.module.css';

interface Props {
  readonly devices: readonly DeviceOption[];
  readonly current: string | undefined;
  readonly onChoose: (device: string) => void;
}

export function DeviceList({ devices, current, onChoose }: Props) {
  return (
    <ul className={styles['list']}>
      {devices.map(({ device, label }, index) => (
        <li key={device}>
          <button
            type="button"
            className={styles['row']}
            aria-pressed={device === current}
            onClick={() => onChoose(device)}
          >
            {index < 9 && <Key>{index + 1}</Key>}
            <span>{label}</span>
            <span className={styles['quiet']}>{device}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
