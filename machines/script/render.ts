import type { ChoiceId, Language, StepId } from '../vocabulary/index.ts';
import { as } from '../vocabulary/index.ts';
import { holds } from './conditions.ts';
import { durationMs } from './duration.ts';
import { reminderOf } from './effects.ts';
import type { Known } from './known.ts';
import type { CompiledChoice, CompiledScript, CompiledStep, ScriptState, Wording } from './model.ts';
import { askedQuestions, isShown, problemOf, whyOff } from './offers.ts';
import { fieldOf, filled } from './read.ts';
import type { Reading } from './read.ts';
import { canGoBack, readingAt } from './run.ts';
import { sayValue, speak, speakLabel } from './speak.ts';
import { capitalise } from './text/clean.ts';
import { dayPartOf } from './text/localTime.ts';
import type { Question } from './types.ts';
import type { ChoiceView, FieldValue, FieldView, StepView } from './view.ts';

/** The title of the present step alone, for lists of many calls. */
export function stepTitle(compiled: CompiledScript, state: ScriptState, known: Known): string {
  const reading = readingAt(compiled, state, known);
  const shown = reading.step ?? compiled.steps.get(compiled.start);
  return shown === undefined ? '' : speakLabel(reading, shown.step.title);
}

/** The present step as the panel draws it. Pure: the server and the browser make the same. */
export function view(compiled: CompiledScript, state: ScriptState, known: Known): StepView {
  const reading = readingAt(compiled, state, known);
  const compiledStep = reading.step ?? compiled.steps.get(compiled.start);
  if (!compiledStep) throw new RangeError(`Script ${compiled.id} has no steps`);
  const { step, stage } = compiledStep;
  const side = compiledStep.side.filter((choice) => isShown(reading, choice));
  return {
    scriptId: compiled.id,
    scriptVersion: compiled.version,
    stepId: as<StepId>(compiledStep.key),
    kind: step.kind,
    title: speakLabel(reading, step.title),
    ...(stage === undefined ? {} : { position: { index: stage, total: compiled.stages } }),
    lines: linesOf(reading, wordingsFor(compiledStep, state)),
    hints: hintsOf(reading, compiledStep, state),
    fields: askedQuestions(reading).map((question) => fieldView(reading, state, question)),
    choices: choiceViews(reading, compiledStep),
    ...(side.length === 0 ? {} : { side: side.map((choice) => choiceView(reading, compiledStep, choice, '')) }),
    ...asksOf(reading, compiledStep),
    canGoBack: canGoBack(compiled, state),
    ...(state.dueAt === undefined ? {} : { dueAt: state.dueAt }),
    ...endOf(reading, compiledStep),
  };
}

/** The one wording that this call hears, whatever others hear. */
function wordingsFor({ wordings, trial }: CompiledStep, { path }: ScriptState): readonly Wording[] {
  const drawn = path.at(-1)?.trial;
  return trial && drawn?.id === trial.id && drawn.heard === 'second' ? trial.wordings : wordings;
}

function linesOf(reading: Reading, wordings: readonly Wording[]): string[] {
  const lines: string[] = [];
  for (const wording of wordings) {
    const fits = suits(reading, wording) && (wording.otherwise !== true || lines.length === 0);
    const line = fits ? speak(reading, wording.text) : '';
    if (line !== '' && !lines.includes(line)) lines.push(line);
  }
  return lines;
}

function suits(reading: Reading, wording: Wording): boolean {
  const { dayPart, clientKind, language } = wording;
  if (dayPart && !dayPart.includes(dayPartOf(reading.local.hour))) return false;
  if (clientKind !== undefined && clientKind !== reading.known.client.kind) return false;
  if (language !== undefined && language !== reading.language) return false;
  return hasText(wording, reading.language, reading.linked.languages[0]) && holds(wording.when, reading.facts);
}

/** A wording written only in a language that is neither spoken nor the script's first is not for this call. */
const hasText = ({ text }: Wording, language: Language, first: Language | undefined): boolean =>
  typeof text === 'string' || text[language] !== undefined || (first !== undefined && text[first] !== undefined);

function hintsOf(reading: Reading, { hints }: CompiledStep, state: ScriptState): string[] {
  const reminder = state.reminded === true ? reminderOf(reading) : undefined;
  const written = hints.filter((hint) => holds(hint.when, reading.facts)).map((hint) => speak(reading, hint.text));
  return reminder === undefined ? written : [reminder, ...written];
}

function fieldView(reading: Reading, state: ScriptState, question: Question): FieldView {
  const own = Object.hasOwn(state.fields, question.field) ? state.fields[question.field] : undefined;
  const value = own ?? (question.required ? undefined : knownElsewhere(reading, question));
  const problem = problemOf(reading, question);
  return {
    id: question.field,
    label: speakLabel(reading, question.label),
    type: question.type,
    required: question.required ?? false,
    ...(value === undefined ? {} : { value }),
    ...('options' in question ? { options: optionsOf(reading, question) } : {}),
    // An answer that is not given yet is no mistake: only the choice that needs it says so.
    ...(problem === undefined || problem.missing ? {} : { problem: problem.text }),
  };
}

