import { useSyncExternalStore } from 'react';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { keptPlain, str } from '../texts.ts';

/** One step, taken to be put into this or another script, in this or another tab. */
const KEPT_AS = 'studio.clipboard';
const listeners = new Set<() => void>();

export function takeStep(step: LooseStep): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(step));
  for (const tell of listeners) tell();
}
export function takenStep(): LooseStep | undefined {
  return read(localStorage.getItem(KEPT_AS));
}
/** As it was written by this or an older version of the page. */
function read(text: string | null): LooseStep | undefined {
  const step = keptPlain(text);
  return step && str(step['id']) !== '' ? (step as LooseStep) : undefined;
}
const listen = (tell: () => void): (() => void) => {
  listeners.add(tell);
  window.addEventListener('storage', tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('storage', tell);
  };
};
/** Redraws when a step was taken, here or in another tab. */
export function useTakenStep(): LooseStep | undefined {
  return read(useSyncExternalStore(listen, () => localStorage.getItem(KEPT_AS)));
}
