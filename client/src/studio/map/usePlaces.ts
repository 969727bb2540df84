import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import type { Lead } from '../leads.ts';
import { keepPlaces, keptPlaces } from './keptPlaces.ts';
import type { Drawing } from './layout.ts';
import { withNew, type Places } from './places.ts';

/** Scripts drawn since the page was loaded; `keptPlaces.ts` has those of earlier days. */
const drawn = new Map<string, Places>();
/** A drag moves sixty times a second; it is written down when it rests. */
const WRITE_AFTER_MS = 500;

/** Where the steps stand, by the hand or by the layout; undefined while they are laid out for the first time. What is written later moves nothing. */
export function usePlaces(scriptId: string, steps: readonly LooseStep[], leads: readonly Lead[]) {
  const [laid, setLaid] = useState(() => drawn.get(scriptId) ?? keptPlaces(localStorage, scriptId, steps));
  useEffect(() => {
    if (!laid) return undefined;
    drawn.set(scriptId, laid);
    const timer = setTimeout(() => keepPlaces(localStorage, scriptId, laid), WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [scriptId, laid]);
  const tidy = useCallback(
    () => laidOutAside({ ids: steps.map(({ id }) => id), ways: leads.map(({ from, to }) => [from, to]) }, setLaid),
    [steps, leads],
  );
  // Once, when the map is opened.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => (laid ? undefined : tidy()), []);
  const move = useCallback((moved: Places): void => setLaid((before) => new Map([...(before ?? []), ...moved])), []);
  const places = useMemo(() => laid && withNew(laid, steps, leads), [laid, steps, leads]);
  return { places, tidy, move };
}

/** Hands over the places when they are there; the returned function calls it off. */
function laidOutAside(drawing: Drawing, done: (places: Places) => void): () => void {
  const worker = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' });
  let isWanted = true;
  const end = (places: Places): void => {
    worker.terminate();
    if (isWanted) done(places);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Places>) => end(data));
  // Where workers are forbidden the page does it itself.
  worker.addEventListener('error', () => void import('./layout.ts').then(({ laidOut }) => end(laidOut(drawing))));
  // A worker has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(drawing);
  return () => {
    isWanted = false;
    worker.terminate();
  };
}
