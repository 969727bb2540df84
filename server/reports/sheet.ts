import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';
import { AppError } from '../../machines/vocabulary/index.ts';

/** A table as it leaves the product: lines above it, headers, rows. `share` is 0 to 1, `ms` a duration. */
export interface Sheet {
  readonly title: string;
  /** Of a spreadsheet. */
  readonly tab: string;
  /** The filter and definitions in words, one line each. */
  readonly about: readonly string[];
  readonly columns: readonly { readonly title: string; readonly kind: 'text' | 'count' | 'share' | 'ms' | 'mean' }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
/** More rows than this are not a table for a person. */
export const MAX_ROWS = 100_000;

/** `1:02:03` or `2:03`. */
export function clockLength(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/**
 * Text that a spreadsheet would run as a formula is led by an apostrophe. Telephone numbers begin with `+`: one that is
 * all digits is text of ours, yet the rule knows no exceptions.
 */
const FORMULA = /^[\s]*[=+\-@\t\r]/u;
export const safeText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

function csvCell(value: string | number | null, kind: Sheet['columns'][number]['kind']): string {
  if (value === null) return '';
  if (typeof value === 'number') {
    if (kind === 'ms') return clockLength(value);
    if (kind === 'share') return `${(value * 100).toFixed(1).replace('.', ',')}%`;
    return kind === 'mean' ? value.toFixed(2).replace('.', ',') : String(value);
  }
  const text = safeText(value);
  return /[";\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** UTF-8 with its mark, semicolons and decimal commas: what a Russian office opens without asking. */
export function toCsv(sheet: Sheet): string {
  const line = (cells: readonly (string | number | null)[], kinds?: Sheet['columns']): string =>
    cells.map((cell, at) => csvCell(cell, kinds?.[at]?.kind ?? 'text')).join(';');
  return `\uFEFF${[
    line([sheet.title]),
    ...sheet.about.map((text) => line([text])),
    '',
    line(sheet.columns.map(({ title }) => title)),
    ...sheet.rows.map((row) => line(row, sheet.columns)),
    '',
  ].join('\r\n')}`;
}

const DAY_MS = 86_400_000;
function xlsxCell(value: string | number | null, kind: Sheet['columns'][number]['kind']): Cell {
  if (value === null) return null;
  // A cell typed as a string is never a formula; the apostrophe would be seen.
  if (typeof value === 'string') return { value, type: String };
  if (kind === 'ms') return { value: value / DAY_MS, type: Number, format: '[h]:mm:ss' };
  if (kind === 'share') return { value, type: Number, format: '0.0%' };
  return { value, type: Number, format: kind === 'mean' ? '0.00' : '0' };
}

export async function toXlsx(sheet: Sheet): Promise<Buffer> {
  const bold = (value: string): Cell => ({ value, type: String, fontWeight: 'bold' });
  const data: SheetData = [
    [bold(sheet.title)],
    ...sheet.about.map((text): Cell[] => [{ value: text, type: String }]),
    [],
    sheet.columns.map(({ title }) => bold(title)),
    ...sheet.rows.map((row) => row.map((value, at) => xlsxCell(value, sheet.columns[at]?.kind ?? 'text'))),
  ];
  const width = ({ title, kind }: Sheet['columns'][number]): number =>
    kind === 'text' ? Math.max(24, title.length + 2) : Math.max(12, title.length + 2);
  return writeXlsxFile(data, {
    sheet: sheet.tab,
    columns: sheet.columns.map((column) => ({ width: width(column) })),
    stickyRowsCount: sheet.about.length + 3,
  }).toBuffer();
}

export const tooManyRows = (): AppError =>
  new AppError('reports.tooMany', `more than ${MAX_ROWS} rows: narrow the filter`, { kind: 'user' });
