import type { z } from 'zod';
import type { Said } from '../localText.ts';
import { STEP_KINDS } from '../view.ts';
import type { Advice, Finding } from './finding.ts';
import { keyWords } from './keyWords.ts';

type Issue = z.core.$ZodIssue;
type Words = readonly [message: Said, suggestion: Advice];

/** Issues of the schema in the trainer's words, with what to do. `isThere`: the file has something at that place. */
export function schemaFinding(issue: Issue, scriptId: string, isThere: boolean): Finding {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const [message, suggestion] = isThere ? wordsOf(issue, path) : missing(path);
  const where = path.length === 0 ? '' : ` (${path.join('.')})`;
  const code = isThere ? issue.code : 'missing';
  const advice = { ...suggestion, yaml: `${suggestion.yaml ?? suggestion.ru}${where}` };
  return { severity: 'error', code: `schema.${code}`, scriptId, path, message, suggestion: advice };
}

function missing(path: readonly (string | number)[]): Words {
  const key = String(path.at(-1) ?? 'файл');
  const { ru, en } = keyWords(path);
  return [
    { ru: `Не заполнено: ${ru}`, en: `Not filled in: ${en}` },
    { ru: 'Заполните или уберите эту часть', en: 'Fill it in, or remove this part', yaml: `Добавьте «${key}»` },
  ];
}

function wordsOf(issue: Issue, path: readonly (string | number)[]): Words {
  const { ru, en } = keyWords(path);
  const said = (russian: string, english: string): Said => ({ ru: `${russian}: ${ru}`, en: `${english}: ${en}` });
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `«${key}»`).join(', ');
      return [
        { ru: `Непонятное слово: ${keys}`, en: `An unknown word: ${keys}` },
        {
          ru: 'Исправьте его на вкладке YAML',
          en: 'Correct it in the YAML tab',
          yaml: 'Проверьте написание и отступ. Если это часть текста с запятой или двоеточием, возьмите текст в кавычки',
        },
      ];
    }
    case 'invalid_type':
      return [said('Не такого вида, как нужно', 'Not of the kind wanted'), KINDS[issue.expected] ?? AGAIN];
    case 'invalid_value': {
      const list = issue.values.map(String).slice(0, 20).join(', ');
      return [said('Такого нет в списке', 'Not in the list'), { ...CHOOSE, yaml: `Можно: ${list}` }];
    }
    case 'invalid_format':
      return path.at(-1) === 'after' || path.includes('offer')
        ? [said('Это не длительность', 'Not a length of time'), DURATION]
        : [said('Записано не по правилам', 'Not written by the rules'), NAMES];
    case 'too_big': {
      const limit = String(issue.maximum);
      return [said('Больше, чем можно', 'More than allowed'), { ru: `Не больше ${limit}`, en: `At most ${limit}` }];
    }
    case 'too_small': {
      const limit = String(issue.minimum);
      return issue.origin === 'string' && issue.minimum === 1
        ? missing(path)
        : [said('Меньше, чем нужно', 'Less than needed'), { ru: `Не меньше ${limit}`, en: `At least ${limit}` }];
    }
    case 'invalid_union':
      return unionWords(issue, path);
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return [said('Записано не по правилам', 'Not written by the rules'), AGAIN];
  }
}

/** Of the alternatives, the one that fits best says most: fewest issues, deepest place. */
function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>, path: readonly (string | number)[]): Words {
  if ('discriminator' in issue && issue.discriminator === 'type') {
    const yaml = 'Можно: text, phone, date, number, choice, checklist';
    return [
      { ru: 'Неизвестный вид вопроса', en: 'An unknown kind of question' },
      { ...CHOOSE, yaml },
    ];
  }
  const best = issue.errors
    .filter((issues) => issues.length > 0)
    .sort((a, b) => rank(a) - rank(b))
    .at(0)
    ?.at(0);
  const deeper = best?.path.filter((part) => typeof part !== 'symbol') ?? [];
  if (best && deeper.length > 0) return wordsOf(best, [...path, ...deeper]);
  if (best?.code === 'unrecognized_keys') return wordsOf(best, path);
  const { ru, en } = keyWords(path);
  if (path.at(-1) === 'kind') {
    const yaml = `Можно: ${STEP_KINDS.join(', ')}`;
    return [
      { ru: 'Неизвестный вид шага', en: 'An unknown kind of step' },
      { ...CHOOSE, yaml },
    ];
  }
  return [{ ru: `Записано не по правилам: ${ru}`, en: `Not written by the rules: ${en}` }, AGAIN];
}
const rank = (issues: readonly Issue[]): number =>
  issues.length * 10 - (issues[0]?.path.length ?? 0) * 20 + (issues[0]?.code === 'invalid_type' ? 15 : 0);

const CHOOSE: Advice = { ru: 'Выберите из списка', en: 'Choose from the list' };
const DURATION: Advice = { ru: 'Пишите так: 90с, 2мин, 1ч', en: 'Write it so: 90с, 2мин, 1ч' };
const AGAIN: Advice = {
  ru: 'Заполните заново',
  en: 'Fill it in anew',
  yaml: 'Сверьтесь с примером в scripts-library/README.md',
};
const NAMES: Advice = {
  ru: 'Выберите или добавьте заново',
  en: 'Choose it or add it anew',
  yaml: 'Имена — латиницей, с маленькой буквы, без пробелов: clientName',
};
const wanted = (ru: string, en: string, yaml = ru): Advice => ({
  ru: `Нужно: ${ru}`,
  en: `Wanted: ${en}`,
  yaml: `Нужно: ${yaml}`,
});
const NESTED = wanted('заполнить части по отдельности', 'its parts, each filled in', 'вложенные строки с отступом');
const KINDS: Readonly<Record<string, Advice>> = {
  string: wanted(
    'текст',
    'a text',
    'текст (в кавычках, если в нём есть двоеточие, запятая в скобках или он начинается с [ или {)',
  ),
  number: wanted('число', 'a number'),
  int: wanted('целое число', 'a whole number'),
  boolean: wanted('да или нет', 'yes or no', 'true или false'),
  array: wanted('список', 'a list'),
  object: NESTED,
  record: NESTED,
};
