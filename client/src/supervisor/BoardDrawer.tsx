import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeptFocus } from '../shared/ui/keptFocus.ts';
import styles from './Drawers.module.css';

interface Props {
  readonly opened: boolean;
  readonly title: string | undefined;
  readonly size: number | string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What opens beside the board. Closed, it gives the focus back; where the row that opened it is gone, to the next. */
export function BoardDrawer({ children, ...drawer }: Props) {
  const { t } = useTranslation('supervisor');
  return (
    <Drawer
      {...drawer}
      position="right"
      closeButtonProps={{ 'aria-label': t('operator.close') }}
      onExitTransitionEnd={() => {
        if (document.activeElement === document.body)
          document.querySelector<HTMLElement>('main [data-row][tabindex="0"]')?.focus();
      }}
    >
      <Inside>{children}</Inside>
    </Drawer>
  );
}

function Inside({ children }: { readonly children: ReactNode }) {
  return (
    <div {...useKeptFocus<HTMLDivElement>()} className={styles['inside']}>
      {children}
    </div>
  );
}
