import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { orThrow } from '../knowledge/fault.ts';
import { readYaml } from '../knowledge/yamlFile.ts';

const text = z.string().trim().min(5).max(400);
const clauseId = z.string().regex(/^\d+(\.\d+)*(-[а-г])?$/u, 'пункт пишется как 3.5.5-б');

/** `scripts-library/regulation/clauses.yaml`: the regulation, clause by clause, as behaviour. */
const tableSchema = z.strictObject({
  clauses: z
    .array(z.strictObject({ ids: z.array(clauseId).min(1), says: text, does: text, reachesTelephone: z.boolean() }))
    .min(1),
});
export type ClauseRow = z.output<typeof tableSchema>['clauses'][number];

export interface TestTitle {
  readonly file: string;
  readonly line: number;
  readonly title: string;
  /** Clauses named in brackets at the title's beginning. */
  readonly clauses: readonly string[];
}
export interface ShownClause {
  readonly id: string;
  readonly row: ClauseRow;
  readonly tests: readonly TestTitle[];
}

export async function loadClauses(file: string): Promise<readonly ClauseRow[]> {
  return orThrow(readYaml(file, await readFile(file, 'utf8'), tableSchema)).clauses;
}

/** A title is a string that begins with marks in brackets: `'[3.5.5-б] [HOLD-02] the time is named'`. */
const TITLE = /(['"`])((?:\[[^\]\n]{1,30}\] ?)+[^\n]*?)\1/gu;
/** What stands before a title: `it(`, `it.each([…])(`, `describeWith(['chromium'], `. Other strings show nothing. */
const NAMES_A_TEST = /(?:\b(?:it|test|describe)(?:\.\w+)*\(|\)\(|\bdescribeWith\(\[[^\]]*\],)$/u;
const MARK = /\[([^\]]+)\]/gu;
/** Sections are headed with Roman numbers, their clauses numbered with Arabic ones. */
const SECTIONS: Readonly<Record<string, string>> = { V: '5', VI: '6' };
const isClause = (mark: string): boolean => clauseId.safeParse(mark).success;

export function titlesIn(file: string, source: string): TestTitle[] {
  return [...source.matchAll(TITLE)].flatMap((match): TestTitle[] => {
    const [, , title = ''] = match;
    const before = source.slice(0, match.index);
    if (!NAMES_A_TEST.test(before.slice(-200).trimEnd())) return [];
    const marks = /^(?:\[[^\]]+\] ?)+/u.exec(title)?.[0] ?? '';
    const clauses = [...marks.matchAll(MARK)].map(([, mark = '']) => SECTIONS[mark] ?? mark).filter(isClause);
    return clauses.length === 0 ? [] : [{ file, line: before.split('\n').length, title, clauses }];
  });
}

/** Titles of all test files below a folder. */
export async function collectTitles(folder: string): Promise<TestTitle[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.test\.tsx?$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const titles = await Promise.all(
    files.map(async (file) => titlesIn(relative(folder, file).replaceAll('\\', '/'), await readFile(file, 'utf8'))),
  );
  return titles.flat();
}

/** `3.5.5-б` and `3.5.5.1` both lie within `3.5.5`; `3.5.51` does not. */
const isWithin = (named: string, clause: string): boolean =>
  named === clause || named.startsWith(`${clause}.`) || named.startsWith(`${clause}-`);

/** Each clause of the table with the tests that show it. */
export const showClauses = (rows: readonly ClauseRow[], titles: readonly TestTitle[]): ShownClause[] =>
  rows.flatMap((row) =>
    row.ids.map((id) => ({
      id,
      row,
      tests: titles.filter(({ clauses }) => clauses.some((named) => isWithin(named, id))),
    })),
  );

/** Clauses that reach the telephone and that no test shows. */
export const unshown = (clauses: readonly ShownClause[]): ShownClause[] =>
  clauses.filter(({ row, tests }) => row.reachesTelephone && tests.length === 0);

/** The table as people read it. */
export function printClauses(clauses: readonly ShownClause[]): string {
  const lines: string[] = [];
  let before: ClauseRow | undefined;
  for (const { id, row, tests } of clauses) {
    if (row !== before) lines.push('', `${row.ids.join(', ')} — ${row.says}`, `  Продукт: ${row.does}`);
    before = row;
    const none = row.reachesTelephone ? 'НЕТ ТЕСТОВ' : 'телефона не касается';
    lines.push(`  ${id}: ${tests.length === 0 ? none : String(tests.length)}`);
    for (const { file, line, title } of tests) lines.push(`    ${file}:${line}  ${title}`);
  }
  const missing = unshown(clauses).map(({ id }) => id);
  lines.push(
    '',
    missing.length === 0 ? 'У каждого пункта телефона есть тест.' : `Без тестов: ${missing.join(', ')}`,
    '',
  );
  return lines.join('\n');
}
