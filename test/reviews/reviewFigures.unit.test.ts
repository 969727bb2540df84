import { describe, expect, it } from 'vitest';
import { scoreOf, type ReviewDocument } from '../../server/reviews/reviewDocument.ts';
import { calibrate, trendOf } from '../../server/reviews/reviewFigures.ts';

const criterion = (id: string, weight: number) => ({
  id,
  weight,
  label: { ru: id, en: id },
  clause: '3.5.7',
  about: 'о чём',
  full: 'полностью',
  none: 'нисколько',
});
const form = {
  scale: 5,
  groups: [
    { id: 'all', label: { ru: 'всё', en: 'all' }, criteria: [criterion('a', 3), criterion('b', 1), criterion('c', 2)] },
  ],
};
const review = (at: number, marks: Record<string, number | null>, reviewerName = 'Котова'): ReviewDocument =>
  ({
    at,
    marks,
    reviewerName,
    score: scoreOf(form, marks),
    shares: Object.fromEntries(Object.entries(marks).flatMap(([id, mark]) => (mark === null ? [] : [[id, mark / 5]]))),
  }) as unknown as ReviewDocument;

describe('[3.5.2] [3.5.7] figures of reviews', () => {
  it('[REV-01] the score is weighted over what applies: (3·5 + 1·0) / (4·5) = 75', () => {
    expect(scoreOf(form, { a: 5, b: 0, c: null })).toBe(75);
    expect(scoreOf(form, { a: 5, b: 0 })).toBe(75);
    expect(scoreOf(form, { a: null })).toBeNull();
  });
  it('[REV-02] two reviewers are laid beside each other, the widest difference first', () => {
    const found = calibrate(
      'call',
      [review(1, { a: 5, b: 2, c: 3 }), review(2, { a: 4, b: 5, c: null }, 'Орлова')],
      form,
    );
    expect(found.criteria.map(({ id, difference }) => [id, difference])).toEqual([
      ['b', 3],
      ['a', 1],
      ['c', 0],
    ]);
    // (1/5 + 3/5) / 2; c was marked by one alone.
    expect(found.meanDifference).toBeCloseTo(0.4, 10);
  });
  it('[REV-03] the trend compares the later half with the earlier and names the weakest first', () => {
    const weeks = [0, 10, 20, 30, 40];
    const found = trendOf(
      [review(5, { a: 5, b: 5 }), review(25, { a: 1, b: 5 }), review(35, { a: 3, b: 5 })],
      weeks,
      form,
    );
    expect(found.weeks.map(({ count }) => count)).toEqual([1, 0, 1, 1]);
    expect(found.criteria.map(({ id, mean, before }) => [id, mean, before])).toEqual([
      ['a', 0.4, 1],
      ['b', 1, 1],
    ]);
    expect(found).toMatchObject({ before: 100, count: 2, mean: 55 });
  });
});
