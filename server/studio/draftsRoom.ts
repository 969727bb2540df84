import type { Instant } from '../../machines/vocabulary/index.ts';
import type { DraftConflict, LooseStep } from '../contract/index.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { JournalEntry } from '../storage/port.ts';
import { applyEdits } from './applyEdits.ts';
import { NO_REVIEW, type Act, type Draft, type EditEntry } from './draft.ts';
import { joinSegments, splitSource, type Segments } from './source/segments.ts';

/** Entries of the stream `draft/<scriptId>`. */
export type DraftEntry =
  | {
      readonly kind: 'opened';
      readonly body: { readonly source: string; readonly basedOn: number; readonly act?: Act };
    }
  | { readonly kind: 'edited'; readonly body: EditEntry }
  | {
      readonly kind: 'resolved';
      readonly body: { readonly conflictId: string; readonly step: Readonly<Record<string, unknown>> | null } & Act;
    }
  | { readonly kind: 'discarded'; readonly body: { readonly source: string; readonly basedOn: number } & Act }
  | { readonly kind: 'submitted'; readonly body: { readonly basedOn: number } & Act }
  | { readonly kind: 'withdrawn' | 'approved' | 'rejected' | 'unscheduled'; readonly body: Act }
  | { readonly kind: 'scheduled'; readonly body: { readonly publishAt: Instant } & Act }
  | { readonly kind: 'publishFailed'; readonly body: { readonly code: string } }
  /** The frozen copy is version `version` now. */
  | { readonly kind: 'published'; readonly body: { readonly version: number; readonly revision: number } }
  /** The published version changed by other ways: by a rollback (with its text) or for a sub-script's sake. */
  | { readonly kind: 'rebased'; readonly body: { readonly basedOn: number; readonly source?: string } };

/** Who changed the draft last, for the screens. */
export interface LastChange {
  readonly personId: string;
  readonly name: string;
  readonly commandId: string;
}

/** All drafts: made of journal entries, so that every change survives a crash as soon as it is acknowledged. */
export class DraftsRoom implements Room {
  readonly prefix = 'draft';
  readonly #ledger: Ledger;
  readonly #drafts = new Map<string, Draft>();
  readonly #changes = new Map<string, LastChange>();
  #conflicts: readonly DraftConflict[] = [];

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }
  get(scriptId: string): Draft | undefined {
    return this.#drafts.get(scriptId);
  }
  all(): Iterable<Draft> {
    return this.#drafts.values();
  }
  lastChange(scriptId: string): LastChange | undefined {
    return this.#changes.get(scriptId);
  }
  record(scriptId: string, entry: DraftEntry, at: Instant): void {
    this.#ledger.record(`draft/${scriptId}`, entry.kind, at, entry.body);
  }
  /** Records the edits and tells what they collided with. */
  edit(scriptId: string, entry: EditEntry, at: Instant): readonly DraftConflict[] {
    this.record(scriptId, { kind: 'edited', body: entry }, at);
    return this.#conflicts;
  }

  apply(entry: JournalEntry): void {
    const scriptId = entry.stream.slice(this.prefix.length + 1);
    const typed = { kind: entry.kind, body: entry.body } as DraftEntry;
    const before = this.#drafts.get(scriptId);
    const draft =
      typed.kind === 'opened' ? opened(scriptId, typed.body) : before && this.#next(before, typed, entry.at);
    if (!draft) return;
    this.#drafts.set(scriptId, draft);
    this.#ledger.touch(entry.stream);
  }
  #next(draft: Draft, entry: DraftEntry, at: Instant): Draft {
    if (entry.kind === 'edited') {
      const { by, byName, commandId } = entry.body;
      const applied = applyEdits(draft, entry.body, at);
      this.#conflicts = applied.conflicts;
      this.#changes.set(draft.scriptId, { personId: by, name: byName, commandId });
      return applied.draft;
    }
    const step = STEPS[entry.kind] as (before: Draft, body: unknown, at: Instant) => Draft;
    return step(draft, entry.body, at);
  }
  snapshot(id: string): Draft | undefined {
    return this.#drafts.get(id);
  }
  restore(id: string, state: unknown): void {
    this.#drafts.set(id, state as Draft);
  }
}

type Body<Kind extends DraftEntry['kind']> = Extract<DraftEntry, { kind: Kind }>['body'];
type Other = Exclude<DraftEntry['kind'], 'edited'>;

