import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertRow } from '../../../server/contract/board.ts';
import { useWording } from '../app/session.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { Button } from '../shared/ui/Button.tsx';
import { phone } from './words.ts';
import styles from './Supervisor.module.css';

/** Alerts without an answer; answering says what was done, and who did it stays on record. */
export function AlertList({ alerts }: { readonly alerts: readonly AlertRow[] }) {
  const { t } = useTranslation('supervisor');
  if (alerts.length === 0) return <p className={styles['empty']}>{t('board.alertsEmpty')}</p>;
  return (
    <ul className={styles['list']} aria-label={t('board.alerts')}>
      {alerts.map((alert) => (
        <Alert key={alert.key} alert={alert} />
      ))}
    </ul>
  );
}

function Alert({ alert }: { readonly alert: AlertRow }) {
  const { t } = useTranslation('supervisor');
  const connection = useConnection();
  const wording = useWording();
  const [done, setDone] = useState<string>();
  const answer = (): void => {
    if (done === undefined) setDone('');
    else void connection.send('supervision.acknowledge', { alertKey: alert.key, done });
  };
  return (
    <li className={styles['alert']} data-level={alert.level}>
      <span className={styles['alertWhat']}>
        <strong>{t(`alert.${alert.code}`, { defaultValue: alert.code })}</strong>
        <span className={styles['quiet']}>
          {[wording.time(alert.at), alert.operatorName, alert.text ? phone(alert.text) : undefined]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {done !== undefined && (
          <TextInput
            size="xs"
            autoFocus
            aria-label={t('alert.done')}
            placeholder={t('alert.done')}
            value={done}
            onChange={(event) => setDone(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && answer()}
          />
        )}
      </span>
      <Button kind="quiet" onClick={answer}>
        {t('alert.acknowledge')}
      </Button>
    </li>
  );
}
