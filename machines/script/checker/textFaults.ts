import { ABOUT } from '../about.ts';
import type { Said } from '../localText.ts';
import { CONTACT_PARTS, DEADLINE_RULES } from '../names.ts';
import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Condition } from '../types.ts';
import { VARIABLES, isVariable } from '../variables.ts';
import type { ValueType } from '../variables.ts';
import { coded, fieldLabels, nearest, unknownContact } from './names.ts';
import type { Fault, Names } from './names.ts';
import type { TextAt } from './texts.ts';

/** What is wrong with the variables and brackets of one text. */
export function textFaults(at: TextAt, names: Names): Fault[] {
  const template = parseTemplate(at.text);
  const syntax = template.faults.map((fault): Fault => [
    'text.syntax',
    fault,
    {
      ru: 'Проверьте скобки: {подстановка}, [часть, которая может пропасть]',
      en: 'Check the brackets: {filling}, [part that may be left out]',
    },
  ]);
  return [...syntax, ...variablesOf(template).flatMap((variable) => variableFaults(at, variable, names))];
}

function variableFaults(
  at: TextAt,
  variable: { name: string; optional: boolean; forms: readonly string[] },
  names: Names,
): Fault[] {
  const { name, optional, forms } = variable;
  const [family = '', first = '', second = ''] = name.split('.');
  const written = `{${name}}`;
  const kind = ((): { type: ValueType; maybe: boolean } | Fault => {
    if (isVariable(name)) {
      const { type, use, maybe = false } = VARIABLES[name];
      return use === 'condition'
        ? [
            'text.unsayable',
            {
              ru: `${written} можно проверить в условии, но не произнести`,
              en: `${written} can be compared in a condition, but not said`,
            },
            { ru: 'Уберите из текста', en: 'Take it out of the text' },
          ]
        : { type, maybe };
    }
    if (family === 'field') {
      const field = names.fields.get(first);
      return field
        ? { type: field.type, maybe: !field.required }
        : [
            'text.unknownField',
            {
              ru: `Здесь ответ, которого в сценарии никто не спрашивает: ${coded(written)}`,
              en: `Here is an answer that nothing in the script asks for: ${coded(written)}`,
            },
            nearest(first, fieldLabels(names), (field) => `{field.${field}}`),
          ];
    }
    if (family === 'deadline') {
      return DEADLINE_RULES.includes(first as never)
        ? { type: 'text', maybe: true }
        : [
            'text.unknownVariable',
            { ru: `Правила срока «${first}» нет`, en: `There is no rule of terms “${first}”` },
            { ru: `Можно: ${DEADLINE_RULES.join(', ')}`, en: `Possible: ${DEADLINE_RULES.join(', ')}` },
          ];
    }
    if (family === 'contact') return contactKind(first, second, names);
    return [
      'text.unknownVariable',
      { ru: `Подстановки ${coded(written)} нет`, en: `There is no filling ${coded(written)}` },
      nearest(name, new Map(Object.entries(ABOUT)), (variable) => `{${variable}}`),
    ];
  })();
  if (Array.isArray(kind)) return [kind as Fault];
  const { type, maybe } = kind as { type: ValueType; maybe: boolean };
  const faults: Fault[] = [];
  if (forms.length > 0 && type !== 'number')
    faults.push([
      'text.forms',
      {
        ru: `${written} — не число, формы слова ни к чему`,
        en: `${written} is no number, forms of a word are of no use`,
      },
      { ru: 'Уберите формы после |', en: 'Take the forms after | away' },
    ]);
  const needed = at.language === 'ru' ? 3 : 2;
  if (forms.length > 0 && forms.length !== needed) {
    faults.push([
      'text.formCount',
      { ru: `Форм слова должно быть ${String(needed)}`, en: `There must be ${String(needed)} forms of the word` },
      at.language === 'ru' ? advised('перевод|перевода|переводов') : advised('transfer|transfers'),
    ]);
  }
  const isSpoken = at.use === 'say' || at.use === 'next';
  if (isSpoken && maybe && !optional && !isAssured(at, name)) {
    faults.push([
      'text.mayBeEmpty',
      {
        ru: `${written} может быть неизвестно: оператор увидит «…»`,
        en: `${written} may be unknown: the operator will see “…”`,
      },
      {
        ru: `Возьмите в скобки: [${written}, ], или поставьте условие «известно»`,
        en: `Put it into brackets: [${written}, ], or set the condition “is known”`,
        yaml: `Возьмите в скобки: [${written}, ], или поставьте условие filled: true`,
      },
      'warning',
    ]);
  }
  return faults;
}

const advised = (forms: string): Said => ({
  ru: `Например: {transfers.left|${forms}}`,
  en: `For example: {transfers.left|${forms}}`,
});

/** The step itself, or the condition of the wording, sees to it that the value is there. */
function isAssured({ step, when }: TextAt, name: string): boolean {
  if (name === 'hold.term' && step?.kind === 'hold') return true;
  if (name.startsWith('callback.') && step?.kind === 'callback') return true;
  return when !== undefined && assures(when, name);
}
function assures(condition: Condition, name: string): boolean {
  if ('all' in condition) return condition.all.some((one) => assures(one, name));
  if ('any' in condition) return condition.any.every((one) => assures(one, name));
  if ('not' in condition) return false;
  const tested = 'field' in condition ? `field.${condition.field}` : condition.known;
  const positive =
    condition.filled === true ||
    condition.is !== undefined ||
    condition.in !== undefined ||
    condition.gt !== undefined ||
    condition.gte !== undefined ||
    condition.includes !== undefined;
  return tested === name && positive;
}

function contactKind(id: string, part: string, names: Names): { type: ValueType; maybe: boolean } | Fault {
  if (!CONTACT_PARTS.includes(part as never)) {
    return [
      'text.unknownVariable',
      { ru: `У точки контакта нет части «${part}»`, en: `A contact point has no part “${part}”` },
      { ru: `Можно: ${CONTACT_PARTS.join(', ')}`, en: `Possible: ${CONTACT_PARTS.join(', ')}` },
    ];
  }
  const { contactPoints } = names;
  if (!contactPoints) return { type: 'text', maybe: true };
  const parts = Object.hasOwn(contactPoints, id) ? contactPoints[id] : undefined;
  return parts ? { type: 'text', maybe: !parts.includes(part) } : unknownContact(id, contactPoints);
}
