import { describe, expect, it } from 'vitest';
import { compileBench, longScript } from '../bench/compile.bench.ts';
import { check } from '../../machines/script/checker/index.ts';
import { compile } from '../../machines/script/index.ts';

// How long it takes is told by the bench: a time asserted in a test is a figure of what else the computer does.
describe('long scripts', () => {
  it('[SCRIPT-30] each of 2,000 steps becomes one state', () => {
    expect(compile(longScript(2_000)).steps.size).toBe(2_000);
  });

  it('[SCRIPT-36] the checker sees at each of 500 steps that the circle has no end', () => {
    const noExit = check([longScript(500)]).filter(({ code }) => code === 'loop.noExit');
    expect(new Set(noExit.map(({ stepId }) => stepId)).size).toBe(500);
  });

  it('[SCRIPT-32] the bench measures what it says', () => {
    expect(compileBench({ steps: 20, runs: 3 })).toMatchObject({ steps: 20, choices: 60, runs: 3, budgetMs: 5 });
  });
});
