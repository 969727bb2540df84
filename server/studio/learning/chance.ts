import type { ShareDifference, Verdict } from '../../contract/index.ts';

/** How many took it, of how many. */
export interface Tally {
  readonly took: number;
  readonly calls: number;
}
const Z95 = 1.959964;
/** Below this the normal approximation says little, and so do we. */
export const FEW = 30;
/** A difference that chance alone would bring more often is not called real. */
export const ALPHA = 0.05;

const share = ({ took, calls }: Tally): number => (calls === 0 ? 0 : took / calls);

/** Wilson's interval for one share: sound for few calls and for shares near 0 or 1. */
export function wilson({ took, calls }: Tally): readonly [number, number] {
  if (calls === 0) return [0, 1];
  const p = took / calls;
  const z2 = Z95 * Z95;
  const centre = (p + z2 / (2 * calls)) / (1 + z2 / calls);
  const half = (Z95 * Math.sqrt((p * (1 - p)) / calls + z2 / (4 * calls * calls))) / (1 + z2 / calls);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
/** Newcombe's interval (1998, method 10) for the difference of two shares, b minus a. */
export function newcombe(a: Tally, b: Tally): readonly [number, number] {
  const [la, ua] = wilson(a);
  const [lb, ub] = wilson(b);
  const [pa, pb] = [share(a), share(b)];
  const low = pb - pa - Math.hypot(pb - lb, ua - pa);
  const high = pb - pa + Math.hypot(ub - pb, pa - la);
  return [Math.max(-1, low), Math.min(1, high)];
}
/** Two-sided p-value of the pooled two-proportion z test; 1 when there is nothing to compare. */
export function pValue(a: Tally, b: Tally): number {
  const pooled = (a.took + b.took) / (a.calls + b.calls);
  if (a.calls === 0 || b.calls === 0 || pooled === 0 || pooled === 1) return 1;
  const z = (share(b) - share(a)) / Math.sqrt(pooled * (1 - pooled) * (1 / a.calls + 1 / b.calls));
  return 2 * upperTail(Math.abs(z));
}
/**
 * Two-sided p-value of the rank test of Mann and Whitney: whether the one kind of stay is longer than the other, however
 * long a few of them last. Ties are corrected for; 1 when there is nothing to compare.
 */
export function rankPValue(a: readonly number[], b: readonly number[]): number {
  const sorted = [...a.map((value) => ({ value, ofA: true })), ...b.map((value) => ({ value, ofA: false }))].sort(
    (x, y) => x.value - y.value,
  );
  const n = sorted.length;
  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < n;) {
    let to = from;
    while (to < n && sorted[to]?.value === sorted[from]?.value) to += 1;
    const alike = to - from;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at += 1) if (sorted[at]?.ofA) rankSum += rank;
    ties += alike ** 3 - alike;
    from = to;
  }
  const spread = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (a.length === 0 || b.length === 0 || !(spread > 0)) return 1;
  return 2 * upperTail(Math.abs(rankSum - (a.length * (n + 1)) / 2) / Math.sqrt(spread));
}
/** 1 − Φ(z) for z ≥ 0 (Abramowitz and Stegun 26.2.17; error below 7.5e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}

/** z with that much of the bell above it: the inverse of `upperTail`, by halving; to 1e-9. */
function zAbove(tail: number): number {
  let [low, high] = [0, 10];
  for (let step = 0; step < 34; step += 1) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > tail) low = middle;
    else high = middle;
  }
  return low;
}
/** A true difference is to be seen in so many trials of ten. */
const POWER = 0.8;
/** Whom one would plan a trial for: a difference of ten points, around one half, where shares waver most. */
const PLANNED = [0.45, 0.55] as const;

/**
 * Calls that each wording needs so that shares `a` and `b`, if they are the true ones, differ with `pValue` below
 * `alpha` in eight trials of ten (Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions, 3rd ed., 4.2,
 * without the correction for continuity); Infinity when they do not differ.
 */
export function callsToTell(a: number, b: number, alpha: number): number {
  const middle = (a + b) / 2;
  const chance = zAbove(alpha / 2) * Math.sqrt(2 * middle * (1 - middle));
  const miss = zAbove(1 - POWER) * Math.sqrt(a * (1 - a) + b * (1 - b));
  return a === b ? Infinity : Math.ceil(((chance + miss) / (a - b)) ** 2);
}
/** Calls of each wording after which a trial is judged: set beforehand, so that nobody stops at a lucky moment. */
export const plannedCalls = (alpha: number): number => callsToTell(...PLANNED, alpha);

/** What can honestly be said. `alpha`: smaller when several things are compared at once. */
export function verdictOf(callsOfA: number, callsOfB: number, p: number, alpha: number): Verdict {
  const fewer = Math.min(callsOfA, callsOfB);
  if (fewer === 0) return 'none';
  if (fewer < FEW) return 'few';
  return p < alpha ? 'real' : 'chance';
}
export function compareShares(a: Tally, b: Tally, alpha = ALPHA): ShareDifference {
  const p = pValue(a, b);
  return {
    difference: share(b) - share(a),
    interval: newcombe(a, b),
    pValue: p,
    verdict: verdictOf(a.calls, b.calls, p, alpha),
  };
}
