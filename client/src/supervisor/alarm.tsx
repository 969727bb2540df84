import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { play, unlockSound } from '../shared/ui/sound.ts';
import { openAlerts, type Board } from './board.ts';
import styles from './Supervisor.module.css';

const SOUND = 'board.sound';
const canNotify = (): boolean => 'Notification' in window;
const mayNotify = (): boolean => canNotify() && Notification.permission === 'granted';

/** Sound and notifications of the desktop: on unless this person turned them off. */
export function useAlarmSwitch(): { readonly on: boolean; readonly turn: () => void } {
  const [on, setOn] = useState(() => localStorage.getItem(SOUND) !== 'off');
  return {
    on,
    turn() {
      unlockSound();
      // The browser asks only after a touch, so it is this button that asks.
      if (canNotify() && Notification.permission === 'default') void Notification.requestPermission();
      localStorage.setItem(SOUND, on ? 'off' : 'on');
      setOn(!on);
    },
  };
}

export function AlarmSwitch({ on, turn }: ReturnType<typeof useAlarmSwitch>) {
  const { t } = useTranslation('supervisor');
  const Icon = on ? IconBell : IconBellOff;
  const label = t(on ? 'alarm.on' : 'alarm.off');
  return (
    <button type="button" className={styles['icon']} aria-pressed={on} aria-label={label} title={label} onClick={turn}>
      <Icon size={18} stroke={1.6} aria-hidden />
    </button>
  );
}

/** A sound, and a notification of the desktop where allowed, for each alert that is new since the page was opened. */
export function useAlarm(board: Board | undefined, on: boolean): void {
  const { t } = useTranslation('supervisor');
  const known = useRef<Set<string> | undefined>(undefined);
  useEffect(() => {
    const unlock = (): void => {
      unlockSound();
      if (on && canNotify() && Notification.permission === 'default') void Notification.requestPermission();
    };
    window.addEventListener('pointerdown', unlock, { once: true });
    return () => window.removeEventListener('pointerdown', unlock);
  }, [on]);
  useEffect(() => {
    if (!board) return;
    const alerts = openAlerts(board).flatMap((group) => group.alerts);
    const fresh = known.current ? alerts.filter((alert) => !known.current?.has(alert.key)) : [];
    known.current = new Set(alerts.map((alert) => alert.key));
    const worst = fresh.find((alert) => alert.level === 'breach') ?? fresh[0];
    if (!worst || !on) return;
    play(worst.level === 'breach' ? 'over' : 'soon');
    // Asking the browser for its permission takes a while: last.
    if (document.hidden && mayNotify())
      void new Notification(t(`alert.${worst.code}`, { defaultValue: worst.code }), {
        body: [worst.operatorName, worst.text].filter(Boolean).join(' · '),
        tag: worst.key,
      });
  }, [board, on, t]);
}
