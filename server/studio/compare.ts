import { diffScripts } from '../../machines/script/diff.ts';
import type { Script, Step } from '../../machines/script/index.ts';
import type { ComparisonView, StepPair, WhichVersion } from '../contract/index.ts';
import { same } from './source/values.ts';

export interface Side {
  readonly which: WhichVersion;
  readonly source: string;
  readonly script: Script;
}

export const compareVersions = (from: Side, to: Side): ComparisonView => ({
  from: from.which,
  to: to.which,
  changes: diffScripts(from.script, to.script),
  steps: stepPairs(from.script.steps, to.script.steps),
  head: headPair(from.script, to.script),
  lines: sideBySide(from.source.trimEnd().split('\n'), to.source.trimEnd().split('\n')),
});

/** Steps of both by id. What is gone follows the step that it followed, or comes first. */
export function stepPairs(left: readonly Step[], right: readonly Step[]): StepPair[] {
  const before = new Map(left.map((step) => [step.id, step]));
  const stays = new Set(right.map(({ id }) => id));
  const pairs = right.map((step): StepPair => {
    const old = before.get(step.id);
    if (!old) return { stepId: step.id, kind: 'added', left: null, right: step };
    const isSame = same(old, step);
    return { stepId: step.id, kind: isSame ? 'same' : 'changed', left: isSame ? null : old, right: step };
  });
  for (const [index, step] of left.entries()) {
    if (stays.has(step.id)) continue;
    const after = pairs.findIndex(({ stepId }) => stepId === left[index - 1]?.id);
    pairs.splice(after + 1, 0, { stepId: step.id, kind: 'removed', left: step, right: null });
  }
  return pairs;
}
function headPair(from: Script, to: Script): ComparisonView['head'] {
  const [left, right] = [headOf(from), headOf(to)];
  return { left, right, kind: same(left, right) ? 'same' : 'changed' };
}
function headOf(script: Script): Omit<Script, 'steps'> {
  const { steps: _, ...head } = script;
  return head;
}

type Row = ComparisonView['lines'][number];

/**
 * Lines of both texts beside each other: the longest common subsequence after equal beginnings and ends are taken off,
 * unequal runs paired line by line. Beyond LIMIT cells the middle is paired as it stands: two strangers are no comparison.
 */
export function sideBySide(left: readonly string[], right: readonly string[]): Row[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  const room = Math.min(left.length, right.length) - start;
  while (end < room && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const same = (line: string): Row => ({ left: line, right: line, kind: 'same' });
  const [a, b] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  return [...left.slice(0, start).map(same), ...middle(a, b), ...left.slice(left.length - end).map(same)];
}
const LIMIT = 4_000_000;

function middle(a: readonly string[], b: readonly string[]): Row[] {
  if (a.length * b.length > LIMIT) return paired(a, b);
  const lengths = commonLengths(a, b);
  const rows: Row[] = [];
  const run: { left: string[]; right: string[] } = { left: [], right: [] };
  let [i, j] = [0, 0];
  const width = b.length + 1;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      rows.push(...paired(run.left.splice(0), run.right.splice(0)));
      rows.push({ left: a[i] ?? '', right: b[j] ?? '', kind: 'same' });
      i += 1;
      j += 1;
    } else if (
      j >= b.length ||
      (i < a.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    )
      run.left.push(a[i++] ?? '');
    else run.right.push(b[j++] ?? '');
  }
  return [...rows, ...paired(run.left, run.right)];
}
/** Length of the longest common subsequence of the rests from (i, j) on. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  return lengths;
}
const paired = (left: readonly string[], right: readonly string[]): Row[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, index): Row => {
    const [l, r] = [left[index] ?? null, right[index] ?? null];
    return { left: l, right: r, kind: l === null ? 'added' : r === null ? 'removed' : 'changed' };
  });
