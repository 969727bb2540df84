import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { useWording } from '../../app/session.ts';
import { serverClock } from '../../shared/time/serverClock.ts';

/** `16:30` today, `завтра 16:30`, `пт 27.11, 16:30`. */
export function useMoment(): (at: Instant) => string {
  const wording = useWording();
  return (at) => wording.short(at, serverClock.now());
}
