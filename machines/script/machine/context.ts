import type { Instant, Language } from '../../vocabulary/index.ts';
import type { Fields } from '../fields.ts';
import type { Known } from '../known.ts';
import type { LinkedScript } from '../link.ts';
import type { PathEntry } from '../model.ts';
import { readingOf } from '../read.ts';
import type { Reading } from '../read.ts';
import type { FieldValue } from '../view.ts';

/** What the machine remembers: JSON, and nothing that the compiler made. */
export interface MachineContext {
  readonly fields: Fields;
  readonly path: readonly PathEntry[];
  readonly stack: readonly string[];
  readonly language: Language;
  readonly dueAt: Instant | null;
  readonly reminded: boolean;
  /** Instant and cause of the event in hand: what `enter` writes into the path. */
  readonly now: Instant;
  readonly via: string;
  /** Going back: the stays that the next entry of the path takes with it. */
  readonly undone: readonly PathEntry[];
}

interface Moment {
  readonly at: Instant;
  readonly known: Known;
}
/** The machine's own events: one type per choice and fact, so that the chart reads as the script. */
export type MachineEvent = Moment &
  (
    | { readonly type: `choose.${string}` }
    | { readonly type: `fact.${string}` }
    | { readonly type: 'answer'; readonly field: string; readonly value: FieldValue | null }
    | { readonly type: 'language'; readonly language: Language }
    | { readonly type: 'noAnswer'; readonly said: string }
    | { readonly type: 'back' | 'restart' | 'timeUp' }
  );
export interface MachineInput extends Moment {
  readonly language: Language;
  readonly fields: Fields;
}

export interface Args {
  readonly context: MachineContext;
  readonly event: MachineEvent;
}

/** What can be read at the present step of a machine's context. */
export const readingIn = (linked: LinkedScript, context: MachineContext, known: Known): Reading =>
  readingOf({
    linked,
    stepKey: context.path.at(-1)?.step ?? linked.start,
    fields: context.fields,
    language: context.language,
    stackDepth: context.stack.length,
    known,
  });

/** The first step is entered by XState's own event, which carries the input. */
export const knownOf = (event: MachineEvent | { readonly input: MachineInput }): Known =>
  'input' in event ? event.input.known : event.known;
