import { IconBuildingCommunity, IconPhoneCall, IconUserQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { digitKeys } from '../logic/keys.ts';
import { OptionList, OptionRow } from '../OptionRow.tsx';
import { useCall, usePanel } from '../panelContext.ts';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

const ICON = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;

/** No transfer is left: why, and what helps the client instead. */
export function TransferLimit({ title }: { readonly title: ReactNode }) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const { transfers } = useCall();
  const ways = [
    { name: 'callback', icon: IconPhoneCall, go: () => setUi({ dialog: 'callback' }) },
    { name: 'channel', icon: IconBuildingCommunity, go: () => setUi({ dialog: 'channels' }) },
    {
      name: 'supervisor',
      icon: IconUserQuestion,
      go: () => setUi({ dialog: 'askHelp', about: t('askHelp.transfer') }),
    },
  ];
  return (
    <Dialog title={title} width={560} keys={digitKeys(ways, ({ go }) => go())}>
      <div className={styles['form']}>
        <div className={styles['limit']}>
          <strong>{t('limit.title', { count: transfers.count })}</strong>
          <p>{t('limit.why')}</p>
        </div>
        <OptionList>
          {ways.map(({ name, icon: Icon, go }, index) => (
            <OptionRow key={name} hotkey={index + 1} onClick={go}>
              <Icon {...ICON} />
              {t(`limit.${name}`)}
            </OptionRow>
          ))}
        </OptionList>
      </div>
    </Dialog>
  );
}
