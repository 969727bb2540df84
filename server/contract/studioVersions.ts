import type { Instant } from '../../machines/vocabulary/index.ts';
import type { Said } from '../../machines/script/localText.ts';
import type { FindingView, LooseScript, LooseStep, WhichVersion } from './studio.ts';

/** Versions of a script: what there was, what differs, and files out and in. Drafts are in `studio.ts`. */

/** `GET /studio/scripts/{scriptId}/versions`, newest first. */
export interface VersionRow {
  readonly version: number;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  readonly publishedByName: string;
  readonly approvedByName: string | null;
  readonly reason: string;
  /** Calls that are on this version now. */
  readonly liveCalls: number;
  /** Republished with no change of its own, because a sub-script was published. */
  readonly becauseOf?: string;
  /** The older version whose content it brings back. */
  readonly restores?: number;
}
/** `GET /studio/scripts/{scriptId}/versions/{version}`: a number, `draft`, or `submitted` (the copy under review). */
export interface VersionView {
  readonly scriptId: string;
  readonly version: WhichVersion;
  readonly source: string;
  readonly script: LooseScript;
}
/** `GET /studio/scripts/{scriptId}/compare?from=2&to=draft`: versions by number, `draft`, `submitted`. */
export interface ComparisonView {
  readonly from: WhichVersion;
  readonly to: WhichVersion;
  /** In the order of the script. `words`: "изменён текст шага «Приветствие»". */
  readonly changes: readonly ChangeView[];
  /** Step beside step, in the order of `to`; what is gone stands where it was. */
  readonly steps: readonly StepPair[];
  /** The script as a whole, without its steps. */
  readonly head: { readonly left: LooseStep; readonly right: LooseStep; readonly kind: 'same' | 'changed' };
  /** Both texts line by line for the page side by side; `null` where one side has no such line. */
  readonly lines: readonly {
    readonly left: string | null;
    readonly right: string | null;
    readonly kind: 'same' | 'changed' | 'added' | 'removed';
  }[];
}
export interface StepPair {
  readonly stepId: string;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  /** Null where the version has no such step, and where both say the same: then `right` is both. */
  readonly left: LooseStep | null;
  readonly right: LooseStep | null;
}
export interface ChangeView {
  /** Stable: `step.added`, `step.say`, `choice.removed`… */
  readonly code: string;
  readonly stepId?: string;
  readonly words: Said;
  readonly before?: unknown;
  readonly after?: unknown;
}
/** `GET /studio/scripts/{scriptId}/history`: the changes of the draft, newest first, at most 200. */
export interface DraftHistoryRow {
  readonly revision: number;
  readonly at: Instant;
  readonly byName: string;
  readonly words: readonly Said[];
}

/** `GET /studio/export` and `GET /studio/scripts/{scriptId}/export?version=`; the body of `POST /studio/import`. */
export interface ScriptFiles {
  /** File names as in the library folder: `inbound.yaml`. */
  readonly files: readonly { readonly file: string; readonly source: string }[];
}
/** Answer of `POST /studio/import`: each readable file became a draft; publishing is a step of its own. */
export interface ImportView {
  readonly drafts: readonly { readonly scriptId: string; readonly file: string; readonly revision: number }[];
  readonly refused: readonly { readonly file: string; readonly findings: readonly FindingView[] }[];
}
