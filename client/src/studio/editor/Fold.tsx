import { useState, type ReactNode } from 'react';
import styles from './Fold.module.css';

interface Props {
  readonly label: string;
  /** What is inside, in words, so that nobody has to open it to know. */
  readonly words: string;
  readonly children: ReactNode;
}

/** What is seldom changed, folded under its name; drawn when it is opened. */
export function Fold({ label, words, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles['fold']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}: {words}
      </summary>
      {isOpen && <div className={styles['inside']}>{children}</div>}
    </details>
  );
}
