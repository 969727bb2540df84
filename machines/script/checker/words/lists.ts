import type { Said } from '../../localText.ts';

/**
 * A list of words that should not be said, with the reason. `[what is heard, what to say instead]`.
 * A word is matched in all its forms («осуществляем», «осуществляет»), `a|b` in those of either: verbs whose forms have
 * different roots are written so («принять|примем»). `=слово` and `=a|b` mean these very forms alone.
 */
export interface WordList {
  readonly code: string;
  /** Why, with the clause. */
  readonly reason: Said;
  readonly entries: readonly (readonly [heard: string, instead: string])[];
}
