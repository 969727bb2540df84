import { useTranslation } from 'react-i18next';
import { PAUSE_REASONS } from '../../../machines/operator/readinessTypes.ts';
import type { OperatorRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { elapsed, remaining } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';

/** What an operator does now, for how long or until when, and whether it needs a hand. */
export function useOperatorWords(row: OperatorRow): {
  readonly what: string;
  readonly clock: string;
  readonly level: 'calm' | 'warning' | 'breach';
} {
  const { t } = useTranslation(['supervisor', 'operator']);
  const { nameOf } = useSite();
  const { call } = row;
  const dueAt = call?.hold?.dueAt;
  const clock = useTimed((now) => {
    if (row.state === 'offline') return '';
    if (dueAt !== undefined) return now < dueAt ? remaining(dueAt - now) : `−${elapsed(now - dueAt)}`;
    if (row.wrapUpUntil !== undefined) return remaining(row.wrapUpUntil - now);
    return elapsed(now - row.since);
  });
  const isLost = row.pauseReason === PAUSE_REASONS.panelLost;
  const level = useTimed((now) => {
    if (isLost) return 'warning';
    if (row.help || call?.hold?.state === 'unpromised' || (dueAt !== undefined && now >= dueAt)) return 'breach';
    return dueAt !== undefined && now >= dueAt - 30_000 ? 'warning' : 'calm';
  });
  const state = isLost
    ? t('trouble.panelLost')
    : call && row.state === 'onCall' && call.phase !== 'talking'
      ? t(`phase.${call.phase}`, { defaultValue: t(`state.${row.state}`) })
      : t(`state.${row.state}`);
  // Reasons that the product itself gives have their words with the operator's.
  const pause =
    !isLost &&
    row.pauseReason &&
    t(`operator:operator.reasons.${row.pauseReason}`, { defaultValue: nameOf('pauseReasons', row.pauseReason) });
  const unpromised = call?.hold?.state === 'unpromised' && t('operator.noTerm');
  // On a break of the own choice: no trouble, but nobody is at the screen.
  const closed = row.away && row.state === 'paused' && !isLost && t('operator:operator.reasons.panelLost');
  const parts = [
    row.help ? t('trouble.helpAsked') : state,
    unpromised,
    pause,
    closed,
    row.listening && t('operator.heard'),
  ];
  return { what: parts.filter(Boolean).join(' · '), clock, level };
}
