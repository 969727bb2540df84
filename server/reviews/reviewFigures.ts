import type { Instant, Language } from '../../machines/vocabulary/index.ts';
import type { Calibration, ReviewTrend } from '../contract/index.ts';
import type { ReviewCriteria } from '../knowledge/callLists.ts';
import type { ReviewDocument } from './reviewDocument.ts';

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
const criteriaOf = (form: ReviewCriteria, language: Language): readonly { id: string; label: string }[] =>
  form.groups.flatMap((group) => group.criteria.map(({ id, label }) => ({ id, label: label[language] })));

/** Reviews of one call beside each other: where two supervisors judge unlike, the widest difference first. */
export function calibrate(
  callId: string,
  reviews: readonly ReviewDocument[],
  form: ReviewCriteria,
  language: Language = 'ru',
): Calibration {
  const criteria = criteriaOf(form, language)
    .map(({ id, label }) => {
      const marks = reviews.map((review) => review.marks[id] ?? null);
      const given = marks.filter((mark) => mark !== null);
      const difference = given.length < 2 ? 0 : Math.max(...given) - Math.min(...given);
      // Each mark is a share of the scale of its day.
      const shares = reviews.flatMap((review) => review.shares[id] ?? []);
      const apart = shares.length < 2 ? undefined : Math.max(...shares) - Math.min(...shares);
      return { id, label, marks, difference, apart };
    })
    .filter(({ marks }) => marks.some((mark) => mark !== null));
  const compared = criteria.flatMap(({ apart }) => apart ?? []);
  return {
    callId,
    reviewers: reviews.map(({ reviewerName, score }) => ({ name: reviewerName, score })),
    criteria: criteria
      .map(({ id, label, marks, difference }) => ({ id, label, marks, difference }))
      .toSorted((a, b) => b.difference - a.difference),
    meanDifference: mean(compared),
  };
}

/**
 * Mean scores by week, and each criterion over the later half of the weeks beside the earlier half. `weeks` are first
 * instants, with that of the week after the last one at the end.
 */
export function trendOf(
  reviews: readonly ReviewDocument[],
  weeks: readonly Instant[],
  form: ReviewCriteria,
  language: Language = 'ru',
): ReviewTrend {
  const within = (from: Instant, to: Instant): ReviewDocument[] => reviews.filter(({ at }) => at >= from && at < to);
  const scores = (some: readonly ReviewDocument[]): number[] => some.flatMap(({ score }) => score ?? []);
  const first = weeks[0] ?? 0;
  const middle = weeks[Math.floor((weeks.length - 1) / 2)] ?? 0;
  const end = weeks.at(-1) ?? 0;
  const [earlier, later] = [within(first, middle), within(middle, end)];
  const sharesOf = (some: readonly ReviewDocument[], id: string): number[] =>
    some.flatMap(({ shares }) => shares[id] ?? []);
  return {
    weeks: weeks.slice(0, -1).map((from, index) => {
      const mine = within(from, weeks[index + 1] ?? end);
      return { at: from, count: mine.length, mean: mean(scores(mine)) };
    }),
    criteria: criteriaOf(form, language)
      .flatMap(({ id, label }) => {
        const now = mean(sharesOf(later, id));
        return now === null
          ? []
          : [
              {
                id,
                label,
                mean: now,
                before: mean(sharesOf(earlier, id)),
                count: sharesOf(later, id).length,
              },
            ];
      })
      .toSorted((a, b) => a.mean - b.mean),
    mean: mean(scores(later)),
    before: mean(scores(earlier)),
    count: later.length,
  };
}
