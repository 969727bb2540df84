import type { DraftConflict, DraftReview, DraftView } from '../contract/index.ts';
import type { Act, Draft } from './draft.ts';

/** What of a draft reaches the browser, field by field. */
export const presentConflicts = ({ conflicts }: Draft): readonly DraftConflict[] => conflicts;

export const presentUnreadable = ({ unreadable }: Draft): NonNullable<DraftView['unreadable']> => ({
  source: unreadable?.source ?? '',
  by: unreadable?.by ?? '',
  at: unreadable?.at ?? 0,
});

export function presentReview({ review, authors }: Draft): DraftReview {
  const { state, frozen, submitted, approved, rejected, publishAt, failed } = review;
  return {
    state,
    ...(frozen ? { revision: frozen.revision } : {}),
    ...(submitted ? { submitted: { ...whoAndWhen(submitted), by: submitted.by, reason: submitted.note } } : {}),
    ...(approved ? { approved: { ...whoAndWhen(approved), by: approved.by, note: approved.note } } : {}),
    ...(rejected ? { rejected: { ...whoAndWhen(rejected), note: rejected.note } } : {}),
    ...(publishAt === null ? {} : { publishAt }),
    ...(failed ? { failed } : {}),
    authors: frozen?.authors ?? Object.keys(authors),
  };
}
const whoAndWhen = ({ byName, at }: Act): { byName: string; at: number } => ({ byName, at });
