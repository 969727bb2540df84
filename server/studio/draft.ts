import type { DraftConflict, DraftEdit, DraftState, LooseStep } from '../contract/index.ts';
import type { Said } from '../../machines/script/localText.ts';
import type { Instant } from '../../machines/vocabulary/index.ts';
import type { Segments } from './source/segments.ts';

/** One draft: plain JSON, made of journal entries, kept in snapshots. */
export interface Draft {
  readonly scriptId: string;
  /** Version that it began from; 0 for a new script. */
  readonly basedOn: number;
  readonly revision: number;
  readonly segments: Segments;
  /** Newest last, at most HISTORY. */
  readonly history: readonly DraftChange[];
  readonly conflicts: readonly DraftConflict[];
  readonly unreadable: { readonly source: string; readonly by: string; readonly at: Instant } | null;
  readonly review: Review;
  /** Who changed what since the version: person id → revision of the last change. */
  readonly authors: Readonly<Record<string, number>>;
  /** Somebody changed it since its version. */
  readonly changedAt: Instant | null;
  readonly changedBy: string;
}
export interface Review {
  readonly state: DraftState;
  /** The copy that was submitted. */
  readonly frozen: { readonly revision: number; readonly source: string; readonly authors: readonly string[] } | null;
  readonly submitted: Act | null;
  readonly approved: Act | null;
  readonly rejected: Act | null;
  readonly publishAt: Instant | null;
  /** Why and by whom it is to be published at its time. */
  readonly publishing: Act | null;
  readonly failed: { readonly at: Instant; readonly code: string } | null;
}
export interface Act {
  readonly by: string;
  readonly byName: string;
  readonly at: Instant;
  readonly note: string;
}
export const NO_REVIEW: Review = {
  state: 'editing',
  frozen: null,
  submitted: null,
  approved: null,
  rejected: null,
  publishAt: null,
  publishing: null,
  failed: null,
};

/** One accepted change, with what it changed as it was before: by it the base of a late edit is found again. */
export interface DraftChange {
  readonly revision: number;
  readonly at: Instant;
  readonly by: string;
  readonly byName: string;
  /** `null`: the step was not there. */
  readonly steps: Readonly<Record<string, LooseStep | null>>;
  readonly head: Readonly<Record<string, unknown>>;
  readonly words: readonly Said[];
}
export const HISTORY = 400;

/** A browser that was away longer than the history reaches has an unknown base: what differs then collides, in the open. */
export const reaches = ({ history, revision }: Draft, baseRevision: number): boolean =>
  baseRevision >= revision || (history[0]?.revision ?? revision + 1) <= baseRevision + 1;

/** The step as it was at that revision; `undefined`: nobody changed it since; `null`: it was not there. */
export function stepAt(draft: Draft, stepId: string, baseRevision: number): LooseStep | null | undefined {
  return draft.history.find(({ revision, steps }) => revision > baseRevision && Object.hasOwn(steps, stepId))?.steps[
    stepId
  ];
}
export function headAt(draft: Draft, key: string, baseRevision: number): { readonly value: unknown } | undefined {
  const change = draft.history.find(({ revision, head }) => revision > baseRevision && Object.hasOwn(head, key));
  return change && { value: change.head[key] ?? undefined };
}

export interface EditEntry {
  readonly baseRevision: number;
  readonly edits: readonly DraftEdit[];
  readonly by: string;
  readonly byName: string;
  readonly commandId: string;
  /** Words for the history when the edit is one of the product's own ("Из «нет нужного ответа»…"). */
  readonly because?: string | Said;
}
