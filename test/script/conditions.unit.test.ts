import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATORS, TESTS, holds } from '../../machines/script/conditions.ts';
import { conditionSchema } from '../../machines/script/schema/condition.ts';
import type { Condition } from '../../machines/script/types.ts';
import type { FieldValue } from '../../machines/script/view.ts';

const TODAY = '2026-11-26';
const facts = (field?: FieldValue, known?: FieldValue) => ({
  today: TODAY,
  field: (name: string) => (name === 'x' ? field : undefined),
  known: (name: string) => (name === 'transfers.left' ? known : undefined),
});

type Row = readonly [
  value: FieldValue | undefined,
  operand: string | number | boolean | readonly (string | number)[],
  expected: boolean,
];
/** Every operator over every type of value: nothing, text, empty text, number, yes, no, day, list, empty list. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  is: [
    [undefined, 'a', false],
    ['a', 'a', true],
    ['a', 'b', false],
    ['', 'a', false],
    ['a', 1, false],
    [1, 1, true],
    [1, 2, false],
    [1, '1', false],
    [0, false, false],
    [true, true, true],
    [true, false, false],
    [false, false, true],
    [false, true, false],
    ['2026-11-26', '2026-11-26', true],
    ['2026-11-26', '2026-11-27', false],
    [['a'], 'a', true],
    [['a', 'b'], 'a', false],
    [[], 'a', false],
  ],
  isNot: [
    [undefined, 'a', true],
    ['a', 'a', false],
    ['a', 'b', true],
    ['', 'a', true],
    ['a', 1, true],
    [1, 1, false],
    [1, 2, true],
    [true, true, false],
    [true, false, true],
    [false, false, false],
    ['2026-11-26', '2026-11-26', false],
    ['2026-11-26', '2026-11-27', true],
    [['a'], 'a', false],
    [['a', 'b'], 'a', true],
    [[], 'a', true],
  ],
  in: [
    [undefined, ['a'], false],
    ['a', ['a', 'b'], true],
    ['c', ['a', 'b'], false],
    ['', ['a'], false],
    [1, [1, 2], true],
    [3, [1, 2], false],
    [1, ['1'], false],
    [true, ['true'], false],
    ['2026-11-26', ['2026-11-26'], true],
    [['a'], ['a'], true],
    [['a', 'b'], ['a', 'b'], false],
    [[], ['a'], false],
    ['a', 'a', false],
  ],
  notIn: [
    [undefined, ['a'], true],
    ['a', ['a', 'b'], false],
    ['c', ['a', 'b'], true],
    ['', ['a'], true],
    [1, [1, 2], false],
    [3, [1, 2], true],
    [true, ['true'], true],
    ['2026-11-26', ['2026-11-26'], false],
    [['a'], ['a'], false],
    [[], ['a'], true],
  ],
  gt: [
    [undefined, 1, false],
    ['a', 'b', false],
    ['b', 'a', false],
    ['', 1, false],
    ['2', 1, false],
    [2, 1, true],
    [1, 1, false],
    [0, 1, false],
    [2, '1', false],
    [true, 0, false],
    [false, 0, false],
    ['2026-11-27', '2026-11-26', true],
    ['2026-11-26', '2026-11-26', false],
    ['2026-11-25', '2026-11-26', false],
    ['2026-11-27', 'today', true],
    ['2026-11-26', 'today', false],
    ['2026-13-45', '2026-11-26', false],
    [['a'], 0, false],
    [[], 0, false],
  ],
  gte: [
    [undefined, 1, false],
    ['a', 'a', false],
    ['', 1, false],
    [2, 1, true],
    [1, 1, true],
    [0, 1, false],
    [true, 1, false],
    [false, 0, false],
    ['2026-11-26', '2026-11-26', true],
    ['2026-11-26', 'today', true],
    ['2026-11-25', 'today', false],
    [['a'], 1, false],
    [[], 0, false],
  ],
  lt: [
    [undefined, 1, false],
    ['a', 'b', false],
    ['', 1, false],
    [0, 1, true],
    [1, 1, false],
    [2, 1, false],
    [true, 2, false],
    [false, 1, false],
    ['2026-11-25', '2026-11-26', true],
    ['2026-11-26', 'today', false],
    ['2026-11-25', 'today', true],
    [['a'], 1, false],
    [[], 1, false],
  ],
  lte: [
    [undefined, 1, false],
    ['a', 'a', false],
    ['', 1, false],
    [0, 1, true],
    [1, 1, true],
    [2, 1, false],
    [true, 1, false],
    [false, 0, false],
    ['2026-11-26', '2026-11-26', true],
    ['2026-11-27', 'today', false],
    [['a'], 1, false],
    [[], 0, false],
  ],
  filled: [
    [undefined, true, false],
    [undefined, false, true],
    ['a', true, true],
    ['a', false, false],
    ['', true, false],
    ['', false, true],
    [0, true, true],
    [0, false, false],
    [true, true, true],
    [false, true, true],
    [false, false, false],
    ['2026-11-26', true, true],
    [['a'], true, true],
    [[], true, false],
    [[], false, true],
  ],
  includes: [
    [undefined, 'a', false],
    ['переезд в Курск', 'курск', true],
    ['Ребёнок', 'ребенок', true],
    ['abc', 'd', false],
    ['abc', '', false],
    ['', 'a', false],
    [1, 1, false],
    [1, '1', false],
    [true, true, false],
    [false, false, false],
    ['2026-11-26', '2026-11', true],
    [['a', 'b'], 'a', true],
    [['a', 'b'], 'c', false],
    [[], 'a', false],
    [['1'], 1, false],
  ],
};

describe('conditions', () => {
  it.each(OPERATORS)('[COND-01] %s over every type of value', (operator) => {
    const kinds = new Set<string>();
    for (const [value, operand, expected] of TABLE[operator] ?? []) {
      kinds.add(kindOf(value));
      expect([operator, value, operand, TESTS[operator](value, operand, TODAY)]).toEqual([
        operator,
        value,
        operand,
        expected,
      ]);
    }
    expect([...kinds].sort()).toEqual(['boolean', 'date', 'emptyList', 'emptyText', 'list', 'none', 'number', 'text']);
  });

  it('[COND-02] all, any and not are what they say, and an absent condition holds', () => {
    const yes: Condition = { field: 'x', is: 'a' };
    const no: Condition = { field: 'x', is: 'b' };
    expect(holds(undefined, facts())).toBe(true);
    expect(
      [
        [yes, yes],
        [yes, no],
        [no, no],
      ].map((all) => holds({ all }, facts('a'))),
    ).toEqual([true, false, false]);
    expect(
      [
        [yes, yes],
        [yes, no],
        [no, no],
      ].map((any) => holds({ any }, facts('a'))),
    ).toEqual([true, true, false]);
    expect(holds({ not: no }, facts('a'))).toBe(true);
    expect(holds({ not: { any: [no, { not: yes }] } }, facts('a'))).toBe(true);
  });

  it('[COND-03] several comparisons in one condition must all hold', () => {
    expect(holds({ known: 'transfers.left', gt: 0, lte: 2 }, facts(undefined, 2))).toBe(true);
    expect(holds({ known: 'transfers.left', gt: 0, lte: 2 }, facts(undefined, 3))).toBe(false);
  });

  it('[COND-04] isNot and notIn are the exact opposites of is and in, filled false of filled true', () => {
    const value = fc.option(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())), {
      nil: undefined,
    });
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(value, scalar, fc.array(scalar, { minLength: 1 }), (one, operand, list) => {
        expect(TESTS.isNot(one, operand, TODAY)).toBe(!TESTS.is(one, operand, TODAY));
        expect(TESTS.notIn(one, list, TODAY)).toBe(!TESTS.in(one, list, TODAY));
        expect(TESTS.filled(one, false, TODAY)).toBe(!TESTS.filled(one, true, TODAY));
        expect(TESTS.in(one, [operand], TODAY)).toBe(TESTS.is(one, operand, TODAY));
      }),
    );
  });

  it('[COND-05] order is total over numbers and over days, and empty across kinds', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.oneof(fc.tuple(fc.integer(), fc.integer()), fc.tuple(day, day)), ([a, b]) => {
        const results = [TESTS.lt(a, b, TODAY), TESTS.is(a, b, TODAY), TESTS.gt(a, b, TODAY)];
        expect(results.filter(Boolean)).toHaveLength(1);
        expect(TESTS.gte(a, b, TODAY)).toBe(!TESTS.lt(a, b, TODAY));
      }),
    );
    fc.assert(
      fc.property(fc.integer(), fc.string(), (a, b) => {
        expect([TESTS.lt(a, b, TODAY), TESTS.lte(a, b, TODAY), TESTS.gt(b, a, TODAY), TESTS.gte(b, a, TODAY)]).toEqual([
          false,
          false,
          false,
          false,
        ]);
      }),
    );
  });

  it('[COND-06] nothing is code: what looks like code is a name that is not there', () => {
    for (const name of ['__proto__', 'constructor', 'x;process.exit()', '${x}']) {
      expect(holds({ field: name, filled: true }, facts('a'))).toBe(false);
    }
    expect(conditionSchema.safeParse({ known: 'constructor', is: 'x' }).success).toBe(false);
    expect(conditionSchema.safeParse({ field: 'x', eval: '1' }).success).toBe(false);
  });
});

function kindOf(value: FieldValue | undefined): string {
  if (value === undefined) return 'none';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'string') return value.length === 0 ? 'emptyList' : 'list';
  if (value === '') return 'emptyText';
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'text';
}
