import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp } from './testApp.ts';

/** The board speaks by the clock that the test moves: it is moved until this stands there so many times. */
export const boardShows = (test: TestApp, wanted: Locator, count = 1): Promise<void> =>
  expect
    .poll(
      async () => {
        await test.app.rooms.ledger.flush();
        test.clock.advance(50);
        return wanted.count();
      },
      { timeout: 15_000 },
    )
    .toBe(count);
