import { IconBuildingCommunity, IconPhoneCall, IconUserQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import { useCall, usePanel } from '../panelContext.ts';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

const ICON = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;

/** No transfer is left: why, and what helps the client instead. */
export function TransferLimit({ title }: { readonly title: ReactNode }) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const { transfers } = useCall();
  const callback = (): void => setUi({ dialog: 'callback' });
  const channel = (): void => setUi({ dialog: 'channels' });
  const supervisor = (): void => setUi({ dialog: 'askHelp', about: t('askHelp.transfer') });
  return (
    <Dialog title={title} width={560} keys={{ '1': callback, '2': channel, '3': supervisor }}>
      <div className={styles['form']}>
        <div className={styles['limit']}>
          <strong>{t('limit.title', { count: transfers.count })}</strong>
          <p>{t('limit.why')}</p>
        </div>
        <div className={styles['list']}>
          <button type="button" className={styles['option']} onClick={callback}>
            <Key>1</Key>
            <IconPhoneCall {...ICON} />
            {t('limit.callback')}
          </button>
          <button type="button" className={styles['option']} onClick={channel}>
            <Key>2</Key>
            <IconBuildingCommunity {...ICON} />
            {t('limit.channel')}
          </button>
          <button type="button" className={styles['option']} onClick={supervisor}>
            <Key>3</Key>
            <IconUserQuestion {...ICON} />
            {t('limit.supervisor')}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
