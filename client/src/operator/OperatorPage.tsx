import { useTranslation } from 'react-i18next';
import type { PanelView } from '../../../server/contract/panel.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { PanelScreen } from './PanelScreen.tsx';
import styles from './PanelScreen.module.css';

/** The operator's own panel: what the server pushes, and what the operator does goes back. */
export default function OperatorPage() {
  const { t } = useTranslation('operator');
  const connection = useConnection();
  const view = useTopic<PanelView>('panel');
  if (!view) return <p className={styles['loading']}>{t('loading')}</p>;
  return (
    <div className={styles['page']}>
      <PanelScreen view={view} send={connection.send} />
    </div>
  );
}
