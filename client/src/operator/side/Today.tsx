import { IconArrowDownLeft, IconArrowUpRight, IconArrowsLeftRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSite, useWording } from '../../app/session.ts';
import { elapsed } from '../../shared/time/format.ts';
import { formatPhone } from '../logic/phone.ts';
import { usePanel } from '../panelContext.ts';
import styles from './Today.module.css';

const ICONS = { inbound: IconArrowDownLeft, outbound: IconArrowUpRight, internal: IconArrowsLeftRight } as const;

/** Today's calls of this operator, the last one first. */
export function Today() {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const wording = useWording();
  const { nameOf } = useSite();
  const calls = view.today.toSorted((a, b) => b.at - a.at);
  const talkMs = calls.reduce((sum, call) => sum + call.talkMs, 0);
  return (
    <div className={styles['today']}>
      <h2 className={styles['title']}>
        <span>{t('today.title')}</span>
        {calls.length > 0 && (
          <span className="figures">{t('today.sum', { count: calls.length, time: elapsed(talkMs) })}</span>
        )}
      </h2>
      {calls.length === 0 ? (
        <p className={styles['empty']}>{t('today.nothing')}</p>
      ) : (
        <ul className={styles['list']}>
          {calls.map((call) => {
            const Direction = ICONS[call.direction];
            const result = [
              call.handedTo !== undefined && t('today.handedTo', { number: call.handedTo }),
              call.disposition && nameOf('dispositions', call.disposition),
            ]
              .filter(Boolean)
              .join(' · ');
            return (
              <li key={call.callId} className={styles['call']}>
                <time className="figures">{wording.time(call.at)}</time>
                <Direction size={16} stroke={1.7} aria-label={t(`direction.${call.direction}`)} />
                <span className={styles['who']}>{call.name ?? (formatPhone(call.number) || t('client.hidden'))}</span>
                <span className="figures">{elapsed(call.talkMs)}</span>
                {call.topic && <span className={styles['what']}>{nameOf('topics', call.topic)}</span>}
                {result !== '' && <span className={styles['what']}>{result}</span>}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
