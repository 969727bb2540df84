import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import styles from './StepForm.module.css';

interface Props {
  readonly onAdd: () => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Adds an item to the list above it; whoever added it goes on writing in its first field. */
export function AddButton({ onAdd, className = styles['plus'], children }: Props) {
  return (
    <button
      type="button"
      className={className}
      onClick={({ currentTarget }) => {
        flushSync(onAdd);
        const added = currentTarget.previousElementSibling?.querySelector<HTMLElement>('input, textarea, select');
        added?.focus();
        if (added instanceof HTMLInputElement || added instanceof HTMLTextAreaElement) added.select();
      }}
    >
      <IconPlus size={14} /> {children}
    </button>
  );
}
