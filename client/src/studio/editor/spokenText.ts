import { ABOUT } from '../../../../machines/script/about.ts';
import type { Said } from '../../../../machines/script/localText.ts';
import { isVariable, VARIABLES } from '../../../../machines/script/variables.ts';

/** A piece of a wording: its words, or what stands for words that only a call knows. */
export interface Piece {
  readonly text: string;
  /** What it stands for; absent for words of the wording itself. */
  readonly about?: Said;
}
/** `{…}` and the brackets around what is left out when it is not known. */
const PARTS = /\{([^{}]*)\}|[[\]]/g;

/** The wording as it will sound with an example in it. `fields`: labels of the script's own questions. */
export function spokenPieces(
  wording: string,
  fields: ReadonlyMap<string, { readonly label: string }>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of wording.matchAll(PARTS)) {
    if (found.index > from) pieces.push({ text: wording.slice(from, found.index) });
    from = found.index + found[0].length;
    if (found[1] !== undefined) pieces.push(exampleOf(found[1].trim(), fields));
  }
  if (from < wording.length) pieces.push({ text: wording.slice(from) });
  return pieces;
}
export const spokenText = (wording: string, fields: ReadonlyMap<string, { readonly label: string }>): string =>
  spokenPieces(wording, fields)
    .map(({ text }) => text)
    .join('');

type Fields = ReadonlyMap<string, { readonly label: string }>;

function exampleOf(name: string, fields: Fields): Piece {
  if (isVariable(name)) return { text: VARIABLES[name].example ?? `{${name}}`, about: ABOUT[name] };
  const label = labelOf(name, fields);
  const about = label ?? name;
  return { text: label === undefined ? `{${name}}` : `‹${label}›`, about: { ru: about, en: about } };
}
const labelOf = (name: string, fields: Fields): string | undefined =>
  name.startsWith('field.') ? fields.get(name.slice('field.'.length))?.label : undefined;

/** What stands for something that only a call knows; its own name when nobody knows what it is. */
export const fillingName = (name: string, fields: Fields, said: (words: Said) => string): string =>
  isVariable(name) ? said(ABOUT[name]) : (labelOf(name, fields) ?? name);
