import { IconAlertTriangle, IconArrowBackUp, IconPhoneCall } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { HoldView } from '../../../../server/contract/panel.ts';
import { useWording } from '../../app/session.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { elapsed, remaining } from '../../shared/time/format.ts';
import { useTimed } from '../../shared/time/ticker.ts';
import { useHotkeys } from '../hotkeys.tsx';
import { MINUTE } from '../../../../machines/vocabulary/time.ts';
import { holdStage, NOW_MS, offersOf, USUAL_HOLDS } from '../logic/hold.ts';
import { useCall, useCommand, usePanel } from '../panelContext.ts';
import styles from './Hold.module.css';
import { offerKeys, TimeChoices, Times, type TimesProps } from './HoldNaming.tsx';
import { Refusal } from './Refusal.tsx';
import { Spoken } from './Spoken.tsx';
import { useNotObeyed } from './useNotObeyed.ts';
import { useSpoken } from './useSpoken.ts';

const OFFERS = offersOf(USUAL_HOLDS);

/** The client waits: how long still, and what to say on return. Everything else is at the edge of sight. */
export function HeldStage() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { hold } = call;
  const { ui, setUi, view } = usePanel();
  // A callback is promised already: nothing else is left to wait for but the return.
  const isPromised = view.callbacks.some(({ inquiryId }) => inquiryId === call.inquiry.id);
  const say = useSpoken(call.script?.language);
  const { send, busy, refused, forget } = useCommand();
  const [byHand, expect] = useNotObeyed();
  const back = (): void => {
    void send('hold.resume', { callId: call.callId }).then((result) => result.ok && expect());
  };
  /** While the client waits a time is a new promise when there was none, else a wish for more. */
  const name = (promisedMs: number): void => {
    if (hold?.state !== 'unpromised') setUi({ moreMs: promisedMs });
    void send('hold.name', { callId: call.callId, promisedMs });
  };
  const promised = hold !== undefined && hold.state !== 'unpromised';
  const since = hold?.heldAt ?? call.phaseSince;
  const waited = useTimed((now) => Math.floor((now - since) / MINUTE));
  // A time that was not named counts from the hold all the same: one that is over already would be broken at once.
  const offers = promised ? OFFERS : OFFERS.filter(({ ms }) => ms > waited * MINUTE);
  useHotkeys({
    enter: back,
    H: back,
    ...offerKeys(offers, name),
  });
  // Back on the line everything about this hold is over.
  useLayoutEffect(() => () => setUi({ naming: false, moreMs: undefined }), [setUi]);
  /** Chosen on this screen a moment ago, or known to the server. */
  const moreMs = ui.moreMs ?? hold?.moreMs;
  return (
    <div className={styles['stage']} data-held>
      {promised ? <Countdown hold={hold} /> : <Unpromised since={since} offers={offers} onName={name} />}
      {hold && promised && (
        <>
          <p className={styles['sayLabel']}>{t(moreMs === undefined ? 'hold.onReturn' : 'hold.onReturnMore')}</p>
          <p className={styles['say']}>
            <Spoken>{moreMs === undefined ? hold.returnLine : say.moreTime(call.client.name, moreMs)}</Spoken>
          </p>
        </>
      )}
      <Refusal refused={refused} onClose={forget} />
      {byHand && (
        <p className={styles['byHand']} role="status">
          {t('hold.pressTelephoneBack')}
        </p>
      )}
      <div className={styles['row']}>
        <Button
          kind="primary"
          icon={<IconArrowBackUp size={18} aria-hidden />}
          onClick={back}
          disabled={busy}
          hotkey="Enter"
        >
          {t('hold.return')}
        </Button>
        {!isPromised && (
          <Button
            icon={<IconPhoneCall size={18} aria-hidden />}
            onClick={() => setUi({ dialog: 'callback' })}
            hotkey="C"
          >
            {t('hold.toCallback')}
          </Button>
        )}
      </div>
      {promised && !isPromised && <More asked={moreMs} onName={name} />}
    </div>
  );
}

/** Large figures in a band whose shape, words and colour change at 30 s, 10 s and 0. */
function Countdown({ hold }: { readonly hold: HoldView }) {
  const { t } = useTranslation('operator');
  const wording = useWording();
  const dueAt = hold.dueAt ?? 0;
  const stage = useTimed((now) => holdStage(dueAt - now));
  const figures = useTimed((now) => (dueAt > now ? remaining(dueAt - now) : `+${elapsed(now - dueAt)}`));
  const part = useTimed((now) => Math.round(Math.max(0, Math.min(1, (dueAt - now) / (hold.promisedMs ?? 1))) * 100));
  const tenths = useTimed((now) => Math.ceil(Math.max(0, dueAt - now) / (NOW_MS / 10)));
  return (
    <div className={styles['band']} data-stage={stage} role="timer" aria-label={t(`hold.stage.${stage}`)}>
      <div className={styles['words']}>
        {stage === 'over' && <IconAlertTriangle size={22} aria-hidden />}
        {stage === 'now' && <IconArrowBackUp size={22} aria-hidden />}
        <span>{t(`hold.stage.${stage}`)}</span>
      </div>
      <div className={`${styles['figures']} figures`}>{figures}</div>
      <div className={styles['meter']} aria-hidden="true">
        {stage === 'now' ? (
          Array.from({ length: 10 }, (_, index) => <i key={index} data-on={index < tenths} />)
        ) : (
          <b style={{ transform: `scaleX(${part / 100})` }} />
        )}
      </div>
      <p className={styles['promised']}>
        {t('hold.promised', { time: wording.spoken(hold.promisedMs ?? 0), until: wording.timeExact(dueAt) })}
        {!hold.saved && <span> · {t('saved.notYet')}</span>}
      </p>
    </div>
  );
}

/** Held by the telephone's key, and nobody told the client for how long. */
function Unpromised({ since, offers, onName }: TimesProps & { readonly since: number }) {
  const { t } = useTranslation('operator');
  const figures = useTimed((now) => elapsed(now - since));
  return (
    <>
      <div className={styles['band']} data-stage="soon">
        <div className={styles['words']}>
          <IconAlertTriangle size={22} aria-hidden />
          <span>{t('hold.unpromised')}</span>
        </div>
        <div className={`${styles['figures']} figures`}>{figures}</div>
        <p className={styles['promised']}>{t('hold.unpromisedWhat')}</p>
      </div>
      <TimeChoices offers={offers} onName={onName} />
    </>
  );
}

/** More time is asked of the client, not taken: first back to the line. */
function More({ asked, onName }: { readonly asked: number | undefined; readonly onName: (ms: number) => void }) {
  const { t } = useTranslation('operator');
  const wording = useWording();
  if (asked !== undefined) {
    return (
      <p className={styles['more']} role="status">
        {t('hold.moreAsked', { time: wording.spoken(asked) })}
      </p>
    );
  }
  return <Times label={t('hold.more')} offers={OFFERS} onName={onName} />;
}
