import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InquiryCall, InquiryCallback, InquiryHistory } from '../../../server/contract/rest.ts';
import { useWording } from '../app/session.ts';
import { Link } from '../shared/router.tsx';
import { serverClock } from '../shared/time/serverClock.ts';
import { useNames } from './options.ts';
import { useApi } from './useApi.ts';
import { Waiting } from './Waiting.tsx';
import { length, phone } from './words.ts';
import call from './Call.module.css';
import styles from './InquiryView.module.css';
import page from './Reports.module.css';

/** One question of one client over all its calls and promises, the newest first. */
export function InquiryView({ inquiryId }: { readonly inquiryId: string }) {
  const { t } = useTranslation('reports');
  const loaded = useApi<InquiryHistory>(`/inquiries/${encodeURIComponent(inquiryId)}`);
  const inquiry = loaded.value;
  return (
    <div className={page['body']}>
      <Link className={call['back']} href={`/reports/inquiries${location.search}`}>
        <IconArrowLeft size={16} stroke={1.6} aria-hidden /> {t('inquiry.back')}
      </Link>
      <Waiting of={loaded} />
      {inquiry && (
        <>
          <Head inquiry={inquiry} />
          <div className={page['two']}>
            <section className={page['card']} aria-label={t('inquiry.calls')}>
              <h2>{t('inquiry.calls')}</h2>
              <ul className={styles['story']}>
                {inquiry.calls.map((each) => (
                  <Call key={each.callId} call={each} />
                ))}
              </ul>
            </section>
            <section className={page['card']} aria-label={t('inquiry.callbacks')}>
              <h2>{t('inquiry.callbacks')}</h2>
              {inquiry.callbacks.length === 0 && <p className={page['quiet']}>{t('inquiry.noCallbacks')}</p>}
              <ul className={styles['story']}>
                {inquiry.callbacks.map((each) => (
                  <Callback key={each.promiseId} callback={each} />
                ))}
              </ul>
            </section>
          </div>
        </>
      )}
    </div>
  );
}

function Head({ inquiry }: { readonly inquiry: InquiryHistory }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const name = useNames();
  const { client, closed, transfers } = inquiry;
  const state = closed ? (closed.satisfied ? 'solved' : 'unsolved') : 'open';
  return (
    <header className={call['head']}>
      <h2>{[client.name, phone(client.number)].filter(Boolean).join(' · ')}</h2>
      <p>
        {[
          name('topics', inquiry.topic ?? null),
          t(`inquiries.${state}`),
          t('inquiry.opened', { when: wording.short(inquiry.openedAt, serverClock.now()) }),
          t('inquiry.transfers', transfers),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </header>
  );
}

function Call({ call: each }: { readonly call: InquiryCall }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const name = useNames();
  const told = [
    ...each.holds.map(({ promisedMs, realMs, outcome }) =>
      t(`inquiry.hold.${outcome}`, {
        promised: promisedMs === undefined ? '' : wording.spoken(promisedMs),
        real: wording.spoken(realMs),
      }),
    ),
    ...each.transfers.map(({ kind, to }) => t(`event.transferred.${kind}`, { target: to })),
    each.note,
  ];
  return (
    <li>
      <p className={styles['storyHead']}>
        <Link href={`/reports/calls/${encodeURIComponent(each.callId)}`}>
          {wording.short(each.at, serverClock.now())}
        </Link>
        <span className={page['quiet']}>
          {[t(`direction.${each.direction}`), length(each.talkMs), each.operators.join(', ')]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span>{name('dispositions', each.disposition ?? null)}</span>
      </p>
      {told.filter(Boolean).map((line, at) => (
        <p key={`${at} ${line}`}>{line}</p>
      ))}
    </li>
  );
}

function Callback({ callback }: { readonly callback: InquiryCallback }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  const { madeAt, dueAt, question, owner, outcome, attempts } = callback;
  const short = (at: number): string => wording.short(at, serverClock.now());
  return (
    <li data-level={outcome === 'broken' ? 'breach' : undefined}>
      <p className={styles['storyHead']}>
        <strong>{t(`inquiry.callback.${outcome}`)}</strong>
        <span className={page['quiet']}>
          {[t('inquiry.made', { when: short(madeAt) }), t('inquiry.due', { when: short(dueAt) }), owner]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <p>{question}</p>
      {attempts.map(({ at, outcome: came, note }) => (
        <p key={at} className={page['quiet']}>
          {[short(at), t(`inquiry.attempt.${came}`, { defaultValue: came }), note].filter(Boolean).join(' · ')}
        </p>
      ))}
    </li>
  );
}
