import type { DeviceOption } from '../../../../server/contract/rest.ts';
import { digitOf, OptionRow } from '../OptionRow.tsx';
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
          <OptionRow hotkey={digitOf(index)} pressed={device === current} onClick={() => onChoose(device)}>
            <span>{label}</span>
            <span className={styles['quiet']}>{device}</span>
          </OptionRow>
        </li>
      ))}
    </ul>
  );
}
