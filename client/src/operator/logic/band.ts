import type { CallbackView, CallView } from '../../../../server/contract/panel.ts';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { MINUTE } from '../../../../machines/vocabulary/time.ts';

/** How much a promise to call back presses: `quiet` is fine and grey. */
export type Urgency = 'quiet' | 'soon' | 'late';

export const urgencyOf = (callback: Pick<CallbackView, 'dueAt' | 'state'>, now: Instant): Urgency => {
  if (callback.state === 'overdue' || callback.dueAt <= now) return 'late';
  return callback.state === 'due' || callback.dueAt - now <= 15 * MINUTE ? 'soon' : 'quiet';
};

/** Nearest breach first; the same instant keeps its order. */
export const byNearestBreach = (callbacks: readonly CallbackView[]): readonly CallbackView[] =>
  callbacks.toSorted((a, b) => a.dueAt - b.dueAt);

/** What the narrow band at the foot has room for, and how many stay behind "ещё N". */
export function bandOf(
  callbacks: readonly CallbackView[],
  others: readonly CallView[],
  withHold: boolean,
): { readonly shown: readonly CallbackView[]; readonly more: number } {
  const room = 3 - (withHold ? 1 : 0) - Math.min(1, others.length);
  const sorted = byNearestBreach(callbacks);
  return { shown: sorted.slice(0, room), more: Math.max(0, sorted.length - room) };
}

/** `Кузнецов А. В.` for narrow places; a name of another shape stays whole. */
export function shortName(full: string): string {
  const [surname, first, patronymic, ...rest] = full.trim().split(/\s+/);
  if (surname === undefined || first === undefined || patronymic === undefined || rest.length > 0) return full.trim();
  return `${surname} ${first.charAt(0)}. ${patronymic.charAt(0)}.`;
}
