import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ABOUT } from '../../../../machines/script/about.ts';
import { ANSWER_TYPES, FITTING } from '../../../../machines/script/fitting.ts';
import type { Said } from '../../../../machines/script/localText.ts';
import { KNOWN_NAMES, VARIABLES, type KnownName, type ValueType } from '../../../../machines/script/variables.ts';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { useDesk } from '../studioContext.ts';
import { anyText, isPlain, plainList, str, type Plain } from '../texts.ts';
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
  const asked = steps
    .flatMap((step) => plainList(step['questions']))
    .map((question): [string, FieldInfo] => [
      str(question['field']),
      { label: anyText(question['label']), type: typeOf(question), options: optionsOf(question) },
    ]);
  const written = steps.flatMap(setsIn).map(([field, value]): [string, FieldInfo] => {
    const type = typeof value === 'boolean' || typeof value === 'number' ? typeof value : 'text';
    return [field, { label: field, type: type as ValueType, options: new Map() }];
  });
  return new Map([...written, ...asked]);
}
function setsIn(step: LooseStep): readonly (readonly [string, unknown])[] {
  const on = isPlain(step['on']) ? Object.values(step['on']) : [];
  const items = [...plainList(step['choices']), ...on.flatMap(rulesOf)];
  return items.flatMap(({ set }) => (isPlain(set) ? Object.entries(set) : []));
}
export function useFields(): FieldMap {
  const { steps } = useDesk().open.script;
  return useMemo(() => fieldsIn(steps), [steps]);
}
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
/** `word`: of a value of what is known of a call, `external`. */
export function subjectInfo(subject: string, fields: FieldMap, word: (value: string) => string): SubjectInfo {
  const field = fields.get(subject.replace('field:', ''));
  if (field) return { type: field.type, values: field.options };
  const name = knownName(subject);
  if (!name) return { type: undefined, values: new Map() };
  const { type, values = [] } = VARIABLES[name];
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
      const { values } = subjectInfo(subject, fields, (each) => tell(`value.${each}`));
      return Array.isArray(value) ? value.map((each) => one(values, each)).join(', ') : one(values, value);
    },
  };
}

/** Says a condition in the language of the screen, with the names of this script's questions. */
export function useConditionWords(fields: FieldMap): (condition: unknown) => string {
  const { t } = useTranslation('studio');
  const said = useSaid();
  return useMemo(() => {
    const words = wordsFor(fields, t, said);
    return (condition) => conditionWords(condition, words);
  }, [t, said, fields]);
}
