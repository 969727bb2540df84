import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import { TextField } from '../../shared/ui/TextField.tsx';

interface Props {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onEnter: () => void;
  /** Out of the field, so that the dialog's keys work again. */
  readonly onLeave: () => void;
}

/** Finds a colleague by name, unit, topic or number. */
export function TransferSearch({ inputRef, text, onType, onMove, onEnter, onLeave }: Props) {
  const { t } = useTranslation('operator');
  return (
    <TextField
      ref={inputRef}
      aria-label={t('transfer.search')}
      placeholder={t('transfer.search')}
      icon={<IconSearch size={16} aria-hidden />}
      after={<Key>/</Key>}
      value={text}
      autoComplete="off"
      // Or the dialog would close at the first Escape.
      data-mantine-stop-propagation
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') onMove(1);
        else if (event.key === 'ArrowUp') onMove(-1);
        else if (event.key === 'Enter') onEnter();
        else if (event.key === 'Escape') onLeave();
        else return;
        event.preventDefault();
      }}
    />
  );
}
