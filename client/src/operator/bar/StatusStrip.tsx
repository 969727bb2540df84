import { IconAlertTriangle, IconEar, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../app/session.ts';
import { Key } from '../../shared/ui/Key.tsx';
import { useTimed } from '../../shared/time/ticker.ts';
import { lostLink } from '../logic/link.ts';
import { usePanel } from '../panelContext.ts';
import styles from './StatusStrip.module.css';

const ICON = { size: 16, stroke: 1.8, 'aria-hidden': true } as const;

/** The foot of the panel: quiet while all is well, and it never moves when it is not. */
export function StatusStrip() {
  const { t } = useTranslation('operator');
  const { view, setUi } = usePanel();
  const wording = useWording();
  const clock = useTimed((now) => wording.time(now));
  const lost = lostLink(view);
  const level = lost ? 'alert' : view.storage === 'memory' ? 'warning' : undefined;
  return (
    <footer className={styles['strip']} data-level={level}>
      <div role="status" className={styles['state']}>
        {lost && (
          <span>
            <IconPlugConnectedX {...ICON} />
            <strong>{t(`exchange.${lost.said}`, { time: wording.timeExact(lost.trueAt) })}</strong>
            {t(`exchange.${lost.todo}`)}
          </span>
        )}
        {view.storage === 'memory' && (
          <span>
            <IconAlertTriangle {...ICON} />
            <strong>{t('storage.memory')}</strong>
            {!lost && t('storage.whatToDo')}
          </span>
        )}
        {view.listening && (
          <span>
            <IconEar {...ICON} />
            {t(`listening.${view.listening.mode}`, { name: view.listening.supervisorName })}
          </span>
        )}
        {level === undefined && !view.listening && <span>{t('exchange.up')}</span>}
      </div>
      <button type="button" className={styles['help']} onClick={() => setUi({ dialog: 'help' })}>
        {t('help.open')} <Key>?</Key>
      </button>
      <span className="figures">{clock}</span>
    </footer>
  );
}
