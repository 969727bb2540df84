import { useTranslation } from 'react-i18next';
import type { CallbackView, CallView, EarlierContact } from '../../../../server/contract/panel.ts';
import { useWording } from '../../app/session.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { usePanel } from '../panelContext.ts';
import styles from './Known.module.css';
import { InquiryLink } from './InquiryLink.tsx';

/** What was learned in this call, and what happened with this client before. */
export function Known({ call }: { readonly call: CallView }) {
  const { t } = useTranslation('operator');
  return (
    <div className={styles['known']}>
      <InquiryLink call={call} />
      {call.callback && <Promised callback={call.callback} />}
      <section aria-labelledby="known-title">
        <h2 id="known-title" className={styles['title']}>
          {t('known.title')}
        </h2>
        {call.learned.length === 0 ? (
          <p className={styles['empty']}>{t('known.nothing')}</p>
        ) : (
          <dl className={styles['facts']}>
            {call.learned.map((item) => (
              <div key={item.label}>
                <dt>{item.label}</dt>
                <dd>{item.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section aria-labelledby="earlier-title">
        <h2 id="earlier-title" className={styles['title']}>
          {t('earlier.title')}
        </h2>
        {call.earlier.length === 0 ? (
          <p className={styles['empty']}>{t(call.client.number === '' ? 'earlier.hidden' : 'earlier.nothing')}</p>
        ) : (
          <ul className={styles['earlier']}>
            {call.earlier.slice(0, 4).map((contact) => (
              <Earlier key={`${contact.inquiryId}/${contact.at}`} contact={contact} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** Why we call: what the client asked, and by when the answer was promised. */
function Promised({ callback }: { readonly callback: CallbackView }) {
  const { t } = useTranslation('operator');
  const wording = useWording();
  const { question, dueAt, attempts, owner, extension } = callback;
  const term = useTimed((now) => `${wording.until(dueAt, now)}, ${wording.left(dueAt, now)}`);
  const facts = [
    ['extension', extension ?? ''],
    ['question', question],
    ['term', term],
    ['attempts', attempts > 0 ? String(attempts) : ''],
    ['keeper', owner?.name ?? ''],
  ] as const;
  return (
    <section aria-labelledby="promised-title">
      <h2 id="promised-title" className={styles['title']}>
        {t('promised.title')}
      </h2>
      <dl className={styles['facts']}>
        {facts.map(
          ([what, text]) =>
            text !== '' && (
              <div key={what}>
                <dt>{t(`promised.${what}`)}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

/** The shape of the mark tells the outcome without colour: done, open, not kept. */
const MARKS: Readonly<Record<NonNullable<EarlierContact['outcome']>, string>> = {
  satisfied: '✓',
  promiseKept: '✓',
  promiseOpen: '…',
  promiseBroken: '!',
  unsatisfied: '–',
};

function Earlier({ contact }: { readonly contact: EarlierContact }) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  const wording = useWording();
  return (
    <li>
      <button
        type="button"
        className={styles['contact']}
        onClick={() => setUi({ dialog: 'history', about: contact.inquiryId })}
      >
        <time>{wording.brief(contact.at, serverClock.now())}</time>
        <span>{contact.summary || t('inquiry.noTopic')}</span>
        {contact.outcome !== undefined && (
          <span
            className={styles['mark']}
            data-outcome={contact.outcome}
            title={t(`earlier.${contact.outcome}`)}
            aria-label={t(`earlier.${contact.outcome}`)}
          >
            {MARKS[contact.outcome]}
          </span>
        )}
      </button>
    </li>
  );
}
