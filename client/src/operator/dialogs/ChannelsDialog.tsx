import { useTranslation } from 'react-i18next';
import { usePanel } from '../panelContext.ts';
import { ContactPoints } from '../stage/ContactPoints.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** Other kinds of contact to offer when the telephone does not help (3.5.12). */
export function ChannelsDialog() {
  const { t } = useTranslation('operator');
  const { call } = usePanel();
  const points = call?.script?.known.contactPoints;
  return (
    <Dialog title={t('channels.title')} width={860}>
      {points && call.script ? (
        <ContactPoints points={points} language={call.script.language} look="full" />
      ) : (
        <p className={styles['text']}>{t('channels.nothing')}</p>
      )}
    </Dialog>
  );
}
