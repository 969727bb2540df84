import type { ReactNode } from 'react';
import { Key } from '../shared/ui/Key.tsx';
import styles from './OptionRow.module.css';

interface Props {
  readonly hotkey?: string | number | undefined;
  /** The one that is chosen now; undefined where a choice ends the matter. */
  readonly pressed?: boolean;
  /** A press tells why it cannot be. */
  readonly off?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** One of a list to choose from, with the key that chooses it. */
export function OptionRow({ hotkey, pressed, off, onClick, children }: Props) {
  return (
    <button type="button" className={styles['row']} aria-pressed={pressed} aria-disabled={off} onClick={onClick}>
      {hotkey !== undefined && <Key>{hotkey}</Key>}
      {children}
    </button>
  );
}

/** The digit of a place in a list. */
export const digitOf = (index: number): number | undefined => (index < 9 ? index + 1 : undefined);

export const OptionList = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles['list']}>{children}</div>
);
