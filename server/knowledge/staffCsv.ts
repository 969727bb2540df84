import type { Said } from '../../machines/script/localText.ts';
import { listOf, readTable, type ColumnsSpec, type TableRow } from './csvTable.ts';
import type { LibraryFault, Loaded } from './fault.ts';
import { staffMemberSchema, type StaffMember } from './staff.ts';
import { unknownIn, type KnownIds } from './topics.ts';
import { readWorkHours } from './workHours.ts';

const COLUMNS = {
  fullName: { names: ['фамилия имя отчество', 'фио', 'сотрудник', 'name'], required: true },
  unit: { names: ['подразделение', 'отдел', 'unit'], required: true },
  position: { names: ['должность', 'position'], required: true },
  topics: { names: ['темы', 'topics'], required: true },
  situations: { names: ['жизненные ситуации', 'ситуации', 'situations'] },
  profiles: { names: ['профили', 'профили клиентов', 'profiles'] },
  extension: { names: ['внутренний номер', 'номер', 'телефон', 'extension'], required: true },
  hours: { names: ['часы работы', 'график', 'hours'], required: true },
} as const satisfies ColumnsSpec<string>;
type Row = TableRow<keyof typeof COLUMNS>;

const digitsOf = (text: string): string => text.replaceAll(/[\s-]/gu, '');

/**
 * Reads the staff directory from CSV (see `csvTable.ts`). All faults are told at once with their lines; a file with a
 * fault changes nothing. `ids`: topics, situations and profiles that may be named.
 */
export function readStaffCsv(file: string, bytes: Uint8Array, ids?: KnownIds): Loaded<readonly StaffMember[]> {
  const table = readTable(file, bytes, COLUMNS);
  if (!table.ok) return table;
  const faults: LibraryFault[] = [];
  const members: StaffMember[] = [];
  const lineByExtension = new Map<string, number>();
  for (const row of table.value) {
    const fault = (message: Said): number => faults.push({ file, line: row.line, message });
    const messages = problemsOf(row, ids);
    for (const message of messages) fault(message);
    const extension = digitsOf(row.cell('extension'));
    const before = lineByExtension.get(extension);
    if (before !== undefined)
      fault({
        ru: `внутренний номер ${extension} уже есть в строке ${before}`,
        en: `the extension ${extension} is on line ${before} already`,
      });
    lineByExtension.set(extension, before ?? row.line);
    if (messages.length > 0) continue;
    const member = staffMemberSchema.safeParse(memberOf(row));
    if (member.success) members.push(member.data);
    else for (const { path } of member.error.issues) fault(wrongLength(path.join('.')));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: members };
}

const HEADING = [
  ...['Фамилия Имя Отчество', 'Подразделение', 'Должность', 'Темы', 'Жизненные ситуации', 'Профили'],
  ...['Внутренний номер', 'Часы работы'],
];
const quoted = (cell: string): string => (/[";\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The directory as the file that `readStaffCsv` reads and office programs open. */
export const writeStaffCsv = (staff: readonly StaffMember[]): string =>
  [HEADING, ...staff.map(cellsOf)].map((cells) => `${cells.map(quoted).join(';')}\n`).join('');
const cellsOf = (member: StaffMember): string[] => [
  ...[member.fullName, member.unit, member.position],
  ...[member.topics, member.situations, member.profiles].map((ids) => ids.join('|')),
  ...[member.extension, member.hoursText],
];

const memberOf = (row: Row): object => ({
  extension: digitsOf(row.cell('extension')),
  fullName: row.cell('fullName').replaceAll(/\s+/gu, ' '),
  unit: row.cell('unit'),
  position: row.cell('position'),
  topics: listOf(row.cell('topics')),
  situations: listOf(row.cell('situations')),
  profiles: listOf(row.cell('profiles')),
  hours: readWorkHours(row.cell('hours')),
  hoursText: row.cell('hours'),
});

const problemsOf = (row: Row, ids: KnownIds | undefined): Said[] => {
  const { fullName, extension, hours } = {
    fullName: row.cell('fullName'),
    extension: row.cell('extension'),
    hours: row.cell('hours'),
  };
  return [
    ...(['topics', 'situations', 'profiles'] as const).flatMap((list) =>
      listOf(row.cell(list))
        .filter((id) => ids && !ids[list].has(id))
        .map((id) => unknownIn(list, id)),
    ),
    ...(readWorkHours(hours) ? [] : [wrongHours(hours)]),
    ...(fullName.split(/\s+/u).length < 2
      ? [{ ru: `в «${fullName}» нужны фамилия и имя`, en: `“${fullName}” wants a surname and a first name` }]
      : []),
    ...(/^\d{2,6}$/u.test(digitsOf(extension))
      ? []
      : [
          {
            ru: `внутренний номер «${extension}» — нужно от 2 до 6 цифр`,
            en: `the extension “${extension}” must have 2 to 6 digits`,
          },
        ]),
  ];
};

const wrongHours = (hours: string): Said => ({
  ru: `часы работы «${hours}» не поняты: нужно как «пн-чт 9:00-18:00, пт 9:00-16:45»`,
  en: `the hours “${hours}” are not understood: write them as “пн-чт 9:00-18:00, пт 9:00-16:45”`,
});
const wrongLength = (part: string): Said => ({
  ru: `${part}: слишком длинно или слишком коротко`,
  en: `${part}: too long or too short`,
});
