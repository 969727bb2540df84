import { describe, expect, it } from 'vitest';
import { compileBench, longScript } from '../bench/compile.bench.ts';
import { compile } from '../../machines/script/index.ts';
import { check } from '../../machines/script/checker/index.ts';

describe('compiling', () => {
  it('[SCRIPT-30] 200 steps become a machine in less than 5 ms, 2,000 in proportion', () => {
    // The fastest of many runs: the figure is of the code, not of what else the machine does meanwhile.
    const fastest = (steps: number, runs: number): number => {
      const script = longScript(steps);
      const times = Array.from({ length: runs }, () => {
        const from = performance.now();
        compile(script);
        return performance.now() - from;
      });
      return Math.min(...times);
    };
    const small = fastest(200, 60);
    expect(small).toBeLessThan(5);
    expect(fastest(2000, 8)).toBeLessThan(small * 60);
  });

  it('[SCRIPT-32] the bench measures what it says', () => {
    expect(compileBench({ steps: 20, runs: 3 })).toMatchObject({ steps: 20, choices: 60, runs: 3, budgetMs: 5 });
  });

  it('[SCRIPT-31] the checker reads 500 steps while one types', () => {
    const script = longScript(500);
    check([script]);
    const from = performance.now();
    check([script]);
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});
