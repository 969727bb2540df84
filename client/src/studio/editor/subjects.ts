import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ABOUT } from '../../../../machines/script/about.ts';
import { ANSWER_TYPES, FITTING } from '../../../../machines/script/fitting.ts';
import type { Said } from '../../../../machines/script/localText.ts';
import { KNOWN_NAMES, VARIABLES, type KnownName, type ValueType } from '../../../../machines/script/variables.ts';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { NO_LISTS, useSiteLists, type SiteLists } from '../siteLists.ts';
import { useDesk } from '../studioContext.ts';
import { anyText, isPlain, once, plainList, str, type Plain } from '../texts.ts';
import { rulesOf } from './reactions.ts';
import { conditionWords, isList, OPERATORS, type ConditionWords, type Operator } from './conditions.ts';

export interface FieldInfo {
  readonly label: string;
  readonly type: ValueType;
  /** Ready answers by their values; none for what is typed. */
  readonly options: ReadonlyMap<string, string>;
}
export type FieldMap = ReadonlyMap<string, FieldInfo>;

/** Fields that the questions of these steps ask for, and those that their buttons and rules write. */
export function fieldsIn(steps: readonly LooseStep[]): FieldMap {
  const found = steps.map(fieldsOf);
  return new Map([...found.toReversed().flatMap(({ written }) => written), ...found.flatMap(({ asked }) => asked)]);
}
interface StepFields {
  readonly asked: readonly (readonly [string, FieldInfo])[];
  readonly written: readonly (readonly [string, FieldInfo])[];
}
const fieldsOf = once((step: LooseStep): StepFields => {
  const asked = plainList(step['questions']).map((question): readonly [string, FieldInfo] => [
    str(question['field']),
    { label: anyText(question['label']), type: typeOf(question), options: optionsOf(question) },
  ]);
  return { asked, written: writtenIn(step) };
});
/** What nobody asks for has no words of its own: it is known by the button that writes it. */
function writtenIn(step: LooseStep): StepFields['written'] {
  const on = isPlain(step['on']) ? Object.values(step['on']) : [];
  return [...plainList(step['choices']), ...on.flatMap(rulesOf)].toReversed().flatMap(({ set, label }) =>
    Object.entries(isPlain(set) ? set : {}).map(([field, value]): readonly [string, FieldInfo] => {
      const type = typeof value === 'boolean' || typeof value === 'number' ? typeof value : 'text';
      return [field, { label: anyText(label) || field, type: type as ValueType, options: new Map() }];
    }),
  );
}
/** The same map as before while no field changed: what is drawn with it is not drawn again at each key. */
export function useFieldsOf(steps: readonly LooseStep[]): FieldMap {
  const [kept] = useState(() => keeper());
  return useMemo(() => kept(fieldsIn(steps)), [steps, kept]);
}
function keeper(): (next: FieldMap) => FieldMap {
  let last: FieldMap = new Map();
  const told = (map: FieldMap): string =>
    JSON.stringify([...map].map(([field, { label, type, options }]) => [field, label, type, [...options]]));
  return (next) => {
    if (told(next) !== told(last)) last = next;
    return last;
  };
}
export const useFields = (): FieldMap => useDesk().fields;

const typeOf = (question: Plain): ValueType =>
  Object.entries(ANSWER_TYPES).find(([type]) => type === question['type'])?.[1] ?? 'text';
const optionsOf = (question: Plain): ReadonlyMap<string, string> =>
  new Map(plainList(question['options']).map((option) => [str(option['value']), anyText(option['label'])]));

