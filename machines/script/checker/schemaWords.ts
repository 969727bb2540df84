import type { z } from 'zod';
import { STEP_KINDS } from '../view.ts';
import type { Finding } from './finding.ts';

type Issue = z.core.$ZodIssue;

/** Issues of the schema in the trainer's words, with what to do. `isThere`: the file has something at that place. */
export function schemaFinding(issue: Issue, scriptId: string, isThere: boolean): Finding {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const name = String(path.at(-1) ?? 'файл');
  const [message, suggestion] = isThere ? wordsOf(issue, path) : [`Не заполнено «${name}»`, `Добавьте «${name}»`];
  const where = path.length === 0 ? '' : ` (${path.join('.')})`;
  const code = isThere ? issue.code : 'missing';
  return { severity: 'error', code: `schema.${code}`, scriptId, path, message: `${message}${where}`, suggestion };
}

function wordsOf(issue: Issue, path: readonly (string | number)[]): [string, string] {
  const name = String(path.at(-1) ?? 'файл');
  switch (issue.code) {
    case 'unrecognized_keys':
      return [
        `Непонятное слово: ${issue.keys.map((key) => `«${key}»`).join(', ')}`,
        'Проверьте написание и отступ. Если это часть текста с запятой или двоеточием, возьмите текст в кавычки',
      ];
    case 'invalid_type':
      return [`«${name}» другого вида, чем нужно`, `Нужно: ${KINDS[issue.expected] ?? issue.expected}`];
    case 'invalid_value':
      return [`«${name}» не из списка`, `Можно: ${issue.values.map(String).slice(0, 20).join(', ')}`];
    case 'invalid_format':
      return name === 'after' || path.includes('offer')
        ? [`«${name}» — не длительность`, 'Пишите так: 90с, 2мин, 1ч']
        : [`«${name}» записано не по правилам`, 'Имена — латиницей, с маленькой буквы, без пробелов: clientName'];
    case 'too_big':
      return [`«${name}» больше, чем можно`, `Не больше ${String(issue.maximum)}`];
    case 'too_small':
      return [`«${name}» пусто или меньше, чем можно`, `Не меньше ${String(issue.minimum)}`];
    case 'invalid_union':
      return unionWords(issue, name);
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return [`«${name}» записано не по правилам`, 'Сверьтесь с примером в scripts-library/README.md'];
  }
}

/** Of the alternatives, the one that fits best says most: fewest issues, deepest place. */
function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>, name: string): [string, string] {
  if ('discriminator' in issue && issue.discriminator === 'type') {
    return ['Неизвестный вид вопроса', 'Можно: text, phone, date, number, choice, checklist'];
  }
  const best = issue.errors
    .filter((issues) => issues.length > 0)
    .sort((a, b) => rank(a) - rank(b))
    .at(0)
    ?.at(0);
  if (best && best.path.length > 0)
    return wordsOf(
      best,
      best.path.filter((part) => typeof part !== 'symbol'),
    );
  if (best?.code === 'unrecognized_keys') return wordsOf(best, [name]);
  if (name === 'kind') return ['Неизвестный вид шага', `Можно: ${STEP_KINDS.join(', ')}`];
  return [`«${name}» записано не по правилам`, 'Сверьтесь с примером в scripts-library/README.md'];
}
const rank = (issues: readonly Issue[]): number =>
  issues.length * 10 - (issues[0]?.path.length ?? 0) * 20 + (issues[0]?.code === 'invalid_type' ? 15 : 0);

const KINDS: Readonly<Record<string, string>> = {
  string: 'текст (в кавычках, если в нём есть двоеточие, запятая в скобках или он начинается с [ или {)',
  number: 'число',
  int: 'целое число',
  boolean: 'true или false',
  array: 'список',
  object: 'вложенные строки с отступом',
  record: 'вложенные строки с отступом',
};
