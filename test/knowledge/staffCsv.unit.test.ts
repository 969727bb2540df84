import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../server/knowledge/csv.ts';
import { describeFault } from '../../server/knowledge/fault.ts';
import { readStaffCsv } from '../../server/knowledge/staffCsv.ts';

const HEADER =
  'Фамилия Имя Отчество;Подразделение;Должность;Темы;Жизненные ситуации;Профили;Внутренний номер;Часы работы';
const ROW =
  'Белова Ирина Викторовна;Отдел садов;начальник;kindergarten|school;birth;parent;201;пн-чт 9:00-18:00, пт 9:00-16:45';
const ids = {
  topics: new Set(['kindergarten', 'school']),
  situations: new Set(['birth']),
  profiles: new Set(['parent']),
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readStaffCsv('staff.csv', bytes(text), ids);
const faults = (text: string | Uint8Array): string[] => {
  const result = readStaffCsv('staff.csv', typeof text === 'string' ? bytes(text) : text, ids);
  return result.ok ? [] : result.faults.map(describeFault);
};
/** Windows-1251, the letters that these tests use. */
const cp1251 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code & 0x7f;
  });

describe('import of the staff directory', () => {
  it('[STAFF-01] reads a person whole', () => {
    expect(read(`${HEADER}\n${ROW}\n`)).toMatchObject({
      ok: true,
      value: [
        {
          extension: '201',
          fullName: 'Белова Ирина Викторовна',
          topics: ['kindergarten', 'school'],
          situations: ['birth'],
          hours: [
            { days: [1, 2, 3, 4], fromMinute: 540, toMinute: 1080 },
            { days: [5], fromMinute: 540, toMinute: 1005 },
          ],
        },
      ],
    });
  });

  it.each([
    ['a byte order mark', `\uFEFF${HEADER}\n${ROW}`],
    ['Windows line ends', `${HEADER}\r\n${ROW}\r\n\r\n`],
    ['tabs', `${HEADER}\n${ROW}`.replaceAll(';', '\t')],
    [
      'commas with quotes',
      `${HEADER}\n${ROW}`
        .split('\n')
        .map((line) =>
          line
            .split(';')
            .map((cell) => `"${cell}"`)
            .join(','),
        )
        .join('\n'),
    ],
    [
      'columns in another order',
      'Должность;ФИО;Отдел;Темы;Телефон;График\nначальник;Белова Ирина;Сады;school;2-01;пн-пт 9.00–18.00',
    ],
    [
      'English names of columns',
      'name;unit;position;topics;extension;hours\nIrina Belova;Unit;head;school;201;пн 9:00-10:00',
    ],
    ['a line break inside quotes', `${HEADER}\n${ROW.replace('начальник', '"начальник\nотдела"')}`],
  ])('[STAFF-02] accepts %s', (_, text) => {
    const result = read(text);
    expect(result.ok ? result.value[0]?.extension : faults(text)).toBe('201');
  });

  it.each([
    ['nobody', HEADER, 'в файле нет ни одной строки с данными'],
    ['an empty file', '', 'файл пустой'],
    ['an unknown column', `${HEADER};Цвет\n${ROW};x`, 'строка 1: неизвестный столбец «Цвет»'],
    ['a missing column', 'ФИО;Отдел\nБелова Ирина;Сады', 'строка 1: нет столбца «внутренний номер»'],
    ['a column twice', `${HEADER};ФИО\n${ROW};x`, 'столбец «ФИО» повторяется'],
    ['too few fields', `${HEADER}\nБелова Ирина;Сады`, 'строка 2: в строке 2 полей вместо 8'],
    [
      'an unknown topic',
      `${HEADER}\n${ROW.replace('school', 'fishing')}`,
      'строка 2: темы «fishing» нет в topics.yaml',
    ],
    ['an extension of letters', `${HEADER}\n${ROW.replace(';201;', ';два;')}`, 'внутренний номер «два»'],
    [
      'hours not understood',
      `${HEADER}\n${ROW.replace('пн-чт', 'Mon-Thu')}`,
      'часы работы «Mon-Thu 9:00-18:00, пт 9:00-16:45» не поняты',
    ],
    ['one extension for two', `${HEADER}\n${ROW}\n${ROW}`, 'строка 3: внутренний номер 201 уже есть в строке 2'],
    ['a surname alone', `${HEADER}\n${ROW.replace('Белова Ирина Викторовна', 'Белова')}`, 'нужны фамилия и имя'],
    ['an empty cell', `${HEADER}\n${ROW.replace(';начальник;', ';;')}`, 'не заполнено «должность»'],
    ['an open quote', `${HEADER}\n"${ROW}`, 'строка 2: кавычка открыта и не закрыта'],
    [
      'text after a quote',
      `${HEADER}\n${ROW.replace('начальник', '"начальник"отдела')}`,
      'после закрывающей кавычки стоит лишнее: отдела',
    ],
  ])('[STAFF-03] refuses %s with the line and the reason', (_, text, expected) => {
    expect(faults(text).join('\n')).toContain(expected);
  });

  it.each([
    ['Windows-1251', cp1251(`${HEADER}\n${ROW}`), 'в кодировке Windows-1251, нужна UTF-8'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x24, 0x04), 'в кодировке UTF-16, нужна UTF-8'],
    ['an Excel workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'это книга Excel'],
    ['bytes of no encoding', Uint8Array.of(0x80, 0x81, 0x82, 0x83), 'в кодировке неизвестной'],
    ['a huge file', new Uint8Array(5_000_001), 'больше 5 МБ'],
  ])('[STAFF-04] refuses %s in words', (_, given, expected) => {
    expect(faults(given).join('\n')).toContain(expected);
  });

  it('[STAFF-05] tells the faults of all lines at once and takes nothing of such a file', () => {
    const bad = `${HEADER}\n${ROW.replace('school', 'x')}\n${ROW.replace(';201;', ';1;')}\n${ROW.replace('parent', 'y')}`;
    expect(faults(bad).map((fault) => /строка (\d+)/.exec(fault)?.[1])).toEqual(['2', '3', '4', '4']);
  });

  it('[STAFF-06] reads back whatever fields were quoted, in any number of lines', () => {
    const cell = fc.string({ unit: fc.constantFrom('а', 'б', '"', ';', ',', '\n', ' ', 'в') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const text = ['a;b;c', ...rows.map((row) => row.map(quoted).join(';'))].join('\n');
        const parsed = parseCsv('x.csv', text);
        const expected = rows.map((row) => row.map((value) => value.trim())).filter((row) => row.some((v) => v !== ''));
        expect(parsed.ok ? parsed.value.slice(1).map(({ fields }) => fields) : parsed.faults).toEqual(expected);
      }),
    );
  });
});
