import { HOUR, MINUTE, SECOND } from '../vocabulary/index.ts';
import type { Milliseconds } from '../vocabulary/index.ts';

const UNITS: Readonly<Record<string, Milliseconds>> = {
  s: SECOND,
  с: SECOND,
  сек: SECOND,
  m: MINUTE,
  м: MINUTE,
  мин: MINUTE,
  h: HOUR,
  ч: HOUR,
};

/** "2мин", "90 s", "1ч" as the format allows them; anything else is no time at all. */
export function durationMs(text: string): Milliseconds {
  const match = /^(\d{1,5}) ?(\p{L}+)$/u.exec(text);
  return Number(match?.[1] ?? 0) * (UNITS[match?.[2] ?? ''] ?? 0);
}
