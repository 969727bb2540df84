import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer, problemText } from '../../machines/script/fields.ts';
import type { Problem } from '../../machines/script/fields.ts';
import { exampleAnswer } from '../../machines/script/example.ts';
import type { Question } from '../../machines/script/types.ts';

const today = { date: '2026-11-26' };
const base = { field: 'x', label: 'Поле' };
const options = [
  { value: 'a', label: 'А' },
  { value: 'b', label: 'Б' },
];
const QUESTIONS: readonly Question[] = [
  { ...base, type: 'text' },
  { ...base, type: 'text', format: 'name', maxLength: 80 },
  { ...base, type: 'text', format: 'email' },
  { ...base, type: 'text', minLength: 10, maxLength: 12 },
  { ...base, type: 'phone' },
  { ...base, type: 'phone', extensions: true },
  { ...base, type: 'date' },
  { ...base, type: 'date', notBefore: 'today', notAfter: '2026-12-31' },
  { ...base, type: 'number' },
  { ...base, type: 'number', min: 1, max: 3, fraction: true },
  { ...base, type: 'choice', options },
  { ...base, type: 'checklist', options, required: true },
  { ...base, type: 'checklist', options, atLeast: 2 },
];
const valueOf = (question: Question, raw: Parameters<typeof checkAnswer>[1]): unknown => {
  const checked = checkAnswer(question, raw, today);
  return 'value' in checked ? checked.value : checked.problem.code;
};

describe('answers', () => {
  it('[FIELD-01] each type keeps a good answer in its normal form', () => {
    expect(valueOf({ ...base, type: 'text' }, '  два\n слова ')).toBe('два слова');
    expect(valueOf({ ...base, type: 'phone' }, '8 906 555-01-01')).toBe('+79065550101');
    expect(
      ['2026-11-27', '27.11.2026', '7.1.2027', '27.11', '27/11/2026'].map((raw) =>
        valueOf({ ...base, type: 'date' }, raw),
      ),
    ).toEqual(['2026-11-27', '2026-11-27', '2027-01-07', '2026-11-27', '2026-11-27']);
    expect(valueOf({ ...base, type: 'number', fraction: true }, ' 2,5 ')).toBe(2.5);
    expect(valueOf({ ...base, type: 'checklist', options }, ['b', 'a'])).toEqual(['a', 'b']);
    expect(valueOf({ ...base, type: 'text', format: 'name' }, "Анна-Мария О'Нил")).toBe("Анна-Мария О'Нил");
  });

  it('[FIELD-02] each rule refuses with its own reason', () => {
    const refused: [Question, Parameters<typeof checkAnswer>[1], Problem['code']][] = [
      [{ ...base, type: 'text' }, 5, 'type'],
      [{ ...base, type: 'text', minLength: 3 }, 'аб', 'tooShort'],
      [{ ...base, type: 'text', maxLength: 3 }, 'абвг', 'tooLong'],
      [{ ...base, type: 'text', format: 'name' }, 'Пётр <b>', 'name'],
      [{ ...base, type: 'text', format: 'email' }, 'a@b', 'email'],
      [{ ...base, type: 'phone' }, '12', 'phone'],
      [{ ...base, type: 'date' }, '31.02.2026', 'date'],
      [{ ...base, type: 'date', notBefore: 'today' }, '2026-11-25', 'dateEarly'],
      [{ ...base, type: 'date', notAfter: '2026-12-01' }, '2026-12-02', 'dateLate'],
      [{ ...base, type: 'number' }, 'два', 'number'],
      [{ ...base, type: 'number' }, Number.NaN, 'number'],
      [{ ...base, type: 'number' }, '', 'number'],
      [{ ...base, type: 'number' }, 2.5, 'whole'],
      [{ ...base, type: 'number', min: 1 }, 0, 'min'],
      [{ ...base, type: 'number', max: 1 }, 2, 'max'],
      [{ ...base, type: 'choice', options }, 'c', 'option'],
      [{ ...base, type: 'checklist', options }, ['c'], 'option'],
      [{ ...base, type: 'checklist', options }, 'a', 'type'],
      [{ ...base, type: 'checklist', options, atLeast: 2 }, ['a'], 'atLeast'],
      [{ ...base, type: 'checklist', options, required: true }, [], 'atLeast'],
    ];
    expect(refused.map(([question, raw]) => valueOf(question, raw))).toEqual(refused.map(([, , code]) => code));
    expect(problemText({ code: 'dateEarly', limit: '2026-11-26' }, 'ru')).toBe('Дата раньше, чем можно (26.11.2026)');
    expect(problemText({ code: 'max', limit: 3 }, 'en')).toBe('At most 3');
  });

  it('[FIELD-03] any value whatever is kept or refused, and what is kept passes again unchanged', () => {
    const any = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string()),
      fc.constantFrom('a', 'b', '+79065550101', '2026-11-27'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...QUESTIONS), any, (question, raw) => {
        const first = checkAnswer(question, raw, today);
        if ('problem' in first) expect(problemText(first.problem, 'ru')).toMatch(/[а-я]/);
        else expect(checkAnswer(question, first.value, today)).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });

  it('[FIELD-04] the example answer of every type passes', () => {
    for (const question of QUESTIONS)
      expect(checkAnswer(question, exampleAnswer(question), today)).toHaveProperty('value');
  });
});
