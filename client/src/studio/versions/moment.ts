import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { useTranslation } from 'react-i18next';
import { useSite, useWording } from '../../app/session.ts';
import { serverClock } from '../../shared/time/serverClock.ts';

/** `16:30` today, `завтра 16:30`, `пт 27.11, 16:30`. */
export function useMoment(): (at: Instant) => string {
  const wording = useWording();
  return (at) => wording.short(at, serverClock.now());
}

/** `26 ноября 2026 г.`: for paper, which is read on another day. */
export function useDay(): (at: Instant) => string {
  const { i18n } = useTranslation();
  const { timeZone } = useSite();
  return (at) =>
    new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'ru-RU', { dateStyle: 'long', timeZone }).format(at);
}
