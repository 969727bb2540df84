import type { ReactNode } from 'react';
import { Key } from '../../shared/ui/Key.tsx';
import styles from './LineBar.module.css';

interface Props {
  readonly icon: ReactNode;
  readonly label: string;
  readonly hotkey?: string;
  readonly onClick: () => void;
  /** It will not be done, but opening it tells why and what can be done instead. */
  readonly off?: boolean;
  /** Only the icon; the label is its name for speech readers and on hovering. */
  readonly narrow?: boolean;
}

export function BarAction({ icon, label, hotkey, onClick, off = false, narrow = false }: Props) {
  return (
    <button
      type="button"
      className={styles['action']}
      data-off={off || undefined}
      onClick={onClick}
      title={narrow ? label : undefined}
      aria-label={narrow ? label : undefined}
      aria-keyshortcuts={hotkey}
    >
      {icon}
      {!narrow && <span>{label}</span>}
      {hotkey && <Key>{hotkey}</Key>}
    </button>
  );
}
