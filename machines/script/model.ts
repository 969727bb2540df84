import type { Instant, Language, Milliseconds, ScriptId } from '../vocabulary/index.ts';
import type { Known } from './known.ts';
import type { ScriptMachine } from './machine/machine.ts';
import type { Fields } from './fields.ts';
import type { Template } from './text/template.ts';
import type { Heard } from './trial.ts';
import type {
  AskedEffect,
  Choice,
  Condition,
  DeadlineRule,
  Fills,
  LocalText,
  Question,
  ReactionFact,
  Script,
  Step,
} from './types.ts';
import type { FieldValue } from './view.ts';

/** A script linked with its sub-scripts and turned into one XState machine. Never stored: made again from the scripts. */
export interface CompiledScript {
  readonly id: ScriptId;
  readonly version: number;
  readonly title: LocalText;
  readonly languages: readonly Language[];
  /** Key of the first step. */
  readonly start: string;
  /** By key: the step's id for the script's own steps, `<script>/<step>` for those of sub-scripts. */
  readonly steps: ReadonlyMap<string, CompiledStep>;
  /** First question of each field, over all linked scripts. */
  readonly questions: ReadonlyMap<string, Question>;
  readonly fills: ReadonlyMap<Fills, readonly string[]>;
  readonly stages: number;
  /** Keys of the steps that are reached without a call: going to one leaves the side paths of its script. */
  readonly road: ReadonlySet<string>;
  /** What every step of the script inherits; ends do not. */
  readonly inherited: Inherited;
  readonly machine: ScriptMachine;
  /** Texts parsed so far. */
  readonly templates: Map<string, Template>;
}

/** Reactions and choices of a whole script, compiled once and shared by its steps. */
export interface Inherited {
  readonly reactions: CompiledReactions;
  readonly side: readonly CompiledChoice[];
}

export interface CompiledStep {
  readonly key: string;
  readonly script: Script;
  readonly step: Step;
  readonly wordings: readonly Wording[];
  /** Said instead of `wordings` in half of the calls. */
  readonly trial?: StepTrial;
  readonly hints: readonly Hint[];
  readonly questions: readonly Question[];
  readonly choices: readonly CompiledChoice[];
  /** Choices that are offered on every step (особые ситуации). */
  readonly side: readonly CompiledChoice[];
  /** The step's own reactions alone. */
  readonly own: CompiledReactions;
  /** The step's own reactions, then its script's, then the main script's: the first whose condition holds is taken. */
  readonly reactions: CompiledReactions;
  readonly limitMs?: Milliseconds;
  /** Place on the main path, from 1. */
  readonly stage?: number;
}
export interface Wording {
  readonly text: LocalText;
  readonly when?: Condition;
  readonly dayPart?: readonly string[];
  readonly clientKind?: string;
  readonly language?: Language;
  readonly otherwise?: true;
}
export interface StepTrial {
  readonly id: string;
  readonly wordings: readonly Wording[];
}
export interface Hint {
  readonly text: LocalText;
  readonly when?: Condition;
}

export type CompiledReactions = { readonly [Fact in ReactionFact]?: readonly Move[] };

/** Where a choice or a reaction leads. */
export interface Move {
  /** A step's key, `return` to the step on top of the stack, or `stay`. */
  readonly target: string;
  /** Key to come back to, or HERE for the step that is left: pushed on the stack before going. */
  readonly push?: string;
  /** A jump out of sub-scripts to a step of the main script: nothing is left to come back to. */
  readonly clear?: true;
  readonly when?: Condition;
  readonly set?: Readonly<Record<string, FieldValue>>;
  readonly effects: readonly AskedEffect[];
}
export interface CompiledChoice extends Move {
  readonly choice: Choice;
  /** The target is a transfer step: where its `limitReached` leads when no transfer is left. */
  readonly atLimit?: readonly Move[];
}

