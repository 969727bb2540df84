import type { Milliseconds } from '../../../machines/vocabulary/index.ts';

/** What a client of the demonstration does by itself. Everything left out is left to the person at the page. */
export interface ClientScript {
  /** Hangs up when nobody has answered by then. */
  readonly patienceMs?: Milliseconds;
  /** Hangs up so long after the first answer. */
  readonly talkMs?: Milliseconds;
  /** Hangs up when on hold for so long. */
  readonly onHoldPatienceMs?: Milliseconds;
  /** What it does when it is called. Default: answers. */
  readonly whenCalled?: 'answers' | 'busy' | 'noAnswer';
  /** Default 3 s. */
  readonly answersAfterMs?: Milliseconds;
  /** Keys it presses at the questions of the survey. */
  readonly surveyDigits?: string;
}

export const DEFAULT_ANSWER_MS: Milliseconds = 3_000;

/** What a telephone does by itself. */
export interface TelephoneScript {
  /** Lifts by itself after so long. */
  readonly answersAfterMs?: Milliseconds;
  /** Says busy to every call, or to a second one while in a call. */
  readonly busy?: 'always' | 'inCall' | 'never';
  /** Nobody is there: shown so at the page, and its keys still work. */
  readonly neverAnswers?: boolean;
  /** Takes no notice of NOTIFY talk and hold, as some telephones do. */
  readonly ignoresNotify?: boolean;
}
