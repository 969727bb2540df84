import { expect, it } from 'vitest';
import { marksToKeep } from '../../client/src/reports/marks.ts';
import type { ReviewForm, ReviewView } from '../../server/contract/reviews.ts';

const form = (scale: number, ...ids: string[]): ReviewForm =>
  ({ scale, groups: [{ id: 'g', label: 'g', criteria: ids.map((id) => ({ id })) }] }) as unknown as ReviewForm;
const before = { scale: 5, marks: { polite: 5, honest: 2, hold: null } } as unknown as ReviewView;

it('[3.5.7] [REV-08] a review is judged again from its marks, without criteria that are gone', () => {
  expect(marksToKeep(form(5, 'polite', 'honest', 'hold'), before)).toEqual({ polite: 5, honest: 2, hold: null });
  expect(marksToKeep(form(5, 'polite'), before)).toEqual({ polite: 5 });
  expect(marksToKeep(form(5, 'polite'), undefined)).toEqual({});
});
it('[REV-09] marks of another scale are not carried over: 5 of 5 is not 5 of 10', () => {
  expect(marksToKeep(form(10, 'polite', 'hold'), before)).toEqual({ hold: null });
});
