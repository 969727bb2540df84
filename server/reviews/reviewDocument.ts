import { z } from 'zod';
import type { Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { ReviewView } from '../contract/index.ts';
import type { ReviewCriteria } from '../knowledge/callLists.ts';
import type { CollectionSpec } from '../storage/port.ts';

/** One reviewer's judgement of one call. */
export interface ReviewDocument {
  readonly callId: string;
  readonly callAt: Instant;
  readonly operatorId: OperatorId;
  readonly operatorName: string;
  readonly unit: string;
  readonly reviewerId: OperatorId;
  readonly reviewerName: string;
  readonly at: Instant;
  readonly marks: Readonly<Record<string, number | null>>;
  readonly score: number | null;
  /** Marks as shares of the scale they were given on: the form may change later. */
  readonly shares: Readonly<Record<string, number>>;
  readonly comment: string;
  readonly answer: { readonly at: Instant; readonly text: string } | null;
  readonly seenAt: Instant | null;
}
const loose = z.looseObject({ callId: z.string(), at: z.number(), marks: z.record(z.string(), z.number().nullable()) });
export const reviewsSpec: CollectionSpec<ReviewDocument> = {
  name: 'reviews',
  version: 1,
  columns: {
    callId: { type: 'text', of: (review) => review.callId },
    operatorId: { type: 'text', of: (review) => review.operatorId },
    unit: { type: 'text', of: (review) => review.unit },
    reviewerId: { type: 'text', of: (review) => review.reviewerId },
    at: { type: 'instant', of: (review) => review.at },
    score: { type: 'real', of: (review) => review.score },
  },
  indexes: [{ columns: ['callId'] }, { columns: ['operatorId', 'at'] }, { columns: ['at'] }],
  check: (document) => loose.parse(document) as unknown as ReviewDocument,
};

/** 0 to 100: marks as shares of the scale, by weight, over the criteria that apply. `null` when none does. */
export function scoreOf(form: ReviewCriteria, marks: Readonly<Record<string, number | null>>): number | null {
  let weight = 0;
  let sum = 0;
  for (const criterion of form.groups.flatMap((group) => group.criteria)) {
    const mark = marks[criterion.id];
    if (mark === undefined || mark === null) continue;
    weight += criterion.weight;
    sum += (criterion.weight * mark) / form.scale;
  }
  return weight === 0 ? null : Math.round((sum / weight) * 1_000) / 10;
}

/** The scale on which the marks were given; `null` when all are 0 and it does not matter. */
function scaleOf({ marks, shares }: ReviewDocument): number | null {
  for (const [id, mark] of Object.entries(marks)) {
    const share = shares[id];
    if (mark && share) return Math.round(mark / share);
  }
  return null;
}

export const reviewView = (id: string, revision: number, review: ReviewDocument): ReviewView => ({
  id,
  revision,
  callId: review.callId,
  callAt: review.callAt,
  operatorId: review.operatorId,
  operatorName: review.operatorName,
  reviewerId: review.reviewerId,
  reviewerName: review.reviewerName,
  at: review.at,
  marks: review.marks,
  scale: scaleOf(review),
  score: review.score,
  comment: review.comment,
  answer: review.answer,
  seenAt: review.seenAt,
});
