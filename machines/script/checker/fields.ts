import { ANSWER_TYPES } from '../fitting.ts';
import { calledScripts } from '../link.ts';
import type { Question, Script } from '../types.ts';
import type { ValueType } from '../variables.ts';
import type { Scripts } from './exits.ts';
import type { Advice, Finding } from './finding.ts';
import { saidOf, type Said } from '../localText.ts';

/** What is known of one field: what kind of value it holds and which values it can have. */
export interface FieldKind {
  /** As the question that asks for it says it, or the button that writes it. */
  readonly label: Said;
  readonly type: ValueType;
  /** What it can be, with the words for each. */
  readonly values?: ReadonlyMap<string, Said>;
  readonly required: boolean;
}

/** Fields that texts and conditions of this script may name: its own, and those of scripts that it calls or that call it. */
export function fieldsOf(scripts: Scripts, script: Script): Map<string, FieldKind> {
  const fields = new Map<string, FieldKind>();
  const add = (name: string, kind: FieldKind): void => {
    const known = fields.get(name);
    if (!known) fields.set(name, kind);
    else {
      const values = known.values && kind.values ? new Map([...kind.values, ...known.values]) : undefined;
      const { label, type } = known;
      fields.set(name, { label, type, required: known.required || kind.required, ...(values ? { values } : {}) });
    }
  };
  for (const one of family(scripts, script)) {
    for (const question of questionsIn(one)) {
      const values =
        'options' in question
          ? { values: new Map(question.options.map(({ value, label }) => [value, saidOf(label)])) }
          : {};
      add(question.field, {
        label: saidOf(question.label),
        type: ANSWER_TYPES[question.type],
        required: question.required === true && !question.when,
        ...values,
      });
    }
    for (const { name, value, label } of setsIn(one)) {
      if (!fields.has(name)) add(name, { label, type: typeOf(value), required: false });
    }
  }
  return fields;
}

const typeOf = (value: string | number | boolean): ValueType => {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
};
const questionsIn = (script: Script): Question[] => script.steps.flatMap((step) => step.questions ?? []);
interface Written {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly label: Said;
}
const setsIn = (script: Script): Written[] => {
  const buttons = [...(script.everywhere ?? []), ...script.steps.flatMap((step) => step.choices ?? [])];
  const rules = [script.on, ...script.steps.map((step) => step.on)].flatMap((on) => Object.values(on ?? {}).flat());
  const all = [
    ...buttons.map(({ set, label }) => ({ set, label: saidOf(label) })),
    ...rules.flatMap((rule) => (typeof rule === 'string' ? [] : { set: rule.set, label: undefined })),
  ];
  return all.flatMap(({ set, label }) =>
    Object.entries(set ?? {}).map(([name, value]) => ({ name, value, label: label ?? saidOf(name) })),
  );
};

/** Scripts that can run in one call together with this one. */
function family(scripts: Scripts, script: Script): Script[] {
  const calls = new Map([...scripts.values()].map((one) => [one.id, calledScripts(one)]));
  const found = new Set([script.id]);
  const queue = [script.id];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const called = [...(calls.get(id) ?? [])];
    const callers = [...calls].filter(([, ids]) => ids.has(id)).map(([caller]) => caller);
    for (const next of [...called, ...callers]) {
      if (!found.has(next)) {
        found.add(next);
        queue.push(next);
      }
    }
  }
  return [script, ...[...found].filter((id) => id !== script.id).flatMap((id) => scripts.get(id) ?? [])];
}

