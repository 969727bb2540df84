import { useTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import { useDemo } from './demoContext.ts';
import styles from './DemoPage.module.css';

const CUT_SECONDS = 15;
const RESTART_SECONDS = 3;

/** What can go wrong with an exchange, at the press of a button. */
export function Troubles() {
  const { t } = useTranslation('demo');
  const { view, send } = useDemo();
  return (
    <div className={styles['troubles']}>
      <span data-lost={view.links === 0 || undefined}>{t(view.links === 0 ? 'link.lost' : 'link.up')}</span>
      {view.speed !== 1 && <span>{t('speed', { speed: view.speed })}</span>}
      <Button disabled={view.links === 0} onClick={() => send('demo.fail', { what: 'link', seconds: CUT_SECONDS })}>
        {t('troubles.cut', { seconds: CUT_SECONDS })}
      </Button>
      <Button
        disabled={view.links === 0}
        onClick={() => send('demo.fail', { what: 'restart', seconds: RESTART_SECONDS })}
      >
        {t('troubles.restart')}
      </Button>
    </div>
  );
}
