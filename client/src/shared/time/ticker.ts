import { useSyncExternalStore } from 'react';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { serverClock } from './serverClock.ts';

const listeners = new Set<() => void>();
let stop: (() => void) | undefined;

const beat = (): void => {
  for (const listener of listeners) listener();
};

/** One beat for all countdowns of the page: it runs only while something counts. */
function start(): () => void {
  const worker = new Worker(new URL('./tickWorker.ts', import.meta.url), { type: 'module' });
  let spare: ReturnType<typeof setInterval> | undefined;
  worker.addEventListener('message', beat);
  // Where workers are forbidden the page's own timer does, at worst once a minute in the background.
  worker.addEventListener('error', () => {
    spare ??= setInterval(beat, 250);
  });
  document.addEventListener('visibilitychange', beat);
  return () => {
    worker.terminate();
    clearInterval(spare);
    document.removeEventListener('visibilitychange', beat);
  };
}

/** Calls `listener` about four times a second until the returned function is called. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = undefined;
    }
  };
}

/**
 * A value computed from the server's time, kept current. The component draws again only when the value changes, so give
 * back what is shown (`"01:12"`), not the instant.
 */
export const useTimed = <T extends string | number | boolean>(compute: (now: Instant) => T): T =>
  useSyncExternalStore(onTick, () => compute(serverClock.now()));
