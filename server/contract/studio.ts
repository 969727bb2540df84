import { z } from 'zod';
import type { Instant, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Known, ScriptState, StepView } from '../../machines/script/index.ts';
import type { Said } from '../../machines/script/localText.ts';

/**
 * The trainer's studio and its drafts. Versions, learning, documents and training have their own files beside this one.
 *
 * Socket. `subscribe('studio')` pushes `studio` (StudioView: all scripts) now and at each change of a row. The command
 * `studio.open` answers with the whole draft and from then on pushes `studioDraft` (DraftDelta) at each change of it
 * to everyone in the studio: a page ignores scripts that it has not open; a delta whose `fromRevision` is above yours means: open again, one whose `revision` is below
 * yours is old news. `studio.here` every 15 s
 * keeps you among those present (PRESENCE_MS); it also says on which step you are. After a lost connection: subscribe,
 * open, then send the edits that were not acknowledged with the `baseRevision` they were made on.
 *
 * Nobody's edit is lost: edits of different steps, and of different parts of one step, are merged; two different edits
 * of the same part become a `DraftConflict`, kept with the draft (it survives a crash) until somebody resolves it.
 */
export const PRESENCE_MS: Milliseconds = 45_000;

/** All scripts, pushed as `studio`; also `GET /studio/scripts`. Sorted by title. */
export interface StudioView {
  readonly serverNow: Instant;
  readonly scripts: readonly ScriptRow[];
}
export interface ScriptRow {
  readonly scriptId: string;
  readonly title: string;
  readonly steps: number;
  /** Chosen for calls by itself; the others are called by scripts or opened by hand. */
  readonly chosenForCalls: boolean;
  /** The published version; absent for a script that was never published. */
  readonly current?: { readonly version: number; readonly publishedAt: Instant; readonly publishedBy: string };
  /** Absent: no draft, or a draft equal to the current version. */
  readonly draft?: {
    readonly state: DraftState;
    readonly revision: number;
    readonly changedAt: Instant;
    readonly changedBy: string;
    /** Absent: nobody looked at the draft since the start; it is being checked, and the counts follow. */
    readonly errors?: number;
    readonly warnings?: number;
    readonly publishAt?: Instant;
  };
  readonly present: readonly Present[];
}
/** `editing` → submit → `inReview` → approve → `approved` → publish → `scheduled` or published (the draft is gone). */
export type DraftState = 'editing' | 'inReview' | 'approved' | 'scheduled';
export interface Present {
  readonly personId: string;
  readonly name: string;
  readonly tabId: string;
  readonly stepId: string | null;
}

/** Answer of `studio.open`. */
export interface DraftView {
  readonly serverNow: Instant;
  readonly scriptId: string;
  /** Rises by one at each accepted `studio.edit`. */
  readonly revision: number;
  /** YAML with comments: what the source pane shows. */
  readonly source: string;
  /** The same as data, as far as it can be read; may not fit the format (see findings). `steps` are in order. */
  readonly script: LooseScript;
  readonly findings: readonly FindingView[];
  readonly conflicts: readonly DraftConflict[];
  readonly present: readonly Present[];
  /** `memory`: storage is away, what was edited waits in the server's memory and spill file. */
  readonly storage: 'ok' | 'memory';
  /** Version that the draft began from; 0 for a new script. */
  readonly basedOn: number;
  readonly review: DraftReview;
  /** A text that is not YAML at the moment, saved as typed; the draft itself stays as it was until it reads again. */
  readonly unreadable?: { readonly source: string; readonly by: string; readonly at: Instant };
}
export type LooseStep = Readonly<Record<string, unknown>> & { readonly id: string };
export interface LooseScript {
  readonly id: string;
  /** Everything but `steps`. */
  readonly head: Readonly<Record<string, unknown>>;
  readonly steps: readonly LooseStep[];
}
export interface FindingView {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly stepId?: string;
  /** Place in the whole script's data: `['steps', 3, 'choices', 0, 'to']`. */
  readonly path: readonly (string | number)[];
  /** In the YAML, from 1. */
  readonly line?: number;
  readonly column?: number;
  /** In the trainer's words. */
  readonly message: Said;
  /** `yaml`: the same for whoever writes the source, in Russian. */
  readonly suggestion: Said & { readonly yaml?: string };
}
/**
 * Submitting freezes a copy: review, approval and publication are of that copy. Edits go on meanwhile and wait in the
 * draft, which then stands on the version published; `revision` below the draft's says that there are such edits.
 */
