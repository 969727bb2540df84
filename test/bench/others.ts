import { compileBench } from './compile.bench.ts';
import type { Bench, Figure } from './kit.ts';
import { reportsBench } from './reports.ts';
import { searchBench } from './search.bench.ts';
import { storageBench } from './storage.ts';

/** Figures of rooms that measure themselves, as rows: `compiling.medianMs` → "compiling median". */
export const storage: Bench = {
  name: 'storage',
  run: async ({ quick }) => ({ title: '6. Storage', figures: rows(await storageBench({ quick })) }),
};
export const reports: Bench = {
  name: 'reports',
  run: async ({ quick }) => ({ title: '6. Reports over the history', figures: rows(await reportsBench({ quick })) }),
};
export const knowledge: Bench = {
  name: 'search',
  run: async ({ quick }) => ({
    title: 'Knowledge search',
    figures: rows(searchBench(quick ? { articles: 1_000, queries: 300 } : {})),
  }),
};
export const compile: Bench = {
  name: 'compile',
  run: async ({ quick }) => ({
    title: 'Script compiler, 200 steps',
    figures: rows(compileBench({ runs: quick ? 50 : 300 })),
  }),
};

function rows(value: unknown, path: readonly string[] = []): Figure[] {
  if (typeof value === 'number') return [row(path, value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => rows(each, [...path, key]));
}
/** Whole numbers: what is short is told in microseconds, shares in thousandths. */
function row(path: readonly string[], value: number): Figure {
  const name = path
    .join(' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
  if (/ ms$|^ms$/.test(name)) {
    const what = name.replace(/ ?ms$/, '');
    return value < 10
      ? { what, value: Math.round(value * 1_000), unit: 'µs' }
      : { what, value: Math.round(value), unit: 'ms' };
  }
  return Number.isInteger(value) || value >= 10
    ? { what: name, value: Math.round(value), unit: '' }
    : { what: name, value: Math.round(value * 1_000), unit: '‰' };
}
