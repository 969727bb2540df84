import type { Said } from '../../machines/script/localText.ts';
import { decodeUtf8, parseCsv, type CsvRecord } from './csv.ts';
import type { LibraryFault, Loaded } from './fault.ts';

/** Columns by our name: how people head them (the first is how we do, all in lower case), and which must be there. */
export type ColumnsSpec<Column extends string> = Readonly<
  Record<Column, { readonly names: readonly [string, ...string[]]; readonly required?: true }>
>;

export interface TableRow<Column extends string> {
  readonly line: number;
  /** Empty when the column is not there. */
  cell(column: Column): string;
}

const EMPTY: Said = {
  ru: 'файл пустой: нет строки с названиями столбцов',
  en: 'the file is empty: it has no line with the names of the columns',
};
const NO_ROWS: Said = { ru: 'в файле нет ни одной строки с данными', en: 'the file has no line with data' };

const tidy = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/gu, ' ').trim();

/** Values of one cell that holds several, divided by `|`. */
export const listOf = (text: string): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * Reads a table from CSV: UTF-8 (a byte order mark is welcome), comma, semicolon or tab, quotes as in RFC 4180,
 * columns in any order. Faults of the file and of its heading come alone, those of the rows all at once.
 */
export function readTable<Column extends string>(
  file: string,
  bytes: Uint8Array,
  columns: ColumnsSpec<Column>,
): Loaded<readonly TableRow<Column>[]> {
  const text = decodeUtf8(file, bytes);
  if (!text.ok) return text;
  const parsed = parseCsv(file, text.value);
  if (!parsed.ok) return parsed;
  const [header, ...rows] = parsed.value;
  if (!header) return { ok: false, faults: [{ file, message: EMPTY }] };
  const places = readHeader(file, header, columns);
  if (!places.ok) return places;
  if (rows.length === 0) return { ok: false, faults: [{ file, message: NO_ROWS }] };
  const faults = rows.flatMap((row) => faultsOfRow(file, row, header.fields.length, places.value, columns));
  if (faults.length > 0) return { ok: false, faults };
  const value = rows.map((row) => ({
    line: row.line,
    cell: (column: Column) => row.fields[places.value.get(column) ?? -1] ?? '',
  }));
  return { ok: true, value };
}

function readHeader<Column extends string>(
  file: string,
  header: CsvRecord,
  columns: ColumnsSpec<Column>,
): Loaded<ReadonlyMap<Column, number>> {
  const places = new Map<Column, number>();
  const faults: LibraryFault[] = [];
  const fault = (message: Said): number => faults.push({ file, line: header.line, message });
  for (const [place, title] of header.fields.entries()) {
    const column = namesOf(columns).find((name) => columns[name].names.includes(tidy(title)));
    if (column === undefined) fault({ ru: `неизвестный столбец «${title}»`, en: `unknown column “${title}”` });
    else if (places.has(column))
      fault({ ru: `столбец «${title}» повторяется`, en: `the column “${title}” is there twice` });
    else places.set(column, place);
  }
  for (const column of namesOf(columns))
    if (columns[column].required && !places.has(column)) {
      const [title] = columns[column].names;
      fault({ ru: `нет столбца «${title}»`, en: `there is no column “${title}”` });
    }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: places };
}

function faultsOfRow<Column extends string>(
  file: string,
  row: CsvRecord,
  width: number,
  places: ReadonlyMap<Column, number>,
  columns: ColumnsSpec<Column>,
): LibraryFault[] {
  const fault = (message: Said): LibraryFault => ({ file, line: row.line, message });
  if (row.fields.length !== width)
    return [
      fault({
        ru: `в строке ${row.fields.length} полей вместо ${width}: проверьте разделители`,
        en: `the line has ${row.fields.length} fields instead of ${width}: check the separators`,
      }),
    ];
  return namesOf(columns)
    .filter((column) => columns[column].required && row.fields[places.get(column) ?? -1] === '')
    .map((column) => columns[column].names[0])
    .map((title) => fault({ ru: `не заполнено «${title}»`, en: `“${title}” is not filled in` }));
}

const namesOf = <Column extends string>(columns: ColumnsSpec<Column>): Column[] => Object.keys(columns) as Column[];