const STEPS: { readonly [Kind in Other]: (draft: Draft, body: Body<Kind>, at: Instant) => Draft } = {
  opened: (draft) => draft,
  resolved: (draft, { conflictId, step, by, byName }, at) => {
    const conflict = draft.conflicts.find((each) => each.conflictId === conflictId);
    if (!conflict) return draft;
    const rest = { ...draft, conflicts: draft.conflicts.filter((each) => each !== conflict) };
    if (step === null) return rest;
    const edits =
      conflict.stepId === ''
        ? Object.entries(step).map(([key, value]) => ({ op: 'setHead' as const, key, value }))
        : [{ op: 'setStep' as const, step: { ...step, id: conflict.stepId } as LooseStep }];
    return applyEdits(rest, { baseRevision: rest.revision, edits, by, byName, commandId: conflictId }, at).draft;
  },
  discarded: (draft, { source, basedOn, by, byName }, at) => {
    const edits = [{ op: 'setSource' as const, source }];
    const because = {
      ru: 'черновик возвращён к опубликованной версии',
      en: 'the draft is the published version again',
    };
    const entry = { baseRevision: draft.revision, edits, by, byName, commandId: '', because };
    const { draft: back } = applyEdits(draft, entry, at);
    return fresh({ ...back, conflicts: [], unreadable: null }, basedOn);
  },
  submitted: (draft, { basedOn, ...act }) => ({
    ...draft,
    basedOn,
    review: {
      ...NO_REVIEW,
      state: 'inReview',
      submitted: act,
      frozen: {
        revision: draft.revision,
        source: joinSegments(draft.segments),
        authors: Object.keys(draft.authors),
      },
    },
  }),
  withdrawn: (draft) => ({ ...draft, review: NO_REVIEW }),
  approved: (draft, act) => ({ ...draft, review: { ...draft.review, state: 'approved', approved: act } }),
  rejected: (draft, act) => ({ ...draft, review: { ...NO_REVIEW, rejected: act } }),
  scheduled: (draft, { publishAt, ...act }) => ({
    ...draft,
    review: { ...draft.review, state: 'scheduled', publishAt, publishing: act, failed: null },
  }),
  unscheduled: (draft) => ({
    ...draft,
    review: { ...draft.review, state: 'approved', publishAt: null, publishing: null },
  }),
  publishFailed: (draft, { code }, at) => ({
    ...draft,
    review: { ...draft.review, state: 'approved', publishAt: null, publishing: null, failed: { at, code } },
  }),
  published: (draft, { version, revision }) => {
    // Edits made after the copy was frozen stay in the draft, now over the new version.
    if (draft.revision <= revision) return fresh(draft, version);
    const later = Object.entries(draft.authors).filter(([, last]) => last > revision);
    return { ...draft, basedOn: version, review: NO_REVIEW, authors: Object.fromEntries(later) };
  },
  rebased: (draft, { basedOn, source }, at) => {
    // The same content for a sub-script's sake: a draft over the version before stands over this one as well.
    if (source === undefined) return draft.basedOn === basedOn - 1 ? { ...draft, basedOn } : draft;
    if (draft.changedAt !== null) return draft;
    const edits = [{ op: 'setSource' as const, source }];
    const number = String(basedOn);
    const because = { ru: `опубликована версия ${number}`, en: `version ${number} was published` };
    const entry = { baseRevision: draft.revision, edits, by: '', byName: '', commandId: '', because };
    return fresh(applyEdits(draft, entry, at).draft, basedOn);
  },
};

const fresh = (draft: Draft, basedOn: number): Draft => ({
  ...draft,
  basedOn,
  authors: {},
  changedAt: null,
  changedBy: '',
  review: NO_REVIEW,
});
function segmentsOf(source: string): Segments | undefined {
  const split = splitSource(source);
  return split.ok ? split.segments : undefined;
}
function opened(scriptId: string, { source, basedOn, act }: Body<'opened'>): Draft | undefined {
  const segments = segmentsOf(source);
  return (
    segments && {
      scriptId,
      basedOn,
      revision: 1,
      segments,
      history: [],
      conflicts: [],
      unreadable: null,
      review: NO_REVIEW,
      authors: act ? { [act.by]: 1 } : {},
      changedAt: act ? act.at : null,
      changedBy: act ? act.byName : '',
    }
  );
}
