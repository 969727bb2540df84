import { useRef } from 'react';
import { serverClock } from '../../shared/time/serverClock.ts';
import type { KeyMap } from '../hotkeys.tsx';

/** Longer between two digits is two choices; a number that one knows is typed faster. */
const ONE_NUMBER_MS = 1_200;
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** One digit chooses in the list; more at once are the number of a telephone. */
export function useDigits(act: {
  readonly one: (digit: number) => void;
  readonly number: (text: string) => void;
}): KeyMap {
  const typed = useRef({ text: '', at: 0 });
  const press = (digit: string): void => {
    const now = serverClock.now();
    const text = now - typed.current.at < ONE_NUMBER_MS ? typed.current.text + digit : digit;
    typed.current = { text, at: now };
    if (text.length > 1) act.number(text);
    else if (digit !== '0') act.one(Number(digit));
  };
  return Object.fromEntries(DIGITS.map((digit) => [digit, () => press(digit)]));
}
