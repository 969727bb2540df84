import type { LooseScript, LooseStep } from '../../../server/contract/studio.ts';

/** Reading a script that may not fit the format: whatever is not as expected counts as absent. */
export type Plain = Readonly<Record<string, unknown>>;
export type TextLanguage = 'ru' | 'en';

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const plainList = (value: unknown): readonly Plain[] => (Array.isArray(value) ? value.filter(isPlain) : []);
export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
export const str = (value: unknown): string => (typeof value === 'string' ? value : '');

export const languagesOf = (script: LooseScript): readonly TextLanguage[] => {
  const named = strings(script.head['languages']).filter((each) => each === 'ru' || each === 'en');
  return named.length > 0 ? named : ['ru'];
};

/** A text in one language; a bare string is in the first. */
export function textIn(text: unknown, language: TextLanguage, first: TextLanguage = 'ru'): string {
  if (typeof text === 'string') return language === first ? text : '';
  return isPlain(text) ? str(text[language]) : '';
}
/** In whatever language there is. */
export const anyText = (text: unknown): string =>
  typeof text === 'string' ? text : isPlain(text) ? str(text['ru']) || str(text['en']) : '';

/** The text with one language changed; undefined when nothing is left. */
export function withText(
  text: unknown,
  language: TextLanguage,
  value: string,
  languages: readonly TextLanguage[],
): unknown {
  const first = languages[0] ?? 'ru';
  if ((typeof text === 'string' || text === undefined) && language === first && languages.length === 1)
    return value === '' ? undefined : value;
  const parts: Record<string, string> = {};
  for (const each of new Set([...languages, language])) {
    const words = each === language ? value : textIn(text, each, first);
    if (words !== '') parts[each] = words;
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** One wording or hint: its text, and the rest of it (conditions, part of the day). */
export interface Worded {
  readonly text: unknown;
  readonly rest: Plain;
}
const isLocal = (value: Plain): boolean => !('text' in value);

export function wordedOf(value: unknown): readonly Worded[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.map((each) => {
    if (!isPlain(each) || isLocal(each)) return { text: each, rest: {} };
    const { text, ...rest } = each;
    return { text, rest };
  });
}
/** Back into the format, in its shortest form. */
export function fromWorded(list: readonly Worded[]): unknown {
  const written = list.map(({ text, rest }) =>
    Object.keys(rest).length > 0 ? { text: text ?? '', ...rest } : (text ?? ''),
  );
  const [only] = written;
  if (written.length === 0) return undefined;
  return written.length === 1 && list[0] && Object.keys(list[0].rest).length === 0 ? only : written;
}

export const titleOf = (step: LooseStep | undefined, fallback: string): string => anyText(step?.['title']) || fallback;
export const scriptTitle = (script: LooseScript): string => anyText(script.head['title']) || script.id;

/** Id of the script that a choice calls, or ''. */
export const calledScript = (choice: Plain): string => (isPlain(choice['call']) ? str(choice['call']['script']) : '');

/** Steps whose words hold the text: title, wording, hints, choices, id. */
export function found(steps: readonly LooseStep[], text: string): readonly LooseStep[] {
  const wanted = text.trim().toLocaleLowerCase('ru');
  return wanted === '' ? steps : steps.filter((step) => JSON.stringify(step).toLocaleLowerCase('ru').includes(wanted));
}

export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The work done once for each object: of 500 steps one changes at a key. */
export function once<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const done = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const before = done.get(key) ?? { value: work(key) };
    done.set(key, before);
    return before.value;
  };
}

/** A record kept in the browser as JSON; whatever else lies there, or nothing, is none. */
export function keptPlain(text: string | null): Plain | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isPlain(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
