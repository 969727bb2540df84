import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListeningRecord } from '../../../server/contract/board.ts';
import { useWording } from '../app/session.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { elapsed } from '../shared/time/format.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import styles from './Drawers.module.css';

/** Who listened to whom: the last hundred. */
export function ListeningRecordPart() {
  const { t } = useTranslation('supervisor');
  const connection = useConnection();
  const wording = useWording();
  const [lines, setLines] = useState<readonly ListeningRecord[]>();
  useEffect(() => {
    let gone = false;
    void connection.send('supervision.listeningRecord', {}).then((result) => {
      if (!gone && result.ok) setLines(result.value as readonly ListeningRecord[]);
    });
    return () => {
      gone = true;
    };
  }, [connection]);
  return (
    <section className={styles['rules']} aria-label={t('rules.record')}>
      <h3>{t('rules.record')}</h3>
      {lines?.length === 0 && <p className={styles['quiet']}>{t('rules.recordEmpty')}</p>}
      {lines !== undefined && lines.length > 0 && (
        <table className={styles['record']}>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.startedAt} ${line.who} ${line.mode}`}>
                <td>{wording.short(line.startedAt, serverClock.now())}</td>
                <td>{line.endedAt === undefined ? t('rules.goesOn') : elapsed(line.endedAt - line.startedAt)}</td>
                <td>{line.who}</td>
                <td>{t(`operator.${line.mode}`)}</td>
                <td>{line.whom}</td>
                <td className={styles['quiet']}>{line.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
