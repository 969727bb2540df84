/** Controls, bidirectional overrides, zero-width and lone surrogate code points: nothing that a person would say. */
const UNSAYABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;

/** Longest value that a line is given from outside; longer ones are cut with an ellipsis. */
export const VALUE_LIMIT = 200;

/**
 * Makes a stranger's text safe to put into a line: one line of visible characters, composed (NFC), at most `limit`
 * characters. What it contains is never looked at again: braces and tags in it stay what they are, plain text.
 */
export function cleanValue(raw: string, limit: number = VALUE_LIMIT): string {
  const flat = raw
    .slice(0, limit * 8)
    .replace(UNSAYABLE, ' ')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(flat);
  return characters.length <= limit
    ? flat
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/** Upper case for the first letter alone. */
export const capitalise = (text: string): string => {
  const [first = ''] = text;
  return first.toLocaleUpperCase('ru') + text.slice(first.length);
};
