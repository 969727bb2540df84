import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';
import { Key } from './Key.tsx';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** `primary`: the one thing to do here. `plain`: others. `quiet`: at the edge of sight. `danger`: cannot be undone. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** The key that does the same, drawn on the button. */
  readonly hotkey?: string | undefined;
  readonly wide?: boolean;
  /** In a list or beside a field. */
  readonly small?: boolean;
}

export function Button({ kind = 'plain', icon, hotkey, wide, small, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={styles['button']}
      data-kind={kind}
      data-wide={wide || undefined}
      data-small={small || undefined}
    >
      {icon}
      <span>{children}</span>
      {hotkey !== undefined && <Key onDark={kind === 'primary' || kind === 'danger'}>{hotkey}</Key>}
    </button>
  );
}
