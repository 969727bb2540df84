import { AppError, type Clock, type Instant, type Language, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { Calibration, Notice, ReviewTrend, ReviewView } from '../contract/index.ts';
import type { ReviewCriteria } from '../knowledge/callLists.ts';
import type { Collection, Condition, Storage } from '../storage/port.ts';
import { reviewsSpec, reviewView, scoreOf, type ReviewDocument } from './reviewDocument.ts';
import { calibrate, trendOf } from './reviewFigures.ts';

/** The call under review, as far as a review needs it. */
export interface ReviewedCall {
  readonly callId: string;
  readonly at: Instant;
  /** Everyone who talked to the client, the last first. */
  readonly operators: readonly { readonly id: OperatorId; readonly name: string; readonly unit: string }[];
}
/** Of a new review, or of the operator's answer to it, in the operator's words. */
export type ReviewNotice = Pick<Notice, 'code' | 'from' | 'text' | 'review'>;
export interface ReviewsSetup {
  readonly clock: Clock;
  /** The criteria in use. */
  form(): ReviewCriteria;
  call(callId: string): Promise<ReviewedCall | undefined>;
  /** Tells a person something, now. */
  tell(personId: OperatorId, notice: ReviewNotice): void;
}
export interface NewReview {
  readonly callId: string;
  readonly operatorId?: string | undefined;
  readonly marks: Readonly<Record<string, number | null>>;
  readonly comment: string;
}
interface Reviewer {
  readonly id: OperatorId;
  readonly name: string;
}
const MANY = 2_000;

/** Reviews of calls (3.5.2, 3.5.7): a supervisor judges, the operator reads and answers, two supervisors calibrate. */
export class ReviewRoom {
  readonly #reviews: Collection<ReviewDocument>;
  readonly #setup: ReviewsSetup;

  private constructor(reviews: Collection<ReviewDocument>, setup: ReviewsSetup) {
    this.#reviews = reviews;
    this.#setup = setup;
  }
  static async open(storage: Storage, setup: ReviewsSetup): Promise<ReviewRoom> {
    return new ReviewRoom(await storage.collection(reviewsSpec), setup);
  }

  form(): ReviewCriteria {
    return this.#setup.form();
  }

  /**
   * One review of a reviewer for a call; judged again it replaces the first, until the operator has answered. Throws
   * `call.unknown`, `review.noOperator`, `review.own`, `review.answered`, `review.badMark`, `review.empty`.
   */
  async judge(wanted: NewReview, reviewer: Reviewer): Promise<ReviewView> {
    const call = await this.#setup.call(wanted.callId);
    if (!call) throw new AppError('call.unknown', 'no such call', { kind: 'user' });
    const operator = call.operators.find(({ id }) => wanted.operatorId === undefined || id === wanted.operatorId);
    if (!operator) throw new AppError('review.noOperator', 'nobody of ours talked in this call', { kind: 'user' });
    if (operator.id === reviewer.id) throw new AppError('review.own', 'nobody judges their own call', { kind: 'user' });
    const form = this.form();
    const marks = checkedMarks(form, wanted.marks);
    const score = scoreOf(form, marks);
    if (score === null) throw new AppError('review.empty', 'not one criterion is marked', { kind: 'user' });
    const id = `${wanted.callId}/${operator.id}/${reviewer.id}`;
    const before = await this.#reviews.get(id);
    if (before?.document.answer)
      throw new AppError('review.answered', 'the operator has answered: the review stands', { kind: 'user' });
    const shares = Object.fromEntries(
      Object.entries(marks).flatMap(([key, mark]) => (mark === null ? [] : [[key, mark / form.scale]])),
    );
    const document: ReviewDocument = {
      callId: call.callId,
      callAt: call.at,
      operatorId: operator.id,
      operatorName: operator.name,
      unit: operator.unit,
      reviewerId: reviewer.id,
      reviewerName: reviewer.name,
      at: this.#setup.clock.now(),
      marks,
      score,
      shares,
      comment: wanted.comment,
      answer: null,
      seenAt: null,
    };
    await this.#reviews.put(id, document);
    this.#setup.tell(operator.id, {
      code: 'review.made',
      from: reviewer.name,
      review: { callId: wanted.callId, callAt: call.at, score },
    });
    return reviewView(id, (before?.revision ?? 0) + 1, document);
  }

  /** The operator's word on it, once. Throws `review.unknown`, `review.answered`, `review.conflict`. */
  async answer(id: string, text: string, operatorId: OperatorId, name: string): Promise<ReviewView> {
    const stored = await this.#own(id, operatorId);
    if (stored.document.answer) throw new AppError('review.answered', 'answered already', { kind: 'user' });
    const at = this.#setup.clock.now();
    const document = { ...stored.document, answer: { at, text }, seenAt: stored.document.seenAt ?? at };
    await this.#replace(id, document, stored.revision);
    const { reviewerId, callId, callAt, score } = document;
    this.#setup.tell(reviewerId, {
      ...{ code: 'review.replied', from: name, text },
      ...(score === null ? {} : { review: { callId, callAt, score } }),
    });
    return reviewView(id, stored.revision + 1, document);
  }
  async seen(id: string, operatorId: OperatorId): Promise<void> {
    const stored = await this.#own(id, operatorId);
    if (stored.document.seenAt === null)
      await this.#replace(id, { ...stored.document, seenAt: this.#setup.clock.now() }, stored.revision);
  }
  async #own(id: string, operatorId: OperatorId): Promise<{ document: ReviewDocument; revision: number }> {
    const stored = await this.#reviews.get(id);
    if (!stored || stored.document.operatorId !== operatorId)
      throw new AppError('review.unknown', 'no such review of yours', { kind: 'user' });
    return stored;
  }
  async #replace(id: string, document: ReviewDocument, revision: number): Promise<void> {
    if ((await this.#reviews.replace(id, document, revision)) === 'conflict')
      throw new AppError('review.conflict', 'it was changed just now', { kind: 'user' });
  }

  ofCall(callId: string): Promise<ReviewView[]> {
    return this.#list({ callId });
  }
  ofOperator(operatorId: OperatorId): Promise<ReviewView[]> {
    return this.#list({ operatorId });
  }
  /** Newest first. */
  async list(where: { operatorId?: string; unit?: string; from: Instant; to: Instant }): Promise<ReviewView[]> {
    return this.#list(whereOf(where));
  }
  async #list(where: Record<string, Condition>): Promise<ReviewView[]> {
    const page = await this.#reviews.find({ where, orderBy: { column: 'at', descending: true }, limit: 200 });
    return page.items.map(({ id, revision, document }) => reviewView(id, revision, document));
  }

  async calibration(callId: string, language: Language = 'ru'): Promise<Calibration> {
    const page = await this.#reviews.find({ where: { callId }, orderBy: { column: 'at' }, limit: 20 });
    return calibrate(
      callId,
      page.items.map(({ document }) => document),
      this.form(),
      language,
    );
  }
  async trend(
    where: { operatorId?: string; unit?: string },
    weeks: readonly Instant[],
    language: Language = 'ru',
  ): Promise<ReviewTrend> {
    const page = await this.#reviews.find({
      where: whereOf({ ...where, from: weeks[0] ?? 0, to: weeks.at(-1) ?? 0 }),
      orderBy: { column: 'at', descending: true },
      limit: MANY,
    });
    return trendOf(
      page.items.map(({ document }) => document),
      weeks,
      this.form(),
      language,
    );
  }
}

const whereOf = (asked: {
  operatorId?: string;
  unit?: string;
  from: Instant;
  to: Instant;
}): Record<string, Condition> => ({
  at: { gte: asked.from, lt: asked.to },
  ...(asked.operatorId ? { operatorId: asked.operatorId } : {}),
  ...(asked.unit ? { unit: asked.unit } : {}),
});

function checkedMarks(form: ReviewCriteria, marks: NewReview['marks']): Record<string, number | null> {
  const known = new Set(form.groups.flatMap((group) => group.criteria.map(({ id }) => id)));
  for (const [id, mark] of Object.entries(marks)) {
    if (known.has(id) && (mark === null || (Number.isInteger(mark) && mark >= 0 && mark <= form.scale))) continue;
    throw new AppError('review.badMark', 'no such criterion, or a mark outside the scale', {
      kind: 'user',
      details: { id },
    });
  }
  return { ...marks };
}
