/**
 * A list of words that should not be said, with the reason. `[what is heard, what to say instead]`.
 * Words are matched in every form («осуществляем», «осуществлению»); `=слово` means this very form alone, `a|b` either.
 */
export interface WordList {
  readonly code: string;
  /** Why, with the clause. */
  readonly reason: string;
  readonly entries: readonly (readonly [heard: string, instead: string])[];
}
