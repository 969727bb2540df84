import type { z } from 'zod';
import { contactPointsSchema, type ContactPoint } from './contactPoints.ts';
import { listOf, readTable, type ColumnsSpec, type TableRow } from './csvTable.ts';
import type { LibraryFault, Loaded } from './fault.ts';
import { issueWords } from './issueWords.ts';

const COLUMNS = {
  id: { names: ['код', 'id'], required: true },
  title: { names: ['название', 'title'], required: true },
  titleEn: { names: ['название (en)', 'title (en)'] },
  audience: { names: ['для кого', 'audience'] },
  address: { names: ['адрес', 'address'] },
  addressEn: { names: ['адрес (en)', 'address (en)'] },
  phone: { names: ['телефон', 'phone'] },
  email: { names: ['почта', 'электронная почта', 'email'] },
  url: { names: ['сайт', 'url'] },
  hours: { names: ['часы', 'часы работы', 'hours'] },
  hoursEn: { names: ['часы (en)', 'hours (en)'] },
  note: { names: ['как сказать', 'note'] },
  noteEn: { names: ['как сказать (en)', 'note (en)'] },
  rules: { names: ['правила', 'rules'], required: true },
  clauses: { names: ['пункты', 'clauses'], required: true },
  toFill: { names: ['заполнить', 'to fill'] },
} as const satisfies ColumnsSpec<string>;
type Row = TableRow<keyof typeof COLUMNS>;

const AUDIENCES: Readonly<Record<string, string>> = {
  все: 'everyone',
  клиенты: 'external',
  внешние: 'external',
  сотрудники: 'internal',
  внутренние: 'internal',
};

/** Reads contact points from CSV (see `csvTable.ts`): lists divided by `|`, English texts in columns marked `(en)`. */
export function readContactPointsCsv(file: string, bytes: Uint8Array): Loaded<readonly ContactPoint[]> {
  const table = readTable(file, bytes, COLUMNS);
  if (!table.ok) return table;
  const rows = table.value;
  const parsed = contactPointsSchema.safeParse({ contactPoints: rows.map(pointOf) }, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data.contactPoints };
  return { ok: false, faults: parsed.error.issues.map((issue) => faultOf(file, rows, issue)) };
}

const faultOf = (file: string, rows: readonly Row[], issue: z.core.$ZodIssue): LibraryFault => {
  const [, at, column] = issue.path;
  const row = typeof at === 'number' ? rows[at] : undefined;
  const name = typeof column === 'string' && column in COLUMNS ? COLUMNS[column as keyof typeof COLUMNS].names[0] : '';
  const audiences = Object.keys(AUDIENCES).join(', ');
  const { ru, en } =
    column === 'audience'
      ? { ru: `допустимо одно из: ${audiences}`, en: `it may be one of: ${audiences}` }
      : issueWords(issue);
  const message = name === '' ? { ru, en } : { ru: `«${name}»: ${ru}`, en: `“${name}”: ${en}` };
  return row ? { file, line: row.line, message } : { file, message };
};

function pointOf(row: Row): object {
  const some = (column: keyof typeof COLUMNS): string | undefined => row.cell(column) || undefined;
  const local = (column: keyof typeof COLUMNS, english: keyof typeof COLUMNS): unknown =>
    some(english) === undefined ? some(column) : { ru: row.cell(column), en: row.cell(english) };
  const audience = row.cell('audience').toLowerCase();
  return {
    id: row.cell('id'),
    title: local('title', 'titleEn'),
    audience: audience === '' ? undefined : (AUDIENCES[audience] ?? audience),
    address: local('address', 'addressEn'),
    phone: some('phone'),
    email: some('email'),
    url: some('url'),
    hours: local('hours', 'hoursEn'),
    note: local('note', 'noteEn'),
    rules: listOf(row.cell('rules')),
    clauses: listOf(row.cell('clauses')),
    toFill: listOf(row.cell('toFill')),
  };
}
