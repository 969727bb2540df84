import type { Said } from '../localText.ts';

/** What the checker says of one place. Errors keep a script from being published, warnings do not. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Stable, dotted: `target.missing`, `style.officialese`. */
  readonly code: string;
  /** Empty when the file is too broken to tell. */
  readonly scriptId: string;
  readonly stepId?: string;
  /** Place in the data: `['steps', 3, 'choices', 0, 'to']`. */
  readonly path: readonly (string | number)[];
  /** Place in the text, from 1, when it is known. */
  readonly line?: number;
  readonly column?: number;
  /** What is wrong and why it matters. */
  readonly message: Said;
  readonly suggestion: Advice;
}
/** What to do. `yaml`: the same for whoever writes the file, in Russian, when its words differ from the form's. */
export interface Advice extends Said {
  readonly yaml?: string;
}

export type Place = Pick<Finding, 'scriptId' | 'stepId' | 'path'>;
/** Finds line and column of a path; the nearest known ancestor when the path itself is not written. */
export type Locate = (
  path: readonly (string | number)[],
) => { readonly line: number; readonly column: number } | undefined;

export const located = (finding: Finding, locate: Locate): Finding => ({ ...finding, ...locate(finding.path) });

/** What is wrong in a step: the place inside it, the reason and the advice. */
export type StepFault = readonly [
  code: string,
  at: readonly (string | number)[],
  message: Said,
  suggestion: Advice,
  severity?: Finding['severity'],
];