export interface DraftReview {
  readonly state: DraftState;
  /** Of the frozen copy. */
  readonly revision?: number;
  readonly submitted?: { readonly by: string; readonly byName: string; readonly at: Instant; readonly reason: string };
  readonly approved?: { readonly by: string; readonly byName: string; readonly at: Instant; readonly note: string };
  /** The last refusal, until the next submit. */
  readonly rejected?: { readonly byName: string; readonly at: Instant; readonly note: string };
  readonly publishAt?: Instant;
  /** Why a publication at its set time did not happen (errors appeared, somebody published meanwhile). */
  readonly failed?: { readonly at: Instant; readonly code: string };
  /** Ids of those who changed it since its version: none of them may approve. */
  readonly authors: readonly string[];
}
/** Two different edits of one part. `theirs` is in the draft; `mine` waits here. `null`: the step was removed. */
export interface DraftConflict {
  readonly conflictId: string;
  /** The step; `''` for the head of the script. */
  readonly stepId: string;
  /** Parts that collide: `say`, `choices.yes`, `on.held`… */
  readonly parts: readonly string[];
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
  readonly by: string;
  readonly byName: string;
  readonly at: Instant;
}

/** Pushed as `studioDraft`. What is absent did not change. Apply only when `fromRevision` is the revision you have. */
export interface DraftDelta {
  readonly serverNow: Instant;
  readonly scriptId: string;
  readonly fromRevision: number;
  readonly revision: number;
  /** Who changed it; the sender's own tabs get it too. */
  readonly by?: { readonly personId: string; readonly name: string; readonly commandId: string };
  /** `from` and `remove` count UTF-16 units of the text before. */
  readonly source?: { readonly from: number; readonly remove: number; readonly insert: string };
  readonly put?: readonly LooseStep[];
  readonly gone?: readonly string[];
  /** Ids of all steps in order, when the order changed. */
  readonly order?: readonly string[];
  readonly head?: Readonly<Record<string, unknown>>;
  readonly findings?: readonly FindingView[];
  readonly conflicts?: readonly DraftConflict[];
  readonly present?: readonly Present[];
  readonly storage?: 'ok' | 'memory';
  readonly review?: DraftReview;
  readonly unreadable?: DraftView['unreadable'] | null;
  readonly basedOn?: number;
}

/** Value of `studio.edit`. Every edit of the list is merged, or became one of `conflicts`. */
export interface EditResult {
  readonly revision: number;
  /** Conflicts that this command made. */
  readonly conflicts: readonly DraftConflict[];
  /** False: storage is away, the edit is in the server's memory and spill file. */
  readonly saved: boolean;
}

/** Value of `studio.walk` and `studio.preview`: pure, nothing is stored. Hand `state` back with the next event. */
export interface WalkView {
  readonly view: StepView;
  readonly state: ScriptState;
  readonly known: Known;
  /** What the script asked the product to do at this event. */
  readonly effects: readonly { readonly type: string }[];
  /** Why the event changed nothing. */
  readonly refused?: { readonly code: string; readonly message: string };
  /** Of a preview: what half of the calls hear instead of `view.lines` while the second wording is on trial. */
  readonly trialLines?: readonly string[];
}

const scriptId = z.string().regex(/^[a-z][A-Za-z0-9-]{0,59}$/);
const stepId = z.string().min(1).max(60);
const tabId = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(500);
const looseStep = z.looseObject({ id: stepId });
/** Ids that appear in `after`: the step behind which to stand, `null` for the first place. */
const after = stepId.nullable();

/**
 * Operations on the document; comments and formatting of what they do not touch stay. `setStep` carries the whole step
 * as wanted: only what differs from the step at `baseRevision` counts as your change. `setHead`: one key, `null` takes
 * it away. `setSource`: the YAML as typed, readable or not.
 */
