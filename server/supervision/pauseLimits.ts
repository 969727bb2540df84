import type { Milliseconds } from '../../machines/vocabulary/index.ts';
import type { QueueThresholds } from '../contract/index.ts';
import type { PauseReason } from '../knowledge/callLists.ts';

export interface PauseLimits {
  readonly warnMs: Milliseconds;
  readonly breachMs: Milliseconds;
}
const MINUTE_MS = 60_000;

/** A reason with a limit of its own warns at it, and breaches as much later as any break does; others by the default. */
export function pauseLimits(
  reason: string | undefined,
  reasons: readonly PauseReason[],
  { pauseWarnMs, pauseBreachMs }: QueueThresholds,
): PauseLimits {
  const limit = reasons.find(({ id }) => id === reason)?.limitMinutes;
  const warnMs = limit === undefined ? pauseWarnMs : limit * MINUTE_MS;
  return { warnMs, breachMs: warnMs + pauseBreachMs - pauseWarnMs };
}
