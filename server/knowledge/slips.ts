/**
 * Typing slips between what is typed and the beginning of a word: a letter too many, too few, another, or two
 * neighbours swapped (each is one slip; optimal string alignment). The rest of the word may still be untyped.
 * Returns `most + 1` when there are more than `most`.
 */
export function slipsToBeginning(typed: string, word: string, most: number): number {
  if (typed.length + most > LONGEST) return most + 1;
  const columns = Math.min(word.length, typed.length + most);
  let [beforeLast, last, row] = scratch;
  for (let column = 0; column <= columns; column += 1) last[column] = column;
  let least = 0;
  for (let i = 1; i <= typed.length && least <= most; i += 1) {
    const letter = typed.charCodeAt(i - 1);
    row[0] = i;
    least = i;
    for (let j = 1; j <= columns; j += 1) {
      const other = word.charCodeAt(j - 1);
      let slips = (last[j - 1] ?? 0) + (letter === other ? 0 : 1);
      slips = Math.min(slips, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && letter === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === other)
        slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      row[j] = slips;
      least = Math.min(least, slips);
    }
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(most + 1, least);
}

/** No word of a language is longer; the rows are reused, since a keystroke compares thousands of words. */
const LONGEST = 62;
const scratch: readonly [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(LONGEST + 2),
  new Uint8Array(LONGEST + 2),
  new Uint8Array(LONGEST + 2),
];

export const MOST_SLIPS = 2;
/** How many slips are forgiven in a word of this length. */
export const slipsForgiven = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : MOST_SLIPS);

/** Which letters a word has, one bit each: a quick way to see that two words are too far apart. */
export const lettersOf = (word: string): number => {
  let letters = 0;
  for (let i = 0; i < word.length; i += 1) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
};

/** How many kinds of letters of the first are absent from the second. */
export const lettersMissing = (of: number, from: number): number => {
  let missing = of & ~from;
  let count = 0;
  while (missing !== 0) {
    missing &= missing - 1;
    count += 1;
  }
  return count;
};
