import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkeys, type KeyMap } from '../hotkeys.tsx';
import { usePanel } from '../panelContext.ts';
import styles from './Dialogs.module.css';

interface Props {
  readonly title: ReactNode;
  readonly width?: number;
  /** Keys of this dialog; those of the page below are silent. */
  readonly keys?: KeyMap;
  /** A field of the dialog takes the cursor (`data-autofocus`); otherwise the keys of the dialog are ready at once. */
  readonly ownFocus?: boolean;
  readonly children: ReactNode;
}

/** The frame of every dialog: focus stays inside, Escape closes, the state of the line stays in sight above. */
export function Dialog({ title, width = 640, keys = {}, ownFocus = false, children }: Props) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const close = (): void => setUi({ dialog: undefined, about: undefined });
  useHotkeys({ escape: close, ...keys }, { modal: true });
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={`calc(${width}px * var(--zoom))`}
      yOffset="calc(84px * var(--zoom))"
      centered={false}
      returnFocus
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
    >
      {ownFocus ? (
        children
      ) : (
        <div tabIndex={-1} data-autofocus className={styles['plain']}>
          {children}
        </div>
      )}
    </Modal>
  );
}
