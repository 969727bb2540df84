import { describe, expect, it } from 'vitest';
import { manyArticles, searchBench } from '../bench/search.bench.ts';

describe('bench of search', () => {
  it('[KB-13] measures the same articles in every run and finds what a plain scan misses', () => {
    expect(manyArticles(3)).toEqual(manyArticles(3));
    const figures = searchBench({ articles: 400, queries: 60 });
    expect(figures).toMatchObject({ articles: 400, queries: 60, budgetMs: 20 });
    expect(figures.medianMs).toBeGreaterThan(0);
    expect(figures.found.ours).toBeGreaterThan(figures.found.baseline + 0.3);
  });

  it('[KB-13] a budget that is passed is told (canary)', () => {
    let at = 0;
    const slowClock = (): number => (at += 25);
    expect(searchBench({ articles: 20, queries: 5, now: slowClock }).withinBudget).toBe(false);
  });
});