/** What is known of a subject of conditions; a field that another script asks for is known by its name alone. */
export interface SubjectInfo {
  readonly type: ValueType | undefined;
  /** All that it can be, with words; empty when it is typed. */
  readonly values: ReadonlyMap<string, string>;
}
/** What is known of a call that is one of a list of the organisation. */
const LISTED = new Map<string, keyof SiteLists>([
  ['known:inquiry.topic', 'topics'],
  ['known:inquiry.situation', 'situations'],
  ['known:inquiry.profile', 'profiles'],
]);
/** `word`: of a value of what is known of a call, `external`. */
export function subjectInfo(
  subject: string,
  fields: FieldMap,
  word: (value: string) => string,
  lists = NO_LISTS,
): SubjectInfo {
  const field = fields.get(subject.replace('field:', ''));
  if (field) return { type: field.type, values: field.options };
  const name = knownName(subject);
  if (!name) return { type: undefined, values: new Map() };
  const listed = LISTED.get(subject);
  const { type, values = [] } = VARIABLES[name];
  if (listed) return { type, values: lists[listed] };
  return { type, values: new Map(values.map((value) => [value, word(value)])) };
}
const knownName = (subject: string): KnownName | undefined => KNOWN_NAMES.find((each) => `known:${each}` === subject);

/** Comparisons that mean something here. */
export const operatorsFor = ({ type }: SubjectInfo): readonly Operator[] =>
  type === undefined
    ? OPERATORS
    : OPERATORS.filter((operator) => FITTING[operator === 'unfilled' ? 'filled' : operator].includes(type));

/** A value as typed, as the format keeps it: numbers as numbers, lists by comma, the day it is said as `today`. */
export function valueOf(operator: Operator, type: ValueType | undefined, typed: string): unknown {
  const scalar = (text: string): unknown => {
    const plain = text.trim();
    if (type === 'boolean') return plain === 'true';
    if (type === 'date' && /^(сегодня|today)$/i.test(plain)) return 'today';
    const isNumber = /^-?\d+(\.\d+)?$/.test(plain);
    return isNumber && (type === 'number' || type === undefined) ? Number(plain) : plain;
  };
  return isList(operator) ? typed.split(',').map(scalar) : scalar(typed);
}
export function typedOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** `tell`: words of the studio by their key. */
export function wordsFor(
  fields: FieldMap,
  tell: (key: string) => string,
  said: (words: Said) => string,
  lists = NO_LISTS,
): ConditionWords {
  const one = (values: ReadonlyMap<string, string>, value: unknown): string => {
    if (typeof value === 'boolean') return tell(value ? 'condition.yes' : 'condition.no');
    const typed = typedOf(value);
    const label = values.get(typed);
    if (label !== undefined) return `«${label}»`;
    return typed === 'today' ? tell('condition.today') : typed;
  };
  return {
    word: (key) => tell(`condition.${key}`),
    subject(subject) {
      const name = knownName(subject);
      const field = subject.replace('field:', '');
      return name ? said(ABOUT[name]) : `«${fields.get(field)?.label ?? field}»`;
    },
    value(subject, value) {
      const { values } = subjectInfo(subject, fields, (each) => tell(`value.${each}`), lists);
      return Array.isArray(value) ? value.map((each) => one(values, each)).join(', ') : one(values, value);
    },
  };
}

/** Says a condition in the language of the screen, with the names of this script's questions. */
export function useConditionWords(fields: FieldMap): (condition: unknown) => string {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const lists = useSiteLists();
  return useMemo(() => {
    const words = wordsFor(fields, t, said, lists);
    return (condition) => conditionWords(condition, words);
  }, [t, said, fields, lists]);
}

/** What is written into fields, with their names: «Район: Центральный», «Вопрос клиента: очистить». */
export function setWords(
  set: unknown,
  fields: FieldMap,
  tell: (key: string, values?: Readonly<Record<string, string>>) => string,
): string {
  return Object.entries(isPlain(set) ? set : {})
    .map(([field, value]) => {
      const info = fields.get(field);
      const label = info?.label ?? field;
      if (value === '') return tell('set.cleared', { label });
      if (typeof value === 'boolean') return `${label}: ${tell(value ? 'condition.yes' : 'condition.no')}`;
      return `${label}: ${info?.options.get(typedOf(value)) ?? typedOf(value)}`;
    })
    .join(', ');
}
