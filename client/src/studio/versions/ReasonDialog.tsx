import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { TextArea } from '../../shared/ui/TextField.tsx';
import { Dialog } from '../Dialog.tsx';
import styles from './Versions.module.css';

interface Props {
  readonly title: string;
  readonly what?: string;
  readonly act: string;
  readonly optional?: boolean;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  readonly onDone: (reason: string) => void;
}

/** Asks why; the answer stays with the version. */
export function ReasonDialog({ title, what, act, optional, children, onClose, onDone }: Props) {
  const { t } = useTranslation('studio');
  const [reason, setReason] = useState('');
  const ready = optional === true || reason.trim() !== '';
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onDone(reason.trim());
        }}
      >
        {what !== undefined && <p>{what}</p>}
        {children}
        <TextArea
          autoFocus
          rows={3}
          maxLength={500}
          label={t(optional ? 'review.note' : 'reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button kind="primary" type="submit" disabled={!ready}>
          {act}
        </Button>
      </form>
    </Dialog>
  );
}
