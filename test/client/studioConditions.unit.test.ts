import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOf, conditionWords, groupOf } from '../../client/src/studio/editor/conditions.ts';
import { fromRules, neverReached, rulesOf } from '../../client/src/studio/editor/reactions.ts';
import { operatorsFor, subjectInfo, valueOf, wordsFor } from '../../client/src/studio/editor/subjects.ts';
import ru from '../../client/src/shared/i18n/ru/studio.ts';
import { holds } from '../../machines/script/conditions.ts';
import type { Condition } from '../../machines/script/types.ts';

const FIELDS = new Map([
  ['topic', { label: 'Тема', type: 'text' as const, options: new Map([['garden', 'детский сад']]) }],
  ['age', { label: 'Возраст', type: 'number' as const, options: new Map<string, string>() }],
]);
const tell = (key: string): string =>
  key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], ru) as string;
const words = (condition: unknown): string =>
  conditionWords(
    condition,
    wordsFor(FIELDS, tell, (said) => said.ru),
  );

const test: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constantFrom('topic', 'age'), is: fc.constantFrom('garden', 'school', 3) }),
  fc.record({ field: fc.constant('age'), gt: fc.nat(9), lt: fc.nat(9) }),
  fc.record({ known: fc.constant('workingHours' as const), is: fc.boolean() }),
  fc.record({ field: fc.constantFrom('topic', 'age'), filled: fc.boolean() }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    test,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

describe('[STUDIO-14] conditions as the form shows them', () => {
  it('[STUDIO-14] any condition, however nested, means the same when the form writes it', () => {
    fc.assert(
      fc.property(
        condition,
        fc.constantFrom('garden', 'school', undefined),
        fc.option(fc.nat(9)),
        fc.boolean(),
        (given, topic, age, open) => {
          const facts = {
            field: (name: string) => (name === 'topic' ? topic : (age ?? undefined)),
            known: () => open,
            today: '2026-11-26',
          };
          const written = conditionOf(groupOf(given)) as Condition;
          expect(holds(written, facts)).toBe(holds(given, facts));
          expect(holds(conditionOf(groupOf(written)) as Condition, facts)).toBe(holds(given, facts));
        },
      ),
    );
  });
  it('[STUDIO-14] a plain one stays to the letter; nothing compared is no condition', () => {
    const plain = { all: [{ field: 'topic', is: 'garden' }, { any: [{ known: 'workingHours', is: true }] }] };
    expect(conditionOf(groupOf(plain))).toEqual(plain);
    expect(conditionOf(groupOf(undefined))).toBeUndefined();
  });
  it('[STUDIO-14] is told in words, groups in brackets', () => {
    expect(
      words({
        all: [
          { field: 'topic', is: 'garden' },
          {
            any: [
              { field: 'age', lt: 3 },
              { known: 'workingHours', is: false },
            ],
          },
          { not: { field: 'age', filled: true } },
          {
            not: {
              any: [
                { field: 'age', is: 1 },
                { field: 'age', is: 2 },
              ],
            },
          },
        ],
      }),
    ).toBe(
      '«Тема» равно «детский сад» и («Возраст» меньше 3 или Сейчас рабочее время: нет) и не («Возраст» известно) и ни одно из («Возраст» равно 1; «Возраст» равно 2)',
    );
  });
  it('[STUDIO-14] only comparisons that mean something are offered, and values are kept as what they are', () => {
    const of = (subject: string) => operatorsFor(subjectInfo(subject, FIELDS, (value) => value));
    expect(of('known:workingHours')).toEqual(['is', 'isNot', 'filled', 'unfilled']);
    expect(of('field:age')).toContain('gt');
    expect(of('field:topic')).not.toContain('gt');
    expect(valueOf('is', 'text', '5')).toBe('5');
    expect(valueOf('in', 'number', '1, 2')).toEqual([1, 2]);
    expect(valueOf('lt', 'date', 'Сегодня')).toBe('today');
  });
});

describe('[STUDIO-15] several rules for one event of the line', () => {
  it.each([['stay'], [{ to: 'a', effects: ['hold.start'] }], [[{ to: 'a', when: 1 }, { to: 'b' }]]])(
    '[STUDIO-15] %j is written as it was read',
    (value) => expect(fromRules(rulesOf(value))).toEqual(value),
  );
  it('[STUDIO-15] tells of rules behind one that always holds', () => {
    expect(neverReached([{ to: 'a', when: 1 }, { to: 'b' }])).toBe(0);
    expect(neverReached([{ to: 'a' }, { to: 'b' }, { to: 'c' }])).toBe(2);
    expect(fromRules([])).toBeUndefined();
  });
});
