import snowball from 'snowball-stemmers';

const stemmer = snowball.newStemmer('russian');
const known = new Map<string, string>();

/** Root of a Russian word in lower case with `е` for `ё`: all forms of a word have one. */
export function stemOf(word: string): string {
  const plain = plainWord(word);
  const found = known.get(plain);
  if (found !== undefined) return found;
  const stem = stemmer.stem(plain);
  // A bound, so that an editor that is open for weeks does not keep every word ever typed.
  if (known.size > 20_000) known.clear();
  known.set(plain, stem);
  return stem;
}
export const plainWord = (word: string): string => word.toLowerCase().replaceAll('ё', 'е');

export interface Word {
  readonly written: string;
  readonly plain: string;
  readonly stem: string;
}

export const wordsOf = (text: string): Word[] =>
  (text.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []).map((written) => {
    const plain = plainWord(written);
    return { written, plain, stem: stemOf(plain) };
  });
