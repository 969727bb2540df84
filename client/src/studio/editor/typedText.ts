/** The one stretch in which two texts differ. */
interface Stretch {
  readonly from: number;
  /** End in the first text, end in the second. */
  readonly to: number;
  readonly newTo: number;
}
function stretchOf(before: string, after: string): Stretch {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, newTo: after.length - tail };
}

/**
 * What was typed on `basis`, on the text as it is `now`. Undefined when both changed the same place: then the server has
 * to lay them beside each other.
 */
export function carriedOver(basis: string, typed: string, now: string): string | undefined {
  if (basis === now || typed === now) return typed;
  if (basis === typed) return now;
  const mine = stretchOf(basis, typed);
  const theirs = stretchOf(basis, now);
  const written = typed.slice(mine.from, mine.newTo);
  if (mine.to < theirs.from) return now.slice(0, mine.from) + written + now.slice(mine.to);
  if (mine.from <= theirs.to) return undefined;
  const shift = theirs.newTo - theirs.to;
  return now.slice(0, mine.from + shift) + written + now.slice(mine.to + shift);
}
