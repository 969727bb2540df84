import { LineCounter, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Advice, Finding, Locate } from './checker/finding.ts';
import { schemaFinding } from './checker/schemaWords.ts';
import { FORMAT_VERSION, scriptSchema } from './format.ts';
import { migrate } from './migrations/index.ts';
import type { Script } from './types.ts';
import type { Said } from './localText.ts';

export type Parsed =
  | { readonly ok: true; readonly script: Script; readonly locate: Locate; readonly migratedFrom?: number }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** A file bigger than this is no script: the largest is some hundred kilobytes. */
const MAX_LENGTH = 2_000_000;
const MAX_DEPTH = 40;

/** One YAML file: a script of the present format, or what is wrong with it and where. Never throws. */
export function parseScript(text: string): Parsed {
  const failed = (code: string, message: Said, suggestion: Advice, at?: Partial<Finding>): Parsed => ({
    ok: false,
    findings: [{ severity: 'error', code, scriptId: '', path: [], message, suggestion, ...at }],
  });
  if (text.length > MAX_LENGTH)
    return failed(
      'yaml.tooBig',
      { ru: 'Файл слишком большой', en: 'The file is too large' },
      { ru: 'Разделите сценарий на вложенные', en: 'Divide the script into nested ones' },
    );
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    return failed('yaml.syntax', yamlWords(fault.code), yamlAdvice(fault.code), { line, column: col });
  }
  if (isTooDeep(document.contents, 0)) {
    return failed(
      'yaml.tooDeep',
      { ru: 'Слишком глубокая вложенность', en: 'Nested too deeply' },
      { ru: 'Упростите условия или разбейте их на шаги', en: 'Simplify the conditions, or divide them over steps' },
    );
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return failed(
      'yaml.alias',
      { ru: `Ссылки YAML не разрешаются: ${String(error)}`, en: `References of YAML do not resolve: ${String(error)}` },
      { ru: 'Уберите якоря (&) и ссылки (*)', en: 'Take anchors (&) and references (*) away' },
    );
  }
  return parseData(data, locateIn(document, lines));
}

/** Data already read from YAML or JSON: migrated and checked by the schema. */
export function parseData(data: unknown, locate: Locate = () => undefined): Parsed {
  const scriptId = idOf(data);
  const migrated = migrate(data);
  if (!migrated.ok) {
    const path = ['formatVersion'];
    const finding = {
      severity: 'error' as const,
      code: `format.${migrated.reason}`,
      scriptId,
      path,
      message:
        migrated.reason === 'tooNew'
          ? {
              ru: 'Файл записан более новой версией программы',
              en: 'The file was written by a newer version of the program',
            }
          : {
              ru: 'Не указана версия формата (formatVersion)',
              en: 'The version of the format is not given (formatVersion)',
            },
      suggestion:
        migrated.reason === 'tooNew'
          ? { ru: 'Обновите программу', en: 'Update the program' }
          : {
              ru: `Добавьте строку formatVersion: ${String(FORMAT_VERSION)}`,
              en: `Add the line formatVersion: ${String(FORMAT_VERSION)}`,
            },
    };
    return { ok: false, findings: [{ ...finding, ...locate(path) }] };
  }
  const checked = scriptSchema.safeParse(migrated.data);
  if (checked.success) {
    const script = checked.data;
    return migrated.from === FORMAT_VERSION
      ? { ok: true, script, locate }
      : { ok: true, script, locate, migratedFrom: migrated.from };
  }
  const findings = checked.error.issues.slice(0, 50).map((issue) => {
    const finding = schemaFinding(issue, scriptId, valueAt(migrated.data, issue.path) !== undefined);
    const stepId = stepIdOf(migrated.data, finding.path);
    return { ...finding, ...(stepId === undefined ? {} : { stepId }), ...locate(finding.path) };
  });
  return { ok: false, findings };
}

function idOf(data: unknown): string {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
  return typeof id === 'string' ? id.slice(0, 60) : '';
}

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );

function stepIdOf(data: unknown, [first, index]: readonly (string | number)[]): string | undefined {
  if (first !== 'steps' || typeof index !== 'number') return undefined;
  const steps = typeof data === 'object' && data !== null && 'steps' in data ? data.steps : undefined;
  const id = Array.isArray(steps) ? idOf(steps[index]) : '';
  return id === '' ? undefined : id;
}

/** Before anything recurses over it: a file made to exhaust the stack is refused here. */
function isTooDeep(node: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return true;
  if (isMap(node)) return node.items.some((pair) => isTooDeep(pair.value, depth + 1) || isTooDeep(pair.key, depth + 1));
  if (isSeq(node)) return node.items.some((item) => isTooDeep(isPair(item) ? item.value : item, depth + 1));
  return false;
}

/** Places in a document that was read with this counter. */
export function locateIn(document: Document, lines: LineCounter): Locate {
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = nodeAt(document, path.slice(0, length));
      if (node?.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return undefined;
  };
}

/** For a value of a mapping the place is its key: that is where the eye looks. */
function nodeAt(document: Document, path: readonly (string | number)[]): Node | undefined {
  const last = path.at(-1);
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (path.length === 0) return isNode(parent) ? parent : undefined;
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === String(last));
    return pair && isNode(pair.key) ? pair.key : undefined;
  }
  const item = isSeq(parent) && typeof last === 'number' ? parent.items[last] : undefined;
  return isNode(item) ? item : undefined;
}

const yamlWords = (code: string): Said =>
  WORDS[code]?.[0] ?? { ru: 'Файл не читается как YAML', en: 'The file does not read as YAML' };
const yamlAdvice = (code: string): Advice =>
  WORDS[code]?.[1] ?? {
    ru: 'Проверьте отступы и кавычки в этой строке и в строке выше',
    en: 'Check indents and quotes of this line and the line above',
  };
const WORDS: Readonly<Record<string, readonly [Said, Advice]>> = {
  DUPLICATE_KEY: [
    { ru: 'Одно и то же слово дважды', en: 'The same word twice' },
    { ru: 'Оставьте одно из двух', en: 'Keep one of the two' },
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    { ru: 'Двоеточие внутри текста', en: 'A colon inside a text' },
    { ru: 'Возьмите весь текст в одинарные кавычки', en: 'Put the whole text into single quotes' },
  ],
  BAD_INDENT: [
    { ru: 'Отступ не такой, как у соседних строк', en: 'The indent differs from that of the lines around' },
    {
      ru: 'Выровняйте строку по соседним, отступ — пробелами',
      en: 'Align the line with its neighbours, indent with spaces',
    },
  ],
  TAB_AS_INDENT: [
    { ru: 'Отступ сделан табуляцией', en: 'Indented with a tab' },
    { ru: 'Замените табуляцию пробелами', en: 'Replace the tab by spaces' },
  ],
  MISSING_CHAR: [
    { ru: 'Не хватает кавычки, скобки или запятой', en: 'A quote, bracket or comma is missing' },
    { ru: 'Проверьте, что все кавычки и скобки закрыты', en: 'Check that all quotes and brackets are closed' },
  ],
  BAD_ALIAS: [
    { ru: 'Звёздочка в начале текста', en: 'An asterisk at the beginning of a text' },
    { ru: 'Возьмите текст в одинарные кавычки', en: 'Put the text into single quotes' },
  ],
  MULTIPLE_DOCS: [
    { ru: 'В файле больше одного сценария', en: 'More than one script in the file' },
    { ru: 'Оставьте один; каждый сценарий — в своём файле', en: 'Keep one; each script in a file of its own' },
  ],
};