const optionsOf = (reading: Reading, question: Extract<Question, { options: unknown }>) =>
  question.options
    .filter((option) => holds(option.when, reading.facts))
    .map((option) => ({ value: option.value, label: speakLabel(reading, option.label) }));

const choiceViews = (reading: Reading, compiledStep: CompiledStep): ChoiceView[] =>
  compiledStep.choices
    .filter((choice) => isShown(reading, choice))
    .map((choice, index) => choiceView(reading, compiledStep, choice, index < 9 ? String(index + 1) : ''));

function choiceView(reading: Reading, step: CompiledStep, choice: CompiledChoice, key: string): ChoiceView {
  const off = whyOff(reading, choice, step);
  return {
    id: as<ChoiceId>(choice.choice.id),
    key,
    label: speakLabel(reading, choice.choice.label),
    enabled: off === undefined,
    ...(off === undefined ? {} : { whyNot: off.message }),
  };
}

/** What the panel puts beside the line: times to name, a term to agree on, people to transfer to, other channels. */
function asksOf(reading: Reading, { step }: CompiledStep): Pick<StepView, 'asks'> {
  const asks: NonNullable<StepView['asks']> = {
    ...(step.hold ? { holdOfferMs: step.hold.offer.map(durationMs) } : {}),
    ...(step.callback ? { callbackRule: step.callback.rule } : {}),
    ...(step.kind === 'transfer' ? { transfer: true as const } : {}),
    ...(step.contactPoints ? { contactPoints: step.contactPoints } : {}),
    ...(step.topic === undefined ? topicOf(reading.facts.known('inquiry.topic')) : { topic: step.topic }),
  };
  return Object.keys(asks).length === 0 ? {} : { asks };
}
const topicOf = (topic: unknown): { topic?: string } => (typeof topic === 'string' ? { topic } : {});

function endOf(reading: Reading, { step }: CompiledStep): Pick<StepView, 'ended' | 'next'> {
  const { outcome, because, next } = step;
  return {
    ...(outcome === undefined
      ? {}
      : {
          ended: {
            satisfied: outcome === 'none' ? null : outcome === 'satisfied',
            ...(because === undefined ? {} : { because: speak(reading, because) }),
          },
        }),
    ...(next === undefined
      ? {}
      : {
          next: {
            what: speak(reading, next.what),
            ...(next.by === undefined ? {} : { by: speak(reading, next.by) }),
            ...(next.who === undefined ? {} : { who: speak(reading, next.who) }),
          },
        }),
  };
}

/** What was learned so far, in the order of the script's questions: for the column "что уже известно". */
export function learned(
  compiled: CompiledScript,
  state: ScriptState,
  known: Known,
): { label: string; value: string }[] {
  const reading = readingAt(compiled, state, known);
  const settled = new Set<string>();
  return [...compiled.questions.values()].flatMap((question) => {
    if (question.learned === false) return [];
    const value = fieldOf(reading, question.field) ?? learnedBefore(reading, question, settled);
    const said = value === undefined ? undefined : sayValue(reading, question, value);
    if (said === undefined || said === '') return [];
    return [{ label: speakLabel(reading, question.label), value: capitalise(String(said)) }];
  });
}

/** What is known of the inquiry from before this talk, at the first question that could have asked it. */
function learnedBefore(reading: Reading, question: Question, settled: Set<string>): FieldValue | undefined {
  const { fills } = question;
  if (fills === undefined || settled.has(fills)) return undefined;
  // Many questions may fill one thing: that nothing is known of it, or that it was said now, is found out once.
  if (filled(reading, fills) !== undefined || reading.facts.known(fills) === undefined) {
    settled.add(fills);
    return undefined;
  }
  const before = knownElsewhere(reading, question);
  if (before !== undefined) settled.add(fills);
  return before;
}

/** What is known of the inquiry by other questions or from earlier talks, as an answer to this one: nobody is asked twice. */
function knownElsewhere(reading: Reading, question: Question): FieldValue | undefined {
  if (!question.fills?.startsWith('inquiry.')) return undefined;
  const known = reading.facts.known(question.fills);
  return 'options' in question && !question.options.some(({ value }) => value === known) ? undefined : known;
}

/**
 * What the client asks, in words: the question as it was noted, and what was chosen on the steps of its topic. Prepared
 * answers are put in order by it.
 */
export function matterOf(compiled: CompiledScript, state: ScriptState, known: Known): string {
  const reading = readingAt(compiled, state, known);
  const topic = reading.facts.known('inquiry.topic');
  const ofTopic = [...compiled.steps.values()].flatMap(({ step, questions }) =>
    topic !== undefined && step.topic === topic ? questions : [],
  );
  const chosen = ofTopic.flatMap((question) => {
    const value = fieldOf(reading, question.field);
    if (question.type !== 'choice' || question.fills !== undefined || value === undefined) return [];
    return [String(sayValue(reading, question, value) ?? '')];
  });
  return [String(reading.facts.known('inquiry.question') ?? ''), ...new Set(chosen)].filter(Boolean).join('. ');
}
