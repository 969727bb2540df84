import { describe, expect, it } from 'vitest';
import {
  collectTitles,
  loadClauses,
  printClauses,
  showClauses,
  titlesIn,
  unshown,
  type ClauseRow,
} from '../../server/scripts/clauseTable.ts';

const rows = await loadClauses('scripts-library/regulation/clauses.yaml');
const row = (ids: string[], reachesTelephone = true): ClauseRow => ({
  ids,
  says: 'Что сказано',
  does: 'Что делает продукт',
  reachesTelephone,
});
const title = (text: string) => titlesIn('a.test.ts', `  it(${JSON.stringify(text)}, () => {});`);

describe('the regulation with its tests', () => {
  it('[CLAUSE-01] the table has every clause that reaches the telephone', () => {
    const ids = rows.filter(({ reachesTelephone }) => reachesTelephone).flatMap((one) => one.ids);
    const wanted =
      '1.4 2.2 2.3 2.4 2.5 2.6 2.6.1 2.7 3.1.3 3.1.4 3.3.2 3.4.4 3.4.5 3.4.6 3.4.9 3.4.10 3.5.1 3.5.2 3.5.3 3.5.4 3.5.5 3.5.5-а 3.5.5-б 3.5.5-в 3.5.5-г 3.5.6 3.5.7 3.5.8 3.5.9 3.5.10 3.5.11 3.5.12 3.5.13 3.7.4 3.8.8 3.10.2 5 6';
    expect([...ids].sort()).toEqual(wanted.split(' ').sort());
  });

  it('[CLAUSE-02] a test shows the clauses in the brackets that open its title, and no others', () => {
    expect(title('[3.5.5-б] [HOLD-02] the time is named')[0]?.clauses).toEqual(['3.5.5-б']);
    expect(title('[V] [3.4.9] both')[0]?.clauses).toEqual(['5', '3.4.9']);
    expect(title('[HOLD-02] see [3.5.1]')).toEqual([]);
    expect(title('clause 3.5.1 in passing')).toEqual([]);
    const each = "it.each([1])(\n  '[3.5.4] %s',\n  () => {});\ndescribeWith(['chromium'], '[3.5.6] pages', () => {});";
    expect(titlesIn('a.test.ts', each).map(({ line, clauses }) => [line, ...clauses])).toEqual([
      [2, '3.5.4'],
      [4, '3.5.6'],
    ]);
  });

  it('[CLAUSE-06] a string that only looks like a title shows nothing (canary)', () => {
    expect(titlesIn('a.test.ts', "expect(say('[3.5.1] in passing')).toBe('[3.5.2] said');")).toEqual([]);
  });

  it('[CLAUSE-03] a clause is shown by itself and by what lies within it', () => {
    const shown = (id: string, text: string): number => showClauses([row([id])], title(text))[0]?.tests.length ?? 0;
    expect(shown('3.5.5', '[3.5.5-г] term')).toBe(1);
    expect(shown('2.7', '[2.7.1] reception')).toBe(1);
    expect(shown('3.5.1', '[3.5.13] receipt')).toBe(0);
    expect(shown('3.5.5-г', '[3.5.5] call')).toBe(0);
  });

  it('[CLAUSE-04] a clause of the telephone without a test is told (canary), one beyond it is not', () => {
    const clauses = showClauses([row(['9.9']), row(['9.8'], false)], []);
    expect(unshown(clauses).map(({ id }) => id)).toEqual(['9.9']);
    expect(printClauses(clauses)).toContain('Без тестов: 9.9');
  });

  it('[CLAUSE-05] titles are read from real files with their lines', async () => {
    const titles = await collectTitles('test/library');
    const hold = titles.find(({ title: text }) => text.includes('names the time of return before the hold starts'));
    expect(hold).toMatchObject({ file: 'inbound.unit.test.ts', clauses: ['3.5.5-б'] });
    expect(hold?.line).toBeGreaterThan(1);
  });
});
