import type { Remark } from './style.ts';
import type { Word } from './words/stems.ts';

/** One sentence as it will sound, with all its words, and with those that the author wrote. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
  readonly own: readonly Word[];
  /** The text without what variables bring. */
  readonly ownText: string;
}
export type SentenceRule = (sentence: Sentence) => readonly Remark[];
export type TextRule = (sounding: string, written: string) => readonly Remark[];

/** Enough of a long text to know it by. */
export const cut = (text: string): string => {
  const flat = text.replaceAll('\u2060', '');
  return flat.length > 60 ? `${flat.slice(0, 57)}…` : flat;
};
