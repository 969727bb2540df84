import type { Clock, Instant } from '../../machines/vocabulary/index.ts';
import { endOfLocalDay, localDay } from './localDay.ts';

/** Calls `turn` at the first instant of each day of a time zone, until the returned function is called. */
export function onEachDay(clock: Clock, timeZone: string, turn: (at: Instant) => void): () => void {
  let cancel = (): void => undefined;
  const arm = (): void => {
    const next = endOfLocalDay(localDay(clock.now(), timeZone), timeZone) + 1;
    cancel = clock.setTimer(next, () => {
      arm();
      turn(next);
    });
  };
  arm();
  return () => cancel();
}
