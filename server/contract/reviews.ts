import type { Instant } from '../../machines/vocabulary/index.ts';

export interface ReviewCriterionView {
  readonly id: string;
  readonly label: string;
  readonly clause: string;
  readonly about: string;
  readonly full: string;
  readonly none: string;
  readonly weight: number;
  readonly appliesWhen?: string;
}
export interface ReviewForm {
  readonly scale: number;
  readonly groups: readonly {
    readonly id: string;
    readonly label: string;
    readonly criteria: readonly ReviewCriterionView[];
  }[];
}
export interface ReviewView {
  readonly id: string;
  readonly callId: string;
  readonly callAt: Instant;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly reviewerId: string;
  readonly reviewerName: string;
  readonly at: Instant;
  /** Marks by criterion; `null`: does not apply to this call. */
  readonly marks: Readonly<Record<string, number | null>>;
  /** On which the marks were given: the form may have another by now. */
  readonly scale: number | null;
  /** 0 to 100, weighted; `null` when nothing applied. */
  readonly score: number | null;
  readonly comment: string;
  readonly answer: { readonly at: Instant; readonly text: string } | null;
  readonly seenAt: Instant | null;
  readonly revision: number;
}
export interface Calibration {
  readonly callId: string;
  readonly reviewers: readonly { readonly name: string; readonly score: number | null }[];
  /** Largest difference first. */
  readonly criteria: readonly {
    readonly id: string;
    readonly label: string;
    readonly marks: readonly (number | null)[];
    readonly difference: number;
  }[];
  /** Mean difference over the criteria that both marked, as a share of the scale. */
  readonly meanDifference: number | null;
}
export interface ReviewTrend {
  readonly weeks: readonly { readonly at: Instant; readonly count: number; readonly mean: number | null }[];
  readonly criteria: readonly {
    readonly id: string;
    readonly label: string;
    readonly mean: number;
    readonly before: number | null;
    readonly count: number;
  }[];
  readonly mean: number | null;
  readonly before: number | null;
  readonly count: number;
}
