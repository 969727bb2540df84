import type { ChoiceId, ScriptId, StepId } from '../vocabulary/index.ts';

/** What kind of moment of the conversation a step is; the regulation names them (3.5.5, 3.5.6). */
export const STEP_KINDS = [
  'greeting',
  'identity',
  'purpose',
  'rephrase',
  'answer',
  'hold',
  'callback',
  'transfer',
  'otherChannel',
  'refusal',
  'farewell',
  'note',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export type FieldValue = string | number | boolean | readonly string[];

/** A question as the operator fills it in. */
export interface FieldView {
  readonly id: string;
  readonly label: string;
  readonly type: 'text' | 'phone' | 'date' | 'choice' | 'checklist' | 'number';
  readonly required: boolean;
  /** The answer to it; to one that may stay open, also what the inquiry knew before or another question told. */
  readonly value?: FieldValue;
  /** For `choice` and `checklist`. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Why the present value is refused, in the operator's language. */
  readonly problem?: string;
}

export interface ChoiceView {
  readonly id: ChoiceId;
  /** Key that chooses it: `1`…`9`. */
  readonly key: string;
  readonly label: string;
  readonly enabled: boolean;
  /** Why it is off and what can be done instead. */
  readonly whyNot?: string;
}

/**
 * One step, filled in for this client at this moment: all that the panel draws of a script.
 * Made by a pure function of (compiled script, snapshot, what is known), on the server and in the browser alike.
 * All texts are plain text, never markup.
 */
export interface StepView {
  readonly scriptId: ScriptId;
  readonly scriptVersion: number;
  readonly stepId: StepId;
  readonly kind: StepKind;
  readonly title: string;
  /** Place on the main path, for "шаг 3 из 6"; absent on side paths. */
  readonly position?: { readonly index: number; readonly total: number };
  /** Wordings to say; the first is proposed, the others are one key away. */
  readonly lines: readonly string[];
  /** Not to be read aloud. */
  readonly hints: readonly string[];
  readonly fields: readonly FieldView[];
  readonly choices: readonly ChoiceView[];
  /** Особые ситуации: choices open on every step (the client is silent, upset…), without number keys. */
  readonly side?: readonly ChoiceView[];
  /** What the panel puts beside the line on this step. */
  readonly asks?: {
    /** Times of return to offer on a hold step, in milliseconds. */
    readonly holdOfferMs?: readonly number[];
    /** Calendar rule by which the term of a callback is proposed. */
    readonly callbackRule?: string;
    /** People to transfer to are wanted. */
    readonly transfer?: true;
    /** Ids of contact points to show (3.5.12). */
    readonly contactPoints?: readonly string[];
    /** Topic for the knowledge base. */
    readonly topic?: string;
  };
  readonly canGoBack: boolean;
  /** When the step's time limit passes, on the server's clock. */
  readonly dueAt?: number;
  /** The script is at its end: what was its outcome, and why it ended when with neither farewell. */
  readonly ended?: { readonly satisfied: boolean | null; readonly because?: string };
  /** What happens next for the client, by when, and who answers for it (1.4). */
  readonly next?: { readonly what: string; readonly by?: string; readonly who?: string };
}
