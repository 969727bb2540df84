import type { Language } from '../../vocabulary/index.ts';
import { capitalise } from './clean.ts';
import { counted } from './plural.ts';
import type { Said } from '../localText.ts';

/**
 * A text with `{variables}`, `{number|form|form|form}` and `[parts that vanish when a variable in them is unknown]`.
 * Parsed once, rendered in one pass: a value is appended, never read again, so `{…}` in a value stays text.
 */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly forms: readonly string[] }
  | { readonly kind: 'optional'; readonly parts: readonly TemplatePart[] };

export interface Template {
  readonly parts: readonly TemplatePart[];
  /** What is wrong with the brackets or names, for the checker; rendering goes on regardless. */
  readonly faults: readonly Said[];
}

const NAME = /^[a-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+){0,2}$/;
const MAX_DEPTH = 5;

export function parseTemplate(source: string): Template {
  const faults: Said[] = [];
  let at = 0;

  const parseVariable = (): TemplatePart => {
    const end = source.indexOf('}', at);
    const body = end < 0 ? '' : source.slice(at + 1, end);
    const [name = '', ...forms] = body.split('|').map((piece) => piece.trim());
    if (end < 0 || !NAME.test(name) || forms.some((form) => form === '')) {
      faults.push(
        end < 0
          ? { ru: 'Скобка { не закрыта', en: 'The bracket { is not closed' }
          : { ru: `Непонятная подстановка {${body.slice(0, 40)}}`, en: `An unknown filling {${body.slice(0, 40)}}` },
      );
      const text = end < 0 ? '{' : source.slice(at, end + 1);
      at += text.length;
      return { kind: 'text', text };
    }
    at = end + 1;
    return { kind: 'variable', name, forms };
  };

  const parseParts = (depth: number): TemplatePart[] => {
    const parts: TemplatePart[] = [];
    while (at < source.length) {
      const character = source[at];
      if (character === '{') parts.push(parseVariable());
      else if (character === '[' && depth < MAX_DEPTH) {
        at += 1;
        parts.push({ kind: 'optional', parts: parseParts(depth + 1) });
        if (source[at] !== ']') faults.push({ ru: 'Скобка [ не закрыта', en: 'The bracket [ is not closed' });
        at += 1;
      } else if (character === ']' && depth > 0) return parts;
      else {
        if (character === ']' || character === '}' || character === '[')
          faults.push({ ru: `Лишняя скобка ${character}`, en: `One bracket too many: ${character}` });
        parts.push({ kind: 'text', text: textRun() });
      }
    }
    return parts;
  };
  const textRun = (): string => {
    const start = at;
    at += 1;
    while (at < source.length && !'{}[]'.includes(source[at] ?? '')) at += 1;
    return source.slice(start, at);
  };

  return { parts: parseParts(0), faults };
}

/** A value for a name: text as it is said, a number to be counted, or undefined when it is not known. */
export type Resolve = (name: string) => string | number | undefined;

/** What stands where a needed value is not known: the operator sees that something is missing and asks. */
export const UNKNOWN = '…';

export function renderTemplate(template: Template, resolve: Resolve, language: Language): string {
  let out = '';
  let capitaliseNext = false;

  const append = (text: string, fresh: boolean): void => {
    if (text === '') return;
    const starts = (fresh || capitaliseNext) && atSentenceStart(out);
    capitaliseNext &&= /^\s*$/u.test(text);
    out += starts ? text.replace(/^(\s*)(\S.*)$/su, (_, gap: string, rest: string) => gap + capitalise(rest)) : text;
  };
  const value = (part: TemplatePart & { kind: 'variable' }): string | undefined => {
    const found = resolve(part.name);
    if (typeof found === 'number') return counted(found, part.forms, language).trim();
    return found === undefined || found === '' ? undefined : found;
  };
  const isKnown = (part: TemplatePart): boolean => {
    if (part.kind === 'variable') return value(part) !== undefined;
    return part.kind === 'text' || part.parts.every((inner) => inner.kind === 'optional' || isKnown(inner));
  };
  const write = (parts: readonly TemplatePart[]): void => {
    for (const part of parts) {
      if (part.kind === 'text') append(part.text, false);
      else if (part.kind === 'variable') append(value(part) ?? UNKNOWN, true);
      else if (isKnown(part)) write(part.parts);
      else capitaliseNext ||= atSentenceStart(out);
    }
  };

  write(template.parts);
  return (
    out
      .replace(/[^\S\u00a0]+/gu, ' ')
      .replace(/ ([,.!?;:])/gu, '$1')
      // «… когда начнётся запись?» in the middle of a line that has its own full stop.
      .replace(/(?<!\.)([.!?…])\.(?!\.)/gu, '$1')
      .trim()
  );
}

const atSentenceStart = (text: string): boolean => /(?:^|[.!?…]["»)]*\s+)[«"(]*\s*$/u.test(text);

/** Every variable of the text, and whether each stands inside `[…]`. */
export function variablesOf(template: Template): { name: string; optional: boolean; forms: readonly string[] }[] {
  const collect = (parts: readonly TemplatePart[], optional: boolean): ReturnType<typeof variablesOf> =>
    parts.flatMap((part) => {
      if (part.kind === 'text') return [];
      return part.kind === 'optional' ? collect(part.parts, true) : [{ name: part.name, optional, forms: part.forms }];
    });
  return collect(template.parts, false);
}
