import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { usePanel, type CommandTools } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import styles from './Dialogs.module.css';

interface Props extends Pick<CommandTools, 'refused'> {
  readonly onSubmit: () => void;
  readonly submit: ReactNode;
  /** Absent where Enter is a matter of the fields above. */
  readonly hotkey?: 'Enter';
  readonly disabled: boolean;
  readonly children: ReactNode;
}

/** What is filled in and sent from a dialog: its fields, why it was refused, and the two ways out. */
export function DialogForm({ onSubmit, submit, hotkey, disabled, refused, children }: Props) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <Refusal refused={refused} />
      <div className={styles['buttons']}>
        <Button kind="primary" type="submit" disabled={disabled} {...(hotkey && { hotkey })}>
          {submit}
        </Button>
        <Button kind="quiet" onClick={() => setUi({ dialog: undefined })} hotkey="Esc">
          {t('dialog.cancel')}
        </Button>
      </div>
    </form>
  );
}
