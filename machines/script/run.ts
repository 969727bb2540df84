import { advance, begin } from '../step.ts';
import { AppError } from '../vocabulary/index.ts';
import type { Instant, Language } from '../vocabulary/index.ts';
import type { Fields } from './fields.ts';
import type { Known } from './known.ts';
import { arrivalEffects, askEffects, learnedEffects } from './effects.ts';
import { readingIn } from './machine/context.ts';
import type { MachineContext, MachineEvent } from './machine/context.ts';
import type {
  CompiledChoice,
  CompiledScript,
  CompiledStep,
  Move,
  Refusal,
  ScriptEffect,
  ScriptEvent,
  ScriptState,
  StepResult,
} from './model.ts';
import { whyOff } from './offers.ts';
import { readingOf } from './read.ts';
import type { Reading } from './read.ts';

/** Begins the script. `fields` and `language` carry over what another script of the same call has learned. */
export function start(
  compiled: CompiledScript,
  known: Known,
  at: Instant,
  carried: { readonly fields?: Fields; readonly language?: Language } = {},
): StepResult {
  const language = compiled.languages.find((one) => one === carried.language) ?? compiled.languages[0] ?? 'ru';
  const input = { at, known: { ...known, now: at }, language, fields: carried.fields ?? {} };
  const [snapshot, actions] = begin(compiled.machine, input);
  if (snapshot.status === 'error')
    throw new AppError('script.start', `Script ${compiled.id}`, { kind: 'unexpected', cause: snapshot.error });
  return {
    state: stateOf(compiled, snapshot),
    effects: effectsOf(
      compiled,
      actions,
      { known: input.known },
      { before: snapshot.context, after: snapshot.context },
    ),
  };
}

/**
 * One event, purely: the next state and what it asks for. A refused event leaves the state as it was and says why; a
 * fact to which the script does not react leaves it as it was and says nothing.
 */
export function step(compiled: CompiledScript, state: ScriptState, event: ScriptEvent, known: Known): StepResult {
  const now = { ...known, now: event.at };
  const refused = refusalOf(compiled, state, event, now);
  if (refused) return { state, effects: [], refused };
  const { machine } = compiled;
  const before = machine.resolveState({ value: state.step, context: contextOf(state, event.at) });
  const [after, actions] = advance(machine, before, machineEvent(event, now));
  if (after === before && actions.length === 0) return { state, effects: [] };
  const contexts = { before: before.context, after: after.context };
  return { state: stateOf(compiled, after), effects: effectsOf(compiled, actions, { known: now, event }, contexts) };
}

/**
 * A stored state, ready to go on: undefined when it is not a state of this script, or its step is gone. Any version of
 * the script that still has the step can take it up.
 */
export function restore(compiled: CompiledScript, stored: unknown): ScriptState | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const state = stored as ScriptState;
  if (state.v !== 1 || state.scriptId !== compiled.id || !compiled.steps.has(state.step)) return undefined;
  if (!Array.isArray(state.path) || !Array.isArray(state.stack) || typeof state.fields !== 'object') return undefined;
  const stack = state.stack.filter((key) => compiled.steps.has(key));
  return { ...state, scriptVersion: compiled.version, stack };
}

export function machineEvent(event: ScriptEvent, known: Known): MachineEvent {
  const moment = { at: event.at, known };
  switch (event.type) {
    case 'choose':
      return { ...moment, type: `choose.${event.choiceId}` };
    case 'fact':
      return { ...moment, type: `fact.${event.name}` };
    case 'answer':
      return { ...moment, type: 'answer', field: event.fieldId, value: event.value };
    case 'language':
      return { ...moment, type: 'language', language: event.language };
    case 'noAnswer':
      return { ...moment, type: 'noAnswer', said: event.said };
    case 'back':
    case 'restart':
    case 'timeUp':
      return { ...moment, type: event.type };
  }
}

const contextOf = (state: ScriptState, at: Instant): MachineContext => ({
  fields: state.fields,
  path: state.path,
  stack: state.stack,
  language: state.language,
  dueAt: state.dueAt ?? null,
  reminded: state.reminded ?? false,
  now: at,
  via: '',
  undone: [],
});

