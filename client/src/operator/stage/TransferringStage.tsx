import { useTranslation } from 'react-i18next';
import { elapsed } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { useCall } from '../panelContext.ts';
import styles from './Hold.module.css';

/** The exchange is handing the client over, or waits for the number: nothing to press, but what happens is told. */
export function TransferringStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const what = call.keying ? 'keying' : 'transferring';
  const time = useTimed((now) => elapsed(now - call.phaseSince));
  return (
    <div className={styles['stage']}>
      <h1 className={styles['title']}>
        {t(`${what}.title`)} <span className="figures">{time}</span>
      </h1>
      <p className={styles['quiet']}>{t(`${what}.what`)}</p>
    </div>
  );
}
