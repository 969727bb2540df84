/** A stretch of one side: the words of both, or of this side alone. */
export interface Stretch {
  readonly text: string;
  readonly isOwn: boolean;
}
const TOKENS = /\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
/** A line is a few hundred words; two longer ones are marked whole. */
const LIMIT = 500_000;
/** Two sentences that share less than this are two sentences: marks of single words would only confuse. */
const ALIKE = 0.4;

/** What differs between two sentences, word by word: the longest common run of words stays unmarked. */
export function wordDiff(left: string, right: string): readonly [readonly Stretch[], readonly Stretch[]] {
  const [a, b] = [left.match(TOKENS) ?? [], right.match(TOKENS) ?? []];
  const whole = [[{ text: left, isOwn: true }], [{ text: right, isOwn: true }]] as const;
  if (a.length * b.length > LIMIT) return whole;
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  if (left !== '' && right !== '' && at(0, 0) < ALIKE * Math.max(a.length, b.length)) return whole;
  const sides: [Stretch[], Stretch[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(sides[0], a[i++] ?? '', false);
      add(sides[1], b[j++] ?? '', false);
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) add(sides[0], a[i++] ?? '', true);
    else add(sides[1], b[j++] ?? '', true);
  }
  return sides;
}
function add(side: Stretch[], text: string, isOwn: boolean): void {
  const last = side.at(-1);
  if (last?.isOwn === isOwn) side[side.length - 1] = { text: last.text + text, isOwn };
  else side.push({ text, isOwn });
}