/** What the functions here need of an XState snapshot. */
interface Snapshot {
  readonly value: unknown;
  readonly context: MachineContext;
}

export const stateOf = (compiled: CompiledScript, { value, context }: Snapshot): ScriptState => ({
  v: 1,
  scriptId: compiled.id,
  scriptVersion: compiled.version,
  step: String(value),
  fields: context.fields,
  path: context.path,
  stack: context.stack,
  language: context.language,
  ...(context.dueAt === null ? {} : { dueAt: context.dueAt }),
  ...(context.reminded ? { reminded: true as const } : {}),
});

interface Moment {
  readonly known: Known;
  readonly event?: ScriptEvent;
}
interface Contexts {
  readonly before: MachineContext;
  readonly after: MachineContext;
}

/** The machine names what it wants; here the names become effects, in the order in which they were wanted. */
function effectsOf(
  compiled: CompiledScript,
  actions: readonly { readonly type: string; readonly params: unknown }[],
  { known, event }: Moment,
  { before, after }: Contexts,
): ScriptEffect[] {
  return actions.flatMap(({ type, params }): readonly ScriptEffect[] => {
    switch (type) {
      case 'ask':
        return askEffects(readingIn(compiled, before, known), params as { move: Move; choice?: CompiledChoice });
      case 'arrive':
        return arrivalEffects(readingIn(compiled, after, known), after.path.at(-1)?.via ?? '');
      case 'learn':
        return event?.type === 'answer' ? learnedEffects(readingIn(compiled, before, known), event) : [];
      case 'tell':
        return event?.type === 'noAnswer'
          ? [{ type: 'noAnswer', step: before.path.at(-1)?.step ?? '', said: event.said }]
          : [];
      default:
        return [];
    }
  });
}

export function readingAt(compiled: CompiledScript, state: ScriptState, known: Known): Reading {
  return readingOf({
    linked: compiled,
    stepKey: state.step,
    fields: state.fields,
    language: state.language,
    stackDepth: state.stack.length,
    known,
  });
}

const WORDS = {
  'script.noSuchChoice': { ru: 'На этом шаге нет такого выбора', en: 'There is no such choice on this step' },
  'script.noSuchField': { ru: 'В сценарии нет такого поля', en: 'The script has no such field' },
  'script.badValue': { ru: 'Такой ответ нельзя записать', en: 'Such an answer cannot be stored' },
  'script.noBack': { ru: 'Это первый шаг', en: 'This is the first step' },
  'script.language': { ru: 'На этом языке сценария нет', en: 'The script does not speak this language' },
} as const;

function refusalOf(
  compiled: CompiledScript,
  state: ScriptState,
  event: ScriptEvent,
  known: Known,
): Refusal | undefined {
  const refuse = (code: keyof typeof WORDS): Refusal => ({ code, message: WORDS[code][state.language] });
  switch (event.type) {
    case 'choose': {
      const reading = readingAt(compiled, state, known);
      const choice = reading.step && choiceOf(reading.step, event.choiceId);
      return choice && reading.step ? whyOff(reading, choice, reading.step) : refuse('script.noSuchChoice');
    }
    case 'answer':
      if (!compiled.questions.has(event.fieldId)) return refuse('script.noSuchField');
      return isStorable(event.value) ? undefined : refuse('script.badValue');
    case 'back':
      return canGoBack(compiled, state) ? undefined : refuse('script.noBack');
    case 'language':
      return compiled.languages.includes(event.language) ? undefined : refuse('script.language');
    case 'fact':
    case 'restart':
    case 'timeUp':
    case 'noAnswer':
      return undefined;
  }
}

const choiceOf = (step: CompiledStep, id: string) =>
  step.choices.find((one) => one.choice.id === id) ?? step.side.find((one) => one.choice.id === id);

/** Back leads to the step before, if this version still has it. */
export const canGoBack = (compiled: CompiledScript, state: ScriptState): boolean =>
  compiled.steps.has(state.path.at(-2)?.step ?? '');

/** Bounds of what a snapshot may carry; the question's own limits are told as a problem of the field, not refused. */
function isStorable(value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return value.length <= 2000;
  return (
    Array.isArray(value) && value.length <= 100 && value.every((one) => typeof one === 'string' && one.length <= 200)
  );
}
