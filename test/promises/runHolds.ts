import { expect } from 'vitest';
import { emptyHoldBook, holdViewOf, stepHolds } from '../../machines/promises/index.ts';
import type { HoldBook, HoldEffect, HoldEvent, HoldRecord } from '../../machines/promises/index.ts';
import type { HoldView } from '../../server/contract/index.ts';
import * as f from './facts.ts';

export const run = (...events: HoldEvent[]): { book: HoldBook; effects: HoldEffect[] } => {
  let book = emptyHoldBook(f.CALL);
  const effects: HoldEffect[] = [];
  for (const event of events) {
    const stepped = stepHolds(book, event);
    book = stepped.book;
    effects.push(...stepped.effects);
  }
  return { book, effects };
};
export const view = (book: HoldBook): HoldView | undefined => holdViewOf(book, { language: 'ru', saved: true });
export const onlyRecord = (book: HoldBook): HoldRecord => {
  expect(book.finished).toHaveLength(1);
  return book.finished[0]!;
};
export const warnings = (effects: HoldEffect[]): number[] =>
  effects.flatMap((effect) => (effect.type === 'hold.warned' ? [effect.secondsLeft] : []));
