import type { Instant, Language } from '../vocabulary/index.ts';
import type { Facts } from './conditions.ts';
import { checkAnswer } from './fields.ts';
import type { Fields } from './fields.ts';
import type { Known } from './known.ts';
import { textIn } from './localText.ts';
import type { LinkedScript } from './link.ts';
import type { CompiledStep } from './model.ts';
import { dayPartOf, localTime } from './text/localTime.ts';
import type { LocalTime } from './text/localTime.ts';
import type { DeadlineRule, Fills, Question } from './types.ts';
import type { KnownName } from './variables.ts';
import type { FieldValue } from './view.ts';

/** All that a condition or a text of one step can read at one moment. */
export interface Reading {
  readonly linked: LinkedScript;
  readonly step: CompiledStep | undefined;
  readonly fields: Fields;
  readonly language: Language;
  readonly known: Known;
  readonly local: LocalTime;
  readonly stackDepth: number;
  readonly facts: Facts;
}

interface Source {
  readonly linked: LinkedScript;
  readonly stepKey: string;
  readonly fields: Fields;
  readonly language: Language;
  readonly stackDepth: number;
  readonly known: Known;
}

export function readingOf({ stepKey, ...source }: Source): Reading {
  const local = localTime(source.known.now, source.known.timeZone);
  const reading: Reading = {
    ...source,
    step: source.linked.steps.get(stepKey),
    local,
    facts: {
      today: local.date,
      field: (name) => fieldOf(reading, name),
      known: (name) => (Object.hasOwn(READERS, name) ? READERS[name as KnownName](reading) : undefined),
    },
  };
  return reading;
}

/** The question of that field: this step's own before that of another step. */
export const questionOf = (reading: Pick<Reading, 'linked' | 'step'>, field: string): Question | undefined =>
  reading.step?.questions.find((question) => question.field === field) ?? reading.linked.questions.get(field);

/** An answer that passes its check; what is refused counts as not given. A field without a question holds what was set. */
export function fieldOf(reading: Reading, name: string): FieldValue | undefined {
  const raw = Object.hasOwn(reading.fields, name) ? reading.fields[name] : undefined;
  if (raw === undefined) return undefined;
  const question = questionOf(reading, name);
  if (!question) return raw;
  const checked = checkAnswer(question, raw, { date: reading.local.date });
  return 'value' in checked ? checked.value : undefined;
}

/** What the client said in this script of a thing that the product wants to know. */
export function filled(reading: Reading, what: Fills): FieldValue | undefined {
  for (const field of reading.linked.fills.get(what) ?? []) {
    const value = fieldOf(reading, field);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

const some = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);

/**
 * The term by which the operator calls back: named, or proposed by the rule of the step. Where a callback is promised,
 * the term of the one that this call keeps is past or near: the client hears a new one.
 */
export function callbackDueAt(reading: Reading): Instant | undefined {
  const { callback, deadlines } = reading.known;
  const isKeeping = reading.step?.step.kind === 'callback' && callback?.promised === false;
  return (isKeeping ? undefined : callback?.dueAt) ?? deadlines?.[callbackRule(reading)];
}
export const callbackRule = (reading: Reading): DeadlineRule =>
  reading.step?.step.callback?.rule ?? (reading.known.client.kind === 'internal' ? 'internal' : 'callback');

export const transfersLeft = ({ limit, extra, count }: Known['transfers']): number =>
  Math.max(0, limit + extra - count);
export const holdNamed = (known: Known): boolean => (known.hold?.promisedMs ?? 0) > 0;

type Reader = (reading: Reading) => FieldValue | undefined;

/** Values of `known:` in conditions. */
export const READERS: Readonly<Record<KnownName, Reader>> = {
  'operator.position': ({ known }) => some(known.operator.position),
  'operator.unit': ({ known }) => some(known.operator.unit),
  'client.name': (reading) => filled(reading, 'client.name') ?? some(reading.known.client.name),
  'client.number': ({ known }) => some(known.client.number),
  'client.kind': ({ known }) => known.client.kind,
  'client.earlierCalls': ({ known }) => known.client.earlierCalls,
  'call.phase': ({ known }) => known.call.phase,
  'call.direction': ({ known }) => known.call.direction,
  'call.queue': ({ known }) => some(known.call.queue),
  'call.dialled': ({ known }) => some(known.call.dialled),
  'call.isCallback': ({ known }) => known.call.isCallback,
  dayPart: ({ local }) => dayPartOf(local.hour),
  weekday: ({ local }) => local.weekday,
  workingHours: ({ known }) => known.workingHours,
  language: ({ language }) => language,
  'hours.schedule': ({ known, language }) =>
    known.hours?.schedule === undefined ? undefined : some(textIn(known.hours.schedule, language)),
  'inquiry.callNumber': ({ known }) => known.inquiry.callNumber,
  'inquiry.topic': (reading) => filled(reading, 'inquiry.topic') ?? some(reading.known.inquiry.topic),
  'inquiry.situation': (reading) => filled(reading, 'inquiry.situation') ?? some(reading.known.inquiry.situation),
  'inquiry.profile': (reading) => filled(reading, 'inquiry.profile') ?? some(reading.known.inquiry.profile),
  'inquiry.question': (reading) => filled(reading, 'inquiry.question') ?? some(reading.known.inquiry.question),
  'transfers.count': ({ known }) => known.transfers.count,
  'transfers.limit': ({ known }) => known.transfers.limit + known.transfers.extra,
  'transfers.left': ({ known }) => transfersLeft(known.transfers),
  'hold.state': ({ known }) => known.hold?.state,
  'hold.named': ({ known }) => holdNamed(known),
  'hold.count': ({ known }) => known.holds ?? 0,
  'callback.number': (reading) => filled(reading, 'callback.number') ?? some(reading.known.callback?.number),
  'callback.promised': ({ known }) => known.callback?.promised ?? false,
  'callback.dueAt': (reading) => {
    const named = filled(reading, 'callback.dueAt');
    const dueAt = callbackDueAt(reading);
    return named ?? (dueAt === undefined ? undefined : localTime(dueAt, reading.known.timeZone).date);
  },
};
