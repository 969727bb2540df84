import { decodeUtf8, parseCsv, type CsvRecord } from './csv.ts';
import type { LibraryFault, Loaded } from './fault.ts';
import { staffMemberSchema, type StaffMember } from './staff.ts';
import type { KnownIds } from './topics.ts';
import { readWorkHours } from './workHours.ts';

type Column = 'fullName' | 'unit' | 'position' | 'topics' | 'situations' | 'profiles' | 'extension' | 'hours';

/** Names of columns as people write them; the first is the one that we write ourselves. */
const COLUMNS: Readonly<Record<Column, { readonly names: readonly string[]; readonly required: boolean }>> = {
  fullName: { names: ['фамилия имя отчество', 'фио', 'сотрудник', 'name'], required: true },
  unit: { names: ['подразделение', 'отдел', 'unit'], required: true },
  position: { names: ['должность', 'position'], required: true },
  topics: { names: ['темы', 'topics'], required: true },
  situations: { names: ['жизненные ситуации', 'ситуации', 'situations'], required: false },
  profiles: { names: ['профили', 'профили клиентов', 'profiles'], required: false },
  extension: { names: ['внутренний номер', 'номер', 'телефон', 'extension'], required: true },
  hours: { names: ['часы работы', 'график', 'hours'], required: true },
};
const columnNames = Object.entries(COLUMNS) as [Column, (typeof COLUMNS)[Column]][];
const titleOf = (column: Column): string => COLUMNS[column].names[0] ?? column;

const tidy = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/gu, ' ').trim();

const readHeader = (file: string, header: CsvRecord): Loaded<ReadonlyMap<Column, number>> => {
  const places = new Map<Column, number>();
  const faults: LibraryFault[] = [];
  for (const [place, title] of header.fields.entries()) {
    const column = columnNames.find(([, { names }]) => names.includes(tidy(title)))?.[0];
    if (column === undefined) faults.push({ file, line: header.line, message: `неизвестный столбец «${title}»` });
    else if (places.has(column)) faults.push({ file, line: header.line, message: `столбец «${title}» повторяется` });
    else places.set(column, place);
  }
  for (const [column, { required }] of columnNames)
    if (required && !places.has(column))
      faults.push({ file, line: header.line, message: `нет столбца «${titleOf(column)}»` });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: places };
};

const listOf = (text: string): string[] =>
  text
    .split(/[|;]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * Reads the staff directory from CSV: UTF-8 (a byte order mark is welcome), comma, semicolon or tab, quotes as in
 * RFC 4180, columns in any order under Russian or English names, lists divided by `|`. All faults are told at once
 * with their lines; a file with a fault changes nothing.
 */
export function readStaffCsv(file: string, bytes: Uint8Array, ids?: KnownIds): Loaded<readonly StaffMember[]> {
  const text = decodeUtf8(file, bytes);
  if (!text.ok) return text;
  const parsed = parseCsv(file, text.value);
  if (!parsed.ok) return parsed;
  const [header, ...rows] = parsed.value;
  if (!header) return { ok: false, faults: [{ file, message: 'файл пустой: нет строки с названиями столбцов' }] };
  const places = readHeader(file, header);
  if (!places.ok) return places;
  if (rows.length === 0) return { ok: false, faults: [{ file, message: 'в файле нет ни одного сотрудника' }] };

  const faults: LibraryFault[] = [];
  const members: StaffMember[] = [];
  const lineByExtension = new Map<string, number>();
  for (const row of rows) {
    const read = readRow(row, header.fields.length, places.value, ids);
    faults.push(...read.messages.map((message) => ({ file, line: row.line, message })));
    const before = lineByExtension.get(read.extension);
    if (read.extension !== '' && before !== undefined)
      faults.push({ file, line: row.line, message: `внутренний номер ${read.extension} уже есть в строке ${before}` });
    lineByExtension.set(read.extension, before ?? row.line);
    if (read.member) members.push(read.member);
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: members };
}

interface ReadRow {
  readonly extension: string;
  readonly messages: readonly string[];
  readonly member?: StaffMember;
}

const readRow = (
  row: CsvRecord,
  width: number,
  places: ReadonlyMap<Column, number>,
  ids: KnownIds | undefined,
): ReadRow => {
  if (row.fields.length !== width)
    return { extension: '', messages: [`в строке ${row.fields.length} полей вместо ${width}: проверьте разделители`] };
  const cell = (column: Column): string => row.fields[places.get(column) ?? -1] ?? '';
  const messages: string[] = [];
  for (const [column, { required }] of columnNames)
    if (required && cell(column) === '') messages.push(`не заполнено «${titleOf(column)}»`);
  const [topics, situations, profiles] = [listOf(cell('topics')), listOf(cell('situations')), listOf(cell('profiles'))];
  messages.push(
    ...unknownOf('темы', topics, ids?.topics),
    ...unknownOf('ситуации', situations, ids?.situations),
    ...unknownOf('профиля', profiles, ids?.profiles),
  );
  const hours = readWorkHours(cell('hours'));
  if (hours === undefined && cell('hours') !== '')
    messages.push(`часы работы «${cell('hours')}» не поняты: нужно как «пн-чт 9:00-18:00, пт 9:00-16:45»`);
  if (cell('fullName') !== '' && cell('fullName').split(/\s+/u).length < 2)
    messages.push(`в «${cell('fullName')}» нужны фамилия и имя`);
  const extension = cell('extension').replaceAll(/[\s-]/gu, '');
  if (extension !== '' && !/^\d{2,6}$/u.test(extension))
    messages.push(`внутренний номер «${cell('extension')}» — нужно от 2 до 6 цифр`);
  if (messages.length > 0) return { extension, messages };
  const member = staffMemberSchema.safeParse({
    extension,
    fullName: cell('fullName').replaceAll(/\s+/gu, ' '),
    unit: cell('unit'),
    position: cell('position'),
    topics,
    situations,
    profiles,
    hours,
    hoursText: cell('hours'),
  });
  if (!member.success)
    return {
      extension,
      messages: member.error.issues.map((issue) => `${issue.path.join('.')}: слишком длинно или коротко`),
    };
  return { extension, messages: [], member: member.data };
};

const unknownOf = (what: string, given: readonly string[], known: ReadonlySet<string> | undefined): string[] =>
  known ? given.filter((id) => !known.has(id)).map((id) => `${what} «${id}» нет в topics.yaml`) : [];
