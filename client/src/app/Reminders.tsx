import { IconMessage, IconPhoneCall, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice, Reminder, RemindersView } from '../../../server/contract/panel.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { Link } from '../shared/router.tsx';
import { useTimed } from '../shared/time/ticker.ts';
import { play } from '../shared/ui/sound.ts';
import { useNoticeWords } from './noticeWords.ts';
import styles from './Reminders.module.css';
import { useSession, useWording } from './session.ts';

/** What was put away comes back once more when it is late. */
const keyOf = ({ promiseId, isLate }: Reminder): string => `${promiseId}/${isLate ? 'late' : 'soon'}`;
/** So many fit on a screen that is about something else. */
const SHOWN = 3;
const NONE: readonly Reminder[] = [];

/** News of reviews and promises to call back that come due, on every page that does not show them by itself. */
export default function Reminders({ withPromises }: { readonly withPromises: boolean }) {
  const { t } = useTranslation();
  const view = useTopic<RemindersView>('reminders');
  const promises = (withPromises ? view?.promises : undefined) ?? NONE;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  useTone(promises.map(keyOf).join(' '));
  return (
    <ul className={styles['stack']} aria-label={t('reminders.label')} aria-live="polite">
      {promises
        .filter((each) => !hidden.has(keyOf(each)))
        .map((each) => (
          <Card key={each.promiseId} reminder={each} onHide={() => setHidden(new Set([...hidden, keyOf(each)]))} />
        ))}
      {view?.reviews.slice(0, SHOWN).map((notice) => (
        <Review key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}

/** An answer leads to its call, a review of mine to where I can answer. */
function Review({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const connection = useConnection();
  const wordsOf = useNoticeWords();
  const { id, code, from, review } = notice;
  const where = code === 'review.made' ? 'mine' : review && `calls/${encodeURIComponent(review.callId)}`;
  const putAway = (): void => void connection.send('notice.dismiss', { id });
  return (
    <li className={styles['card']} data-level="news">
      <IconMessage size={18} stroke={1.7} aria-hidden />
      <div className={styles['what']}>
        <strong>{from}</strong>
        <span>{wordsOf(notice)}</span>
      </div>
      {where !== undefined && (
        <Link href={`/reports/${where}`} className={styles['open']}>
          {t('reminders.open')}
        </Link>
      )}
      <button type="button" className={styles['hide']} aria-label={t('reminders.hide')} onClick={putAway}>
        <IconX size={16} aria-hidden />
      </button>
    </li>
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
