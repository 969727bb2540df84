import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broken, breakages, type Breakage } from './breakages.ts';
import { allCases } from './cases/all.ts';
import { onEmbedded } from './embedded.ts';
import type { Case, Harness } from './harness.ts';

// The first counterexample is enough.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

const wrapped = (run: Case['run'], breakage: Omit<Breakage, 'name' | 'rule'>): Promise<void> =>
  onEmbedded((harness) => {
    let storage = broken(harness.storage, breakage);
    const around: Harness = {
      ...harness,
      get storage() {
        return storage;
      },
      async restart() {
        storage = broken(await harness.restart(), breakage);
        return storage;
      },
      beside: () => Promise.resolve(storage),
    };
    return run(around);
  });

describe('the storage contract sees a storage that is wrong', () => {
  for (const breakage of breakages) {
    const { name, rule } = breakage;
    test(`[${rule}] ${name}`, async () => {
      const cases = allCases.filter(({ title }) => title.startsWith(`[${rule}]`));
      const outcomes = await Promise.allSettled(cases.map(async (each) => wrapped(each.run, breakage)));
      expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    });
  }

  test('every rule of the contract has a breakage that it alone must see', () => {
    const rules = new Set(allCases.map(({ title }) => title.slice(1, title.indexOf(']'))));
    expect([...rules].sort()).toEqual([...new Set(breakages.map(({ rule }) => rule))].sort());
  });
});

describe('and passes a wrapper that changes nothing', () => {
  for (const { title, run } of allCases) test(title, async () => wrapped(run, {}));
});
