import { useEffect, useEffectEvent } from 'react';
import type { Direction } from './places.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export interface MapKeys {
  /** To the next step in that direction. */
  step(direction: Direction): void;
  /** To the next or previous way out of the chosen step. */
  lead(by: number): void;
  /** Into the form of the chosen step. */
  enter(): void;
  /** True when there was something on the map to remove or to let go: the editor's own keys then do nothing. */
  remove(): boolean;
  release(): boolean;
}

/** Arrows walk from step to step, with Shift through the ways out of one; Enter, Delete, Escape. Never while typing. */
export function useMapKeys(keys: MapKeys): void {
  const press = useEffectEvent((event: KeyboardEvent): boolean => {
    const { target, key } = event;
    if (target instanceof HTMLElement && target.closest('input, textarea, select, dialog, [contenteditable]'))
      return false;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const direction = ARROWS[key];
    if (direction && event.shiftKey) keys.lead(direction === 'down' || direction === 'right' ? 1 : -1);
    else if (direction) keys.step(direction);
    else if (key === 'Delete' || key === 'Backspace') return keys.remove();
    else if (key === 'Escape') return keys.release();
    else if (key === 'Enter' && !(target instanceof HTMLElement && target.closest('button, a'))) keys.enter();
    else return false;
    return true;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!press(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // Before the editor, whose Delete is for steps.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}
