import { IconBell, IconBellOff, IconBellX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { play, unlockSound } from '../shared/ui/sound.ts';
import { openAlerts, type Board } from './board.ts';
import styles from './Supervisor.module.css';

const SOUND = 'board.sound';
const canNotify = (): boolean => 'Notification' in window;
const mayNotify = (): boolean => canNotify() && Notification.permission === 'granted';

interface Switch {
  readonly on: boolean;
  /** The browser lets nothing sound before this page was touched. */
  readonly waits: boolean;
  readonly turn: () => void;
}
/** Sound and notifications of the desktop: on unless this person turned them off. */
export function useAlarmSwitch(): Switch {
  const [on, setOn] = useState(() => localStorage.getItem(SOUND) !== 'off');
  const [waits, setWaits] = useState(() => 'userActivation' in navigator && !navigator.userActivation.hasBeenActive);
  useEffect(
    () =>
      onFirstTouch(() => {
        unlockSound();
        // The browser asks only after a touch.
        if (on && canNotify() && Notification.permission === 'default') void Notification.requestPermission();
        setWaits(false);
      }),
    [on],
  );
  return {
    on,
    waits: on && waits,
    turn() {
      // The first click lets it sound, also when it is on the bell.
      if (on && waits) return;
      unlockSound();
      if (canNotify() && Notification.permission === 'default') void Notification.requestPermission();
      localStorage.setItem(SOUND, on ? 'off' : 'on');
      setOn(!on);
    },
  };
}

/** Any click or key, once; returns how to stop. */
function onFirstTouch(touched: () => void): () => void {
  const stop = new AbortController();
  const once = (): void => {
    stop.abort();
    touched();
  };
  for (const kind of ['click', 'keydown']) window.addEventListener(kind, once, { signal: stop.signal });
  return () => stop.abort();
}

export function AlarmSwitch({ on, waits, turn }: Switch) {
  const { t } = useTranslation('supervisor');
  const Icon = waits ? IconBellX : on ? IconBell : IconBellOff;
  const label = t(waits ? 'alarm.waits' : on ? 'alarm.on' : 'alarm.off');
  return (
    <button
      type="button"
      className={styles['icon']}
      aria-pressed={on}
      aria-label={label}
      title={label}
      data-waits={waits || undefined}
      onClick={turn}
    >
      <Icon size={18} stroke={1.6} aria-hidden />
    </button>
  );
}

/** A sound, and a notification of the desktop where allowed, for each alert that is new since the page was opened. */
export function useAlarm(board: Board | undefined, on: boolean): void {
  const { t } = useTranslation('supervisor');
  const known = useRef<Set<string> | undefined>(undefined);
  useEffect(() => {
    if (!board) return;
    const alerts = openAlerts(board).flatMap((group) => group.alerts);
    const fresh = known.current ? alerts.filter((alert) => !known.current?.has(alert.key)) : [];
    known.current = new Set(alerts.map((alert) => alert.key));
    const worst = fresh.find((alert) => alert.level === 'breach') ?? fresh[0];
    if (!worst || !on) return;
    play(worst.level === 'breach' ? 'over' : 'soon');
    // Asking the browser for its permission takes a while: last. A page beside the window in use is not looked at either.
    if (!document.hasFocus() && mayNotify())
      void new Notification(t(`alert.${worst.code}`, { defaultValue: worst.code }), {
        body: [worst.operatorName, worst.text].filter(Boolean).join(' · '),
        tag: worst.key,
      });
  }, [board, on, t]);
}
