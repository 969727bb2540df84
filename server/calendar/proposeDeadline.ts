import { HOUR, type Instant } from '../../machines/vocabulary/index.ts';
import type { DeadlineProposal, DeadlineRule } from '../contract/rest.ts';
import type { BusinessCalendar } from './businessCalendar.ts';

/** What to offer the client: the rule's term first, nearer and further moments of working time within it beside. */
export function proposeDeadline(
  calendar: BusinessCalendar,
  rule: DeadlineRule,
  at: Instant,
  number = '',
): DeadlineProposal {
  const zone = calendar.zoneOfNumber(number);
  const { dueAt, latestAt } = calendar.deadline(rule, at, zone);
  const moments = rule === 'callback' ? callbackMoments(calendar, at, zone) : [];
  const choices = [...new Set([dueAt, ...moments])].filter((moment) => moment <= latestAt).sort((a, b) => a - b);
  return { dueAt, latestAt, rule, choices: choices.map((moment) => ({ dueAt: moment })) };
}

function callbackMoments(calendar: BusinessCalendar, at: Instant, zone: string | undefined): readonly Instant[] {
  const soon = [HOUR, 2 * HOUR].map((ms) => calendar.sayable(calendar.addWorkingMs(at, ms, zone), at, zone));
  // The end of our day is deep night for a client far to the east.
  if (zone !== undefined) return soon;
  const endOfDay = calendar.endOfWorkingDay(at);
  return [...soon, endOfDay, calendar.endOfWorkingDay(endOfDay + HOUR)];
}