export const editSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('setStep'), step: looseStep }),
  z.object({ op: z.literal('addStep'), step: looseStep, after }),
  z.object({ op: z.literal('removeStep'), stepId }),
  z.object({ op: z.literal('moveStep'), stepId, after }),
  z.object({ op: z.literal('setHead'), key: z.string().min(1).max(40), value: z.unknown() }),
  z.object({ op: z.literal('setSource'), source: z.string().max(2_000_000) }),
]);
export type DraftEdit = z.infer<typeof editSchema>;

const which = z.union([z.int().min(1), z.enum(['draft', 'submitted'])]);
export type WhichVersion = z.infer<typeof which>;
export const walkEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('choose'), choiceId: z.string().max(100) }),
  z.object({
    type: z.literal('answer'),
    fieldId: z.string().max(100),
    value: z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100), z.null()]),
  }),
  z.object({ type: z.literal('back') }),
  z.object({ type: z.literal('restart') }),
  z.object({ type: z.literal('language'), language: z.enum(['ru', 'en']) }),
  /** A fact of the line: `held`, `resumed`, `clientHungUp`… (REACTION_FACTS without `timeUp`). */
  z.object({ type: z.literal('fact'), name: z.string().max(40) }),
  z.object({ type: z.literal('timeUp') }),
]);
export type WalkEvent = z.infer<typeof walkEventSchema>;

/** For trainers and admins. Refusals are codes `studio.*`; `studio.errors` has `count`, `studio.stale` `revision`. */
export const studioCommands = {
  'studio.open': z.object({ scriptId, tabId }),
  'studio.here': z.object({ scriptId, tabId, stepId: stepId.nullable() }),
  'studio.close': z.object({ scriptId, tabId }),
  /** A new script: from nothing, or as a copy. Value: DraftView's `scriptId` and `revision`. */
  'studio.create': z.object({ scriptId, title: z.string().trim().min(1).max(200), copyOf: scriptId.optional() }),
  'studio.edit': z.object({ scriptId, baseRevision: z.int().min(0), edits: z.array(editSchema).min(1).max(500) }),
  /** `step`: how the step shall be now; `null` keeps what is in the draft. For the head: its object. */
  'studio.resolve': z.object({ scriptId, conflictId: z.string().max(100), step: z.looseObject({}).nullable() }),
  /** The draft becomes the published version again; what it was stays in `history`. */
  'studio.discard': z.object({ scriptId, reason }),
  /** Refused with `studio.errors` while the checker finds errors, `studio.conflicts` while some are open. */
  'studio.submit': z.object({ scriptId, revision: z.int(), reason }),
  'studio.withdraw': z.object({ scriptId, reason }),
  /** Refused with `studio.ownWork` for anyone who changed the draft. */
  'studio.approve': z.object({ scriptId, revision: z.int(), note: z.string().trim().max(500) }),
  'studio.reject': z.object({ scriptId, note: reason }),
  /** Without `at`: now. Value: `{ versions: [{scriptId, version}] }`, the callers that were republished included. */
  'studio.publish': z.object({ scriptId, revision: z.int(), reason, at: z.int().positive().optional() }),
  'studio.unschedule': z.object({ scriptId, reason }),
  /** The content of an old version becomes the next version at once. Value as of `studio.publish`. */
  'studio.rollBack': z.object({ scriptId, version: z.int().min(1), reason }),
  /** One step as the operator will see it, filled with an example. Value: WalkView. */
  'studio.preview': z.object({ scriptId, version: which, stepId, known: z.looseObject({}).optional() }),
  /** Without `state`: the beginning. `known` replaces parts of the example call (`{ workingHours: false }`). */
  'studio.walk': z.object({
    scriptId,
    version: which,
    state: z.looseObject({}).optional(),
    event: walkEventSchema.optional(),
    known: z.looseObject({}).optional(),
  }),
} as const;
export type StudioCommands = { [Name in keyof typeof studioCommands]: z.infer<(typeof studioCommands)[Name]> };