/** The state of one script in one call: plain JSON, stored in snapshots and sent to the browser. */
export interface ScriptState {
  /** Shape of this object. */
  readonly v: 1;
  readonly scriptId: ScriptId;
  readonly scriptVersion: number;
  /** Key of the present step. */
  readonly step: string;
  readonly fields: Fields;
  /** Steps gone through, oldest first, the present one last; at most PATH_LIMIT, older ones are dropped. */
  readonly path: readonly PathEntry[];
  /** Keys to return to, innermost last. */
  readonly stack: readonly string[];
  readonly language: Language;
  /** The step's time limit, while it has not passed. */
  readonly dueAt?: Instant;
  /** The time limit has passed and the operator is reminded. */
  readonly reminded?: true;
}
export interface PathEntry {
  readonly step: string;
  readonly at: Instant;
  /** What led here: `start`, a choice's id, `fact:held`, `back`, `restart`. */
  readonly via: string;
  /** The step has two wordings on trial: which one the lot gave to this call. */
  readonly trial?: { readonly id: string; readonly heard: Heard };
  /** The stack on entry, when there was one: going back restores it. */
  readonly stack?: readonly string[];
  /** Came here by going back: the stays that this took off the way, oldest first, at most PATH_LIMIT. */
  readonly undone?: readonly PathEntry[];
}
/** All stays on steps as they were lived, also those from which the operator went back. */
export const stayedOn = (path: readonly PathEntry[]): readonly PathEntry[] =>
  path.flatMap(({ undone = [], ...stay }) => [...undone, stay]);
export const PATH_LIMIT = 200;
/** Nested sub-scripts and side paths; a choice that would go deeper is off, a fact forgets the outermost. */
export const STACK_LIMIT = 8;

/** In `Move.push`: the step from which the move was made. */
export const HERE = 'here';

/** What drives a script. Each carries its instant; `known` comes beside it. */
export type ScriptEvent =
  | { readonly type: 'choose'; readonly choiceId: string; readonly at: Instant }
  | { readonly type: 'answer'; readonly fieldId: string; readonly value: FieldValue | null; readonly at: Instant }
  | { readonly type: 'back'; readonly at: Instant }
  | { readonly type: 'restart'; readonly at: Instant }
  | { readonly type: 'language'; readonly language: Language; readonly at: Instant }
  | { readonly type: 'fact'; readonly name: Exclude<ReactionFact, 'timeUp'>; readonly at: Instant }
  /** The step's `dueAt` has come. Ignored when it has not, or belongs to a step that was left. */
  | { readonly type: 'timeUp'; readonly at: Instant }
  | { readonly type: 'noAnswer'; readonly said: string; readonly at: Instant };

/** What the script wants done, as data; whoever runs the script does it. */
export type ScriptEffect =
  | { readonly type: 'step.entered'; readonly step: string; readonly via: string; readonly tags: readonly string[] }
  | { readonly type: 'chosen'; readonly step: string; readonly choiceId: string; readonly tags: readonly string[] }
  /** A valid answer to a question that `fills` something; `value` null when it was taken back. `text`: as shown. */
  | { readonly type: 'learned'; readonly what: Fills; readonly value: FieldValue | null; readonly text: string }
  /** The hold step was entered: offer these times. */
  | { readonly type: 'hold.ask'; readonly offerMs: readonly Milliseconds[] }
  | { readonly type: 'hold.start' }
  | { readonly type: 'hold.resume' }
  | { readonly type: 'callback.ask'; readonly rule: DeadlineRule }
  /** The client agreed. `dueAt` as known when chosen; `dueDate` when the operator named a day instead. */
  | {
      readonly type: 'callback.promise';
      readonly rule: DeadlineRule;
      readonly number: string;
      readonly dueAt?: Instant;
      readonly dueDate?: string;
      readonly question: string;
      readonly clientName: string;
    }
  | { readonly type: 'transfer.ask'; readonly topic?: string; readonly situation?: string; readonly profile?: string }
  | { readonly type: 'contactPoints.show'; readonly ids: readonly string[] }
  | { readonly type: 'help.ask'; readonly step: string }
  | { readonly type: 'survey.invite' }
  | { readonly type: 'noAnswer'; readonly step: string; readonly said: string }
  | {
      readonly type: 'ended';
      readonly satisfied: boolean | null;
      readonly because?: string;
      readonly disposition?: string;
    };

/** Why an event changed nothing. `message` is for the operator, in the language of the panel. */
export interface Refusal {
  readonly code:
    | 'script.noSuchChoice'
    | 'script.choiceOff'
    | 'script.fieldsMissing'
    | 'script.noSuchField'
    | 'script.badValue'
    | 'script.noBack'
    | 'script.language';
  readonly message: string;
}
export interface StepResult {
  readonly state: ScriptState;
  readonly effects: readonly ScriptEffect[];
  readonly refused?: Refusal;
}

/** What the compiler needs besides the script: its version, and the sub-scripts that it calls. */
export interface CompileOptions {
  readonly version?: number;
  /** Sub-scripts by id, in the versions that this version was published with. */
  readonly scripts?: ReadonlyMap<string, Script> | Readonly<Record<string, Script>>;
}

export type WithKnown<Event> = Event & { readonly known: Known };
