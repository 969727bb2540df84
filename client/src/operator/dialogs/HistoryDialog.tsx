import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InquiryCall, InquiryCallback, InquiryHistory } from '../../../../server/contract/rest.ts';
import { useSite } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { api } from '../../shared/http/api.ts';
import { elapsed } from '../../shared/time/format.ts';
import { serverClock } from '../../shared/time/serverClock.ts';
import { formatPhone } from '../logic/phone.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** One question of one client over all its calls, the newest first. */
export function HistoryDialog() {
  const { t } = useTranslation('operator');
  const { wording, nameOf } = useSite();
  const { ui } = usePanel();
  const { send, busy, refused } = useCommand();
  const [history, setHistory] = useState<InquiryHistory>();
  const [failed, setFailed] = useState(false);
  const { about } = ui;
  useEffect(() => {
    if (about === undefined) return undefined;
    const stop = new AbortController();
    api<InquiryHistory>(`/inquiries/${encodeURIComponent(about)}`, { signal: stop.signal }).then(setHistory, () => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, [about]);
  const events = history
    ? [
        ...history.calls.map((call) => ({ at: call.at, part: <CallEvent key={call.callId} call={call} /> })),
        ...history.callbacks.map((callback) => ({
          at: callback.madeAt,
          part: <CallbackEvent key={callback.promiseId} callback={callback} />,
        })),
      ].toSorted((a, b) => b.at - a.at)
    : [];
  return (
    <Dialog title={history?.topic ? nameOf('topics', history.topic) : t('history.title')} width={760}>
      <div className={styles['form']}>
        {history && (
          <p className={styles['quiet']}>
            {[
              history.client.name,
              formatPhone(history.client.number),
              t('history.opened', { when: wording.short(history.openedAt, serverClock.now()) }),
              t('transfer.count', history.transfers),
              history.closed && t(history.closed.satisfied ? 'history.solved' : 'history.notSolved'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
        {failed && <p className={styles['problem']}>{t('history.failed')}</p>}
        {!history && !failed && <p className={styles['quiet']}>{t('history.loading')}</p>}
        <div className={styles['timeline']}>{events.map((event) => event.part)}</div>
        <Refusal refused={refused} />
        {history && !history.closed && (
          <div className={styles['buttons']}>
            {([true, false] as const).map((satisfied) => (
              <Button
                key={String(satisfied)}
                disabled={busy}
                onClick={() => void send('inquiry.close', { inquiryId: history.id, satisfied })}
              >
                {t(satisfied ? 'history.closeSolved' : 'history.closeNot')}
              </Button>
            ))}
          </div>
        )}
      </div>
    </Dialog>
  );
}

function CallEvent({ call }: { readonly call: InquiryCall }) {
  const { t } = useTranslation('operator');
  const { wording, nameOf } = useSite();
  const result = call.disposition === undefined ? undefined : nameOf('dispositions', call.disposition);
  return (
    <div className={styles['event']}>
      <time>{wording.short(call.at, serverClock.now())}</time>
      <div className={styles['facts']}>
        <span>
          {t(`direction.${call.direction}`)}, {elapsed(call.talkMs)}, {call.operators.join(', ')}
        </span>
        {result !== undefined && <span>{result}</span>}
        {call.note !== undefined && call.note !== '' && <span>«{call.note}»</span>}
        {call.learned.map((item) => (
          <span key={item.label} className={styles['quiet']}>
            {item.label}: {item.value}
          </span>
        ))}
        {call.holds.map((hold, index) => (
          <span key={index} className={styles['quiet']}>
            {t(`history.hold.${hold.outcome}`, {
              promised: hold.promisedMs === undefined ? '—' : elapsed(hold.promisedMs),
              real: elapsed(hold.realMs),
            })}
          </span>
        ))}
        {call.transfers.map((transfer) => (
          <span key={transfer.at} className={styles['quiet']}>
            {t(`history.transfer.${transfer.kind}`, { to: transfer.to })}
          </span>
        ))}
      </div>
    </div>
  );
}

function CallbackEvent({ callback }: { readonly callback: InquiryCallback }) {
  const { t } = useTranslation('operator');
  const { wording } = useSite();
  const now = serverClock.now();
  return (
    <div className={styles['event']}>
      <time>{wording.short(callback.madeAt, now)}</time>
      <div className={styles['facts']}>
        <span>
          {t('history.promised', { until: wording.until(callback.dueAt, now) })} —{' '}
          {t(`history.callback.${callback.outcome}`)}
        </span>
        <span>{callback.question}</span>
        {callback.attempts.map((attempt) => (
          <span key={attempt.at} className={styles['quiet']}>
            {wording.short(attempt.at, now)}:{' '}
            {t(`promise.outcome.${attempt.outcome}`, { defaultValue: attempt.outcome })}
            {attempt.note ? `, ${attempt.note}` : ''}
          </span>
        ))}
      </div>
    </div>
  );
}