/** Questions that contradict themselves or each other. */
export function checkQuestions(script: Script): Finding[] {
  const types = new Map<string, Question['type']>();
  return script.steps.flatMap((step, index) =>
    (step.questions ?? []).flatMap((question, place): Finding[] => {
      const faults = questionFaults(question);
      const title = saidOf(question.label);
      const before = types.get(question.field);
      if (before !== undefined && before !== question.type) {
        faults.push([
          'field.twoTypes',
          'type',
          {
            ru: `Ответ «${title.ru}» уже спрашивают, и он другого вида`,
            en: `The answer “${title.en}” is asked for elsewhere, and is of another kind`,
          },
          {
            ru: 'Выберите один вид ответа',
            en: 'Choose one kind of answer',
            yaml: 'Назовите поле иначе или сделайте один вид',
          },
        ]);
      }
      types.set(question.field, before ?? question.type);
      const twice = (step.questions ?? []).findIndex((one) => one.field === question.field) !== place;
      if (twice)
        faults.push([
          'field.twice',
          'field',
          {
            ru: `Ответ «${title.ru}» на этом шаге уже спрашивают`,
            en: `The step already asks for “${title.en}”`,
          },
          { ru: 'Уберите одно из двух', en: 'Remove one of the two' },
        ]);
      return faults.map(([code, key, message, suggestion]) => ({
        severity: 'error',
        code,
        scriptId: script.id,
        stepId: step.id,
        path: ['steps', index, 'questions', place, key],
        message,
        suggestion,
      }));
    }),
  );
}

type Fault = [code: string, key: string, message: Said, suggestion: Advice];

function questionFaults(question: Question): Fault[] {
  const faults: Fault[] = [];
  const range = (low: number | string | undefined, high: number | string | undefined, key: string): void => {
    if (low !== undefined && high !== undefined && low > high) {
      faults.push([
        'field.range',
        key,
        {
          ru: 'Нижний предел больше верхнего: ответить нельзя',
          en: 'The lower bound is above the upper one: no answer fits',
        },
        { ru: 'Поменяйте пределы местами', en: 'Exchange the bounds' },
      ]);
    }
  };
  if (question.type === 'number') range(question.min, question.max, 'min');
  if (question.type === 'text') range(question.minLength, question.maxLength, 'minLength');
  if (question.type === 'date' && question.notBefore !== 'today' && question.notAfter !== 'today')
    range(question.notBefore, question.notAfter, 'notBefore');
  if ('options' in question) {
    const values = question.options.map((option) => option.value);
    if (new Set(values).size < values.length)
      faults.push([
        'field.optionTwin',
        'options',
        { ru: 'Два варианта с одним именем', en: 'Two options have one and the same name' },
        {
          ru: 'Уберите один из двух и добавьте его заново',
          en: 'Remove one of the two and add it anew',
          yaml: 'Дайте каждому варианту свой value',
        },
      ]);
    if (question.type === 'checklist' && (question.atLeast ?? 0) > values.length) {
      faults.push([
        'field.atLeast',
        'atLeast',
        { ru: 'Отметить нужно больше, чем есть строк', en: 'More must be checked than there are lines' },
        { ru: 'Требуйте меньше отметок', en: 'Ask for fewer checks', yaml: 'Уменьшите atLeast' },
      ]);
    }
  }
  const wants = question.fills === undefined ? undefined : FILL_TYPES[question.fills];
  if (wants && !wants.includes(question.type)) {
    faults.push([
      'field.fillsType',
      'fills',
      { ru: `Что узнаём, не сходится с видом ответа`, en: `What it tells does not go with this kind of answer` },
      {
        ru: `Выберите вид ответа: ${wants.map((each) => TYPE_NAMES[each].ru).join(' или ')}`,
        en: `Choose the kind of answer: ${wants.map((each) => TYPE_NAMES[each].en).join(' or ')}`,
        yaml: 'Исправьте type',
      },
    ]);
  }
  return faults;
}

/** Kinds of answers as the form names them. */
export const TYPE_NAMES: Readonly<Record<Question['type'], Said>> = {
  text: { ru: 'текст', en: 'text' },
  phone: { ru: 'телефон', en: 'telephone' },
  date: { ru: 'дата', en: 'date' },
  number: { ru: 'число', en: 'number' },
  choice: { ru: 'один из списка', en: 'one of a list' },
  checklist: { ru: 'отметки', en: 'checklist' },
};
const FILL_TYPES: Readonly<Record<NonNullable<Question['fills']>, readonly Question['type'][]>> = {
  'client.name': ['text'],
  'callback.number': ['phone'],
  'callback.dueAt': ['date'],
  'inquiry.topic': ['choice', 'text'],
  'inquiry.situation': ['choice', 'text'],
  'inquiry.profile': ['choice', 'text'],
  'inquiry.question': ['text'],
};
