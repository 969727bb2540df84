import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { play, type ToneName } from '../shared/ui/sound.ts';
import { remaining } from '../shared/time/format.ts';
import { onTick, useTimed } from '../shared/time/ticker.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import { alarmOf, type HoldAlarm } from './logic/hold.ts';
import { otherCalls, waitingCall } from './logic/stage.ts';
import { usePanel } from './panelContext.ts';

/** Sounds, and the words that a speech reader says by itself: holds that run out, calls that arrive. */
export function Announcer() {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const [last, setLast] = useState<{ readonly of: string; readonly text: string; readonly urgent: boolean }>();
  const raised = useRef<HoldAlarm>(undefined);
  const hold = waitingCall(view)?.hold;
  const promiseId = hold?.heldAt === undefined ? undefined : hold.promiseId;
  const dueAt = hold?.dueAt;

  useEffect(() => {
    if (promiseId === undefined || dueAt === undefined) return undefined;
    return onTick(() => {
      const alarm = alarmOf(raised.current, { promiseId, dueAt }, serverClock.now());
      if (!alarm || alarm.stage === 'calm') return;
      raised.current = alarm;
      play(alarm.stage satisfies ToneName);
      setLast({ of: promiseId, text: t(`hold.announce.${alarm.stage}`), urgent: alarm.stage !== 'soon' });
    });
  }, [promiseId, dueAt, t]);

  // Nobody waits any more: nothing is left that calls the operator back.
  const said = last?.of === promiseId ? last : undefined;

  const ringing = view.calls.find((call) => call.phase === 'ringing');
  const second = otherCalls(view).some((call) => call === ringing);
  const ringingId = ringing?.callId;
  const caller = ringing?.client.name ?? ringing?.client.callerName ?? '';
  // The telephone rings by itself; a tone is only for the call that it cannot ring for.
  useEffect(() => {
    if (ringingId !== undefined && second) play('call');
  }, [ringingId, second]);
  useTabTitle(ringing ? t('tab.ringing', { name: caller }) : undefined);
  const arrived = ringing && t(second ? 'announce.second' : 'announce.ringing', { name: caller });
  return (
    <div className="unseen">
      <div aria-live="polite">{said?.urgent === false && said.text}</div>
      <div aria-live="assertive">{said?.urgent === true && said.text}</div>
      <div aria-live="assertive">{arrived}</div>
    </div>
  );
}

/** The tab says what rings or runs out, for whoever looks at another page. */
function useTabTitle(ringing: string | undefined): void {
  const { t } = useTranslation('operator');
  const { view } = usePanel();
  const dueAt = waitingCall(view)?.hold?.dueAt;
  const left = useTimed((now) => (dueAt === undefined ? '' : remaining(dueAt - now)));
  const title = ringing ?? (left === '' ? undefined : t('tab.held', { left }));
  useEffect(() => {
    const usual = document.title;
    if (title !== undefined) document.title = title;
    return () => {
      document.title = usual;
    };
  }, [title]);
}
