import { CONTACT_PARTS } from './names.ts';
import { textIn } from './localText.ts';
import { READERS, callbackDueAt, fieldOf, filled, questionOf } from './read.ts';
import type { Reading } from './read.ts';
import { capitalise, cleanValue } from './text/clean.ts';
import {
  greetingOf,
  sayClock,
  sayDate,
  sayDay,
  sayDayTerm,
  sayDeadline,
  sayDuration,
  sayOnDay,
  sayOpening,
} from './text/forms.ts';
import { dayPartOf, parseIsoDate } from './text/localTime.ts';
import { addressOf, nameOf } from './text/names.ts';
import { sayPhone } from './text/phone.ts';
import { parseTemplate, renderTemplate } from './text/template.ts';
import type { Template } from './text/template.ts';
import type { DeadlineRule, LocalText, Question } from './types.ts';
import type { KnownName, VariableName } from './variables.ts';
import { isVariable } from './variables.ts';
import type { FieldValue } from './view.ts';

/** A text of the script as it sounds now: variables filled in with the right forms, plain text. */
export function speak(reading: Reading, text: LocalText): string {
  const { linked, language } = reading;
  const source = textIn(text, language, linked.languages[0]);
  let template: Template | undefined = linked.templates.get(source);
  if (!template) linked.templates.set(source, (template = parseTemplate(source)));
  return renderTemplate(template, (name) => valueOf(reading, name), language);
}

function valueOf(reading: Reading, name: string): string | number | undefined {
  if (isVariable(name)) return variable(reading, name);
  const [family = '', first = '', second = ''] = name.split('.');
  if (family === 'field') return sayField(reading, first);
  if (family === 'deadline') return sayRule(reading, first as DeadlineRule);
  if (family === 'contact') return sayContact(reading, first, second);
  return undefined;
}

type Speaker = (reading: Reading) => string | number | undefined;
const cleaned = (text: string | undefined): string | undefined => (text === undefined ? undefined : cleanValue(text));

/** Variables that sound otherwise than their plain value. */
const SPEAKERS: { readonly [Name in VariableName]?: Speaker } = {
  greeting: ({ local, language }) => greetingOf(dayPartOf(local.hour), language),
  organization: ({ known, language }) => cleaned(textIn(known.organization, language)),
  'operator.name': ({ known }) => cleaned(addressOf(known.operator.fullName)),
  'operator.fullName': ({ known }) => cleaned(known.operator.fullName),
  'client.name': (reading) => {
    const name = READERS['client.name'](reading);
    return typeof name === 'string' ? cleanValue(addressOf(cleanValue(name)), 80) : undefined;
  },
  'client.number': ({ known }) => cleaned(sayPhone(known.client.number)),
  'callback.number': (reading) => {
    const number = READERS['callback.number'](reading);
    return typeof number === 'string' ? cleanValue(sayPhone(number)) : undefined;
  },
  'callback.deadline': sayCallback,
  'hold.term': ({ known, language }) =>
    known.hold?.promisedMs === undefined ? undefined : sayDuration(known.hold.promisedMs, language),
  'now.date': ({ local, language }) => sayDay(local, local, language),
  'now.time': ({ local }) => sayClock(local),
  'hours.nextOpen': ({ known, language }) =>
    known.hours?.nextOpenAt === undefined
      ? undefined
      : sayOpening(known.hours.nextOpenAt, known.now, known.timeZone, language),
  'inquiry.topic': (reading) => sayFilled(reading, 'inquiry.topic'),
  'inquiry.situation': (reading) => sayFilled(reading, 'inquiry.situation'),
  'inquiry.profile': (reading) => sayFilled(reading, 'inquiry.profile'),
};

function variable(reading: Reading, name: VariableName): string | number | undefined {
  const speaker = SPEAKERS[name];
  if (speaker) return speaker(reading);
  const value = Object.hasOwn(READERS, name) ? READERS[name as KnownName](reading) : undefined;
  return typeof value === 'string' ? cleanValue(value) : typeof value === 'number' ? value : undefined;
}

function sayCallback(reading: Reading): string | undefined {
  const { known, language, local } = reading;
  const named = filled(reading, 'callback.dueAt');
  const day = typeof named === 'string' ? parseIsoDate(named) : undefined;
  if (day) return sayOnDay(day, local, language);
  const dueAt = callbackDueAt(reading);
  return dueAt === undefined ? undefined : sayDeadline(dueAt, known.now, known.timeZone, language);
}

/** Terms of hours name the hour; terms of days name the day. */
function sayRule({ known, language }: Reading, rule: DeadlineRule): string | undefined {
  const dueAt = known.deadlines && Object.hasOwn(known.deadlines, rule) ? known.deadlines[rule] : undefined;
  if (dueAt === undefined) return undefined;
  const say = rule === 'appeal' || rule === 'forwarding' ? sayDayTerm : sayDeadline;
  return say(dueAt, known.now, known.timeZone, language);
}

function sayContact({ known, language }: Reading, id: string, part: string): string | undefined {
  const points = known.contactPoints;
  const point = points && Object.hasOwn(points, id) ? points[id] : undefined;
  const text = CONTACT_PARTS.includes(part as never) ? point?.[part as (typeof CONTACT_PARTS)[number]] : undefined;
  return text === undefined ? undefined : cleanValue(textIn(text, language));
}

/** A topic or the like: as its question words it, when the answer or the noted value is one of the question's options. */
function sayFilled(
  reading: Reading,
  what: 'inquiry.topic' | 'inquiry.situation' | 'inquiry.profile',
): string | undefined {
  const value = READERS[what](reading);
  if (value === undefined) return undefined;
  for (const field of reading.linked.fills.get(what) ?? []) {
    const question = questionOf(reading, field);
    if (question && optionOf(question, value)) return sayValue(reading, question, value) as string;
  }
  return cleanValue(String(value));
}

const optionOf = (question: Question, value: FieldValue): { label: LocalText } | undefined =>
  'options' in question ? question.options.find((option) => option.value === value) : undefined;

function sayField(reading: Reading, field: string): string | number | undefined {
  const value = fieldOf(reading, field);
  return value === undefined ? undefined : sayValue(reading, questionOf(reading, field), value);
}

/** An answer as it is said: the option's words, "27 ноября", "+7 906 555-01-01". */
export function sayValue(
  reading: Reading,
  question: Question | undefined,
  value: FieldValue,
): string | number | undefined {
  const { language, linked, local } = reading;
  const words = (one: string): string => {
    const option = question && optionOf(question, one);
    return cleanValue(option ? textIn(option.label, language, linked.languages[0]) : one);
  };
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return undefined;
  if (typeof value !== 'string') return cleanValue(value.map(words).join(', '), 500);
  if (question?.type === 'phone') return cleanValue(sayPhone(value));
  if (question?.fills === 'client.name') return cleanValue(nameOf(value));
  const day = question?.type === 'date' ? parseIsoDate(value) : undefined;
  if (day) return sayDate(day, local, language);
  return question?.type === 'choice' ? words(value) : cleanValue(value, 500);
}

/** Labels stand alone on the screen, whatever case they have inside a sentence. */
export const speakLabel = (reading: Reading, text: LocalText): string => capitalise(speak(reading, text));
