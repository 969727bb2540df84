import { describe, expect, it } from 'vitest';
import { clockLength, safeText, toCsv, toXlsx, type Sheet } from '../../server/reports/sheet.ts';
import { reportWords } from '../../server/reports/words/reportWords.ts';
import { callsWhere, filterText, numberPrefix } from '../../server/reports/reportFilter.ts';

const sheet: Sheet = {
  title: 'Отчёт: сотрудник',
  tab: 'Отчёт',
  about: ['Период: 01.11.2026 — 30.11.2026', 'Тема: =HYPERLINK("http://x")'],
  columns: [
    { title: 'Сотрудник', kind: 'text' },
    { title: 'Звонков', kind: 'count' },
    { title: 'Удовлетворённость', kind: 'share' },
    { title: 'Обслуживание', kind: 'ms' },
  ],
  rows: [
    ['Иванова; "Анна"', 3, 0.755, 3_723_000],
    ['=cmd|calc', 0, null, null],
  ],
};

describe('tables that leave the product', () => {
  it('[EXP-01] CSV opens in a Russian office: mark, semicolons, decimal commas, headers and filter in words', () => {
    const csv = toCsv(sheet);
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    const lines = csv.slice(1).split('\r\n');
    expect(lines[1]).toBe('Период: 01.11.2026 — 30.11.2026');
    expect(lines[4]).toBe('Сотрудник;Звонков;Удовлетворённость;Обслуживание');
    expect(lines[5]).toBe('"Иванова; ""Анна""";3;75,5%;1:02:03');
  });
  it.each(['=1+1', '+79065550101', '-2', '@SUM(A1)', '\t=1', ' =1', '\r=1'])(
    '[EXP-02] %j is never run as a formula',
    (text) => {
      expect(safeText(text)).toBe(`'${text}`);
    },
  );
  it('[EXP-02] canary: plain words pass as they are', () => {
    expect(safeText('Иванова')).toBe('Иванова');
    expect(toCsv(sheet)).toContain("'=cmd|calc");
    expect(toCsv(sheet)).not.toMatch(/(^|;|\n)"?=/u);
  });
  it('[EXP-03] XLSX is a zip whose text cells are strings', async () => {
    const bytes = await toXlsx(sheet);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.length).toBeGreaterThan(1_000);
  });
  it('[EXP-04] lengths of time', () => {
    expect([0, 61_000, 3_600_000].map(clockLength)).toEqual(['0:00', '1:01', '1:00:00']);
  });
});

describe('filters', () => {
  const names = {
    words: reportWords('ru'),
    date: String,
    operator: String,
    queue: () => 'Общая',
    topic: () => 'Сад',
    disposition: String,
    script: String,
  };
  it('[FLT-01] every filter is told in words', () => {
    const text = filterText({ from: 0, to: 10, queue: 'general', topic: 'kindergarten', outcome: 'broken' }, names);
    expect(text).toEqual(['Период: 0 — 9', 'Очередь: Общая', 'Тема: Сад', 'Что случилось: нарушен срок удержания']);
    const english = filterText({ from: 0, to: 10, outcome: 'broken' }, { ...names, words: reportWords('en') });
    expect(english).toEqual(['Period: 0 — 9', 'What happened: hold term broken']);
  });
  it('[FLT-02] 8 906… and +7 906… are the same beginning', () => {
    expect([numberPrefix('8 (906) 555'), numberPrefix('+7 906 555'), numberPrefix('101')]).toEqual([
      '+7906555',
      '+7906555',
      '101',
    ]);
  });
  it('[FLT-03] an outcome becomes a condition on a column', () => {
    expect(callsWhere({ from: 1, to: 2, outcome: 'broken', name: 'Мар' })).toEqual({
      startedAt: { gte: 1, lt: 2 },
      clientName: { prefix: 'мар' },
      holdsBroken: { gte: 1 },
    });
  });
});
