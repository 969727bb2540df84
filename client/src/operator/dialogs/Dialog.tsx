import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkeys, type KeyMap } from '../hotkeys.tsx';
import { usePanel } from '../panelContext.ts';

interface Props {
  readonly title: ReactNode;
  readonly width?: number;
  /** Keys of this dialog; those of the page below are silent. */
  readonly keys?: KeyMap;
  readonly children: ReactNode;
}

/** The frame of every dialog: focus stays inside, Escape closes, the state of the line stays in sight above. */
export function Dialog({ title, width = 640, keys = {}, children }: Props) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const close = (): void => setUi({ dialog: undefined, about: undefined });
  useHotkeys({ escape: close, ...keys }, { modal: true });
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={width}
      yOffset={84}
      centered={false}
      returnFocus
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
    >
      {children}
    </Modal>
  );
}
