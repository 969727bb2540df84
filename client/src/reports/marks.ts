import type { ReviewForm, ReviewView } from '../../../server/contract/reviews.ts';

export type Marks = Readonly<Record<string, number | null>>;

/** Marks given before, as far as the criteria and the scale of now still have them. */
export function marksToKeep(form: ReviewForm, before: ReviewView | undefined): Marks {
  if (!before) return {};
  const known = new Set(form.groups.flatMap((group) => group.criteria.map(({ id }) => id)));
  const sameScale = before.scale === null || before.scale === form.scale;
  return Object.fromEntries(
    Object.entries(before.marks).filter(([id, mark]) => known.has(id) && (mark === null || sameScale)),
  );
}
