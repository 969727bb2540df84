import type { WordingsView } from '../../contract/index.ts';

/** How many took it, of how many. */
export interface Tally {
  readonly took: number;
  readonly calls: number;
}
const Z95 = 1.959964;
/** Below this the normal approximation says little; the words say so. */
const FEW = 30;

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
/** 1 − Φ(z) for z ≥ 0 (Abramowitz and Stegun 26.2.17; error below 7.5e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}

const percent = (value: number): string => `${(100 * value).toFixed(1).replace('.', ',')} %`;
const points = (value: number): string => (100 * value).toFixed(1).replace('.', ',').replace('-', '−');

/** What can honestly be said of the two. The calls were not drawn by lot: other things may have changed between them. */
export function compareTallies(a: Tally, b: Tally): Pick<WordingsView, 'difference' | 'interval' | 'pValue' | 'words'> {
  const difference = share(b) - share(a);
  const interval = newcombe(a, b);
  const p = pValue(a, b);
  const told = { difference, interval, pValue: p };
  if (a.calls === 0 || b.calls === 0)
    return { ...told, words: 'Сравнить нельзя: у одной из формулировок ещё не было звонков.' };
  const figures =
    `Было ${percent(share(a))} (${String(a.took)} из ${String(a.calls)}), ` +
    `стало ${percent(share(b))} (${String(b.took)} из ${String(b.calls)}).`;
  const range = `Разница ${points(difference)} процентного пункта, с уверенностью 95 % — от ${points(interval[0])} до ${points(interval[1])}.`;
  const few = Math.min(a.calls, b.calls) < FEW ? ' Звонков пока мало: вывод может измениться.' : '';
  const isSure = interval[0] > 0 || interval[1] < 0;
  const verdict = isSure
    ? `Похоже, что доля действительно ${difference > 0 ? 'выросла' : 'снизилась'}: при равных формулировках такая разница выпала бы случайно в ${percent(p)} случаев.`
    : `Это может быть случайностью: при равных формулировках такая или большая разница выпадает в ${percent(p)} случаев.`;
  const caution =
    ' Звонки не распределялись по жребию, поэтому на долю могло повлиять и другое: время, темы, операторы.';
  return { ...told, words: `${figures} ${range} ${verdict}${few}${caution}` };
}
