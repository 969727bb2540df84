import { IconPhoneCall, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reminder, RemindersView } from '../../../server/contract/panel.ts';
import { useTopic } from '../shared/realtime/context.ts';
import { Link } from '../shared/router.tsx';
import { useTimed } from '../shared/time/ticker.ts';
import { play } from '../shared/ui/sound.ts';
import styles from './Reminders.module.css';
import { useSession, useWording } from './session.ts';

/** What was put away comes back once more when it is late. */
const keyOf = ({ promiseId, isLate }: Reminder): string => `${promiseId}/${isLate ? 'late' : 'soon'}`;
const NONE: readonly Reminder[] = [];

/** Promises to call back that come due, on every page that does not show them by itself. */
export default function Reminders() {
  const { t } = useTranslation();
  const promises = useTopic<RemindersView>('reminders')?.promises ?? NONE;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  useTone(promises.map(keyOf).join(' '));
  return (
    <ul className={styles['stack']} aria-label={t('reminders.label')} aria-live="polite">
      {promises
        .filter((each) => !hidden.has(keyOf(each)))
        .map((each) => (
          <Card key={each.promiseId} reminder={each} onHide={() => setHidden(new Set([...hidden, keyOf(each)]))} />
        ))}
    </ul>
  );
}

function Card({ reminder, onHide }: { readonly reminder: Reminder; readonly onHide: () => void }) {
  const { t } = useTranslation();
  const { roles } = useSession().session.user;
  const wording = useWording();
  const { client, owner, mine, dueAt, isLate } = reminder;
  const when = useTimed((now) => `${wording.until(dueAt, now)}, ${wording.left(dueAt, now)}`);
  // Where something can be done about it.
  const where = (['operator', 'supervisor'] as const).find((role) => roles.includes(role));
  const whose = mine ? t('reminders.mine') : owner ? t('reminders.owner', { name: owner }) : t('reminders.nobody');
  return (
    <li className={styles['card']} data-level={isLate ? 'late' : 'soon'}>
      <IconPhoneCall size={18} stroke={1.7} aria-hidden />
      <div className={styles['what']}>
        <strong>{client === undefined ? t('reminders.callbackOf') : t('reminders.callback', { client })}</strong>
        <span className="figures">{when}</span>
        <span className={styles['whose']}>{whose}</span>
      </div>
      {where !== undefined && (
        <Link href={`/${where}`} className={styles['open']}>
          {t('reminders.open')}
        </Link>
      )}
      <button type="button" className={styles['hide']} aria-label={t('reminders.hide')} onClick={onHide}>
        <IconX size={16} aria-hidden />
      </button>
    </li>
  );
}

/** One tone for each reminder that is new since the page was opened, or has become late. */
function useTone(keys: string): void {
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    const now = keys === '' ? [] : keys.split(' ');
    const fresh = now.filter((key) => known.current && !known.current.has(key));
    known.current = new Set([...(known.current ?? []), ...now]);
    if (fresh.length > 0) play(fresh.some((key) => key.endsWith('/late')) ? 'over' : 'soon');
  }, [keys]);
}
