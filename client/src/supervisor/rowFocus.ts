import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';

interface Keyed {
  readonly key: string;
}
const PAGE = 10;

/** How many rows each key goes on, of which `across` stand side by side. */
const stepOf = (key: string, across: number, count: number): number | undefined =>
  ({
    ArrowDown: across,
    ArrowUp: -across,
    ...(across > 1 ? { ArrowRight: 1, ArrowLeft: -1 } : {}),
    PageDown: across * PAGE,
    PageUp: -across * PAGE,
    Home: -count,
    End: count,
  })[key];

export interface RowFocus {
  /** The one row that Tab stops at; it has to be in the page wherever the list is scrolled to. */
  readonly stop: string | undefined;
  readonly stopIndex: number;
  /** Of the element around the rows, of which each carries `data-row` with its key. */
  readonly frame: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
}

/**
 * A list of hundreds of rows by keyboard: Tab stops at it once, arrows go on from there. Rows move and vanish many times
 * a second: the focus stays with its row, and when that is gone with the row that took its place.
 */
export function useRowFocus(rows: readonly Keyed[], across = 1): RowFocus {
  const [place, setPlace] = useState<{ readonly key?: string; readonly index: number }>({ index: 0 });
  const frame = useRef<HTMLElement>(undefined);
  /** The focus was within, and nobody has taken it away. */
  const isIn = useRef(false);
  const found = rows.findIndex((row) => row.key === place.key);
  const stopIndex = found >= 0 ? found : Math.min(place.index, rows.length - 1);
  const stop = rows[stopIndex]?.key;
  // Where a row stands when it vanishes is where the next one takes its place.
  if (found >= 0 && found !== place.index) setPlace({ ...place, index: found });
  useLayoutEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    const row =
      stop === undefined ? null : frame.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(stop)}"]`);
    if (
      isIn.current &&
      row &&
      (lost || (row !== document.activeElement && frame.current?.contains(document.activeElement)))
    )
      row.focus();
  });
  const onFocus = useCallback((event: FocusEvent<HTMLElement>): void => {
    const focused = event.target.dataset['row'];
    frame.current = event.currentTarget;
    isIn.current = focused !== undefined;
    if (focused !== undefined)
      setPlace((before) => (before.key === focused ? before : { key: focused, index: before.index }));
  }, []);
  const onBlur = useCallback((): void => {
    // Of a row that React takes out of the page nothing is told; and another window gives the focus back.
    isIn.current = !document.hasFocus();
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // What is typed belongs to its field.
    if (event.target instanceof HTMLInputElement) return;
    const step = stepOf(event.key, across, rows.length);
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = rows[Math.max(0, Math.min(rows.length - 1, stopIndex + step))];
    event.preventDefault();
    if (next) setPlace({ key: next.key, index: stopIndex });
  };
  return { stop, stopIndex, frame: { onFocus, onBlur, onKeyDown } };
}

/** For a virtual list: what is in sight, and the line of the row that Tab stops at. */
export const withLine =
  (line: number) =>
  (range: Range): number[] => {
    const seen = defaultRangeExtractor(range);
    return line < 0 || seen.includes(line) ? seen : [...seen, line].sort((a, b) => a - b);
  };
