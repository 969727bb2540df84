import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallPage, TimelineEvent } from '../../../server/contract/reports.ts';
import { useWording } from '../app/session.ts';
import { Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { Flags } from './CallsView.tsx';
import { CallReviews } from './CallReviews.tsx';
import { SpanBar } from './SpanBar.tsx';
import { useApi } from './useApi.ts';
import { useReviewNews } from './useReviewNews.ts';
import { useNames } from './options.ts';
import { Waiting } from './Waiting.tsx';
import { length, phone, withoutOperator } from './words.ts';
import styles from './Call.module.css';
import page from './Reports.module.css';

/** One call whole: the bar of its time, everything that happened, the recording, reviews. */
export function CallView({ callId }: { readonly callId: string }) {
  const { t } = useTranslation('reports');
  const loaded = useApi<CallPage>(`/reports/calls/${encodeURIComponent(callId)}`);
  useReviewNews(loaded.again);
  const call = loaded.value;
  return (
    <div className={page['body']}>
      <Link className={styles['back']} href={`/reports/calls${location.search}`}>
        <IconArrowLeft size={16} stroke={1.6} aria-hidden /> {t('call.back')}
      </Link>
      <Waiting of={loaded} />
      {call && (
        <>
          <Head call={call} />
          {call.erased && <p className={page['notice']}>{t('call.erased')}</p>}
          <section className={page['card']}>
            <SpanBar spans={call.spans} />
          </section>
          <div className={styles['columns']}>
            <section className={page['card']} aria-label={t('call.timeline')}>
              <h2>{t('call.timeline')}</h2>
              {call.events.length === 0 && <p className={page['quiet']}>{t('call.timelineEmpty')}</p>}
              <ol className={styles['events']}>
                {call.events.map((event, index) => (
                  <Event key={`${event.at}/${event.code}/${index}`} event={event} from={call.row.at} />
                ))}
              </ol>
            </section>
            <div className={styles['side']}>
              <Known call={call} />
              <Recordings call={call} />
              <CallReviews call={call} onChange={() => loaded.again()} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function Head({ call }: { readonly call: CallPage }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const name = useNames();
  const { row } = call;
  return (
    <header className={styles['head']}>
      <h2>
        {t('call.title', { when: wording.short(row.at, serverClock.now()) })}
        {row.clientName === null ? '' : ` · ${row.clientName}`}
      </h2>
      <p>
        {[
          t(`direction.${row.direction}`),
          phone(row.number),
          row.operatorName ?? t(`calls.${withoutOperator(row)}`),
          row.unit,
          name('queues', row.queue),
          name('topics', row.topic),
          name('dispositions', row.disposition),
          call.callNumber > 1 && t('call.inquiry', { count: call.callNumber }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Flags row={row} />
    </header>
  );
}

function Event({ event, from }: { readonly event: TimelineEvent; readonly from: number }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const { promisedMs, lateMs, ...values } = event.values;
  return (
    <li data-lane={event.lane} data-level={event.level}>
      <time title={wording.timeExact(event.at)}>{length(event.at - from)}</time>
      <span className={styles['lane']}>{t(`call.lanes.${event.lane}`)}</span>
      <span>
        {t(`event.${event.code}`, {
          ...values,
          promised: wording.spoken(Number(promisedMs ?? 0)),
          late: wording.spoken(Number(lateMs ?? 0)),
          defaultValue: event.code,
        })}
      </span>
    </li>
  );
}

function Known({ call }: { readonly call: CallPage }) {
  const { t } = useTranslation('reports');
  return (
    <section className={page['card']}>
      <h2>{t('call.learned')}</h2>
      {call.learned.length === 0 && <p className={page['quiet']}>{t('call.learnedEmpty')}</p>}
      <dl className={styles['learned']}>
        {call.learned.map(({ label, value }, index) => (
          <div key={`${label}/${index}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {call.note !== '' && (
          <div>
            <dt>{t('call.note')}</dt>
            <dd>{call.note}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Recordings({ call }: { readonly call: CallPage }) {
  const { t } = useTranslation('reports');
  if (call.recordings.length === 0) return null;
  return (
    <section className={page['card']}>
      <h2>{t('call.recording')}</h2>
      {call.recordings.map(({ n, available }) =>
        available ? (
          // Loaded only when somebody presses play: looking at the page is not listening.
          <audio
            key={n}
            controls
            preload="none"
            src={`/api/v1/calls/${encodeURIComponent(call.row.callId)}/recordings/${n}`}
            aria-label={t('call.recording')}
          />
        ) : (
          <p key={n} className={page['quiet']}>
            {t('call.noRecording')}
          </p>
        ),
      )}
      <p className={page['quiet']}>{t('call.listen')}</p>
    </section>
  );
}
