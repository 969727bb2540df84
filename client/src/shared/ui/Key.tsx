import type { ReactNode } from 'react';
import styles from './Key.module.css';

/** A key of the keyboard. Drawn for eyes only: what it does is told by `aria-keyshortcuts` and the help page. */
export function Key({ children, onDark = false }: { readonly children: ReactNode; readonly onDark?: boolean }) {
  return (
    <kbd className={styles['key']} data-on-dark={onDark || undefined} aria-hidden="true">
      {children}
    </kbd>
  );
}
