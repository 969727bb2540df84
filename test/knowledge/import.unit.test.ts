import { copyFile, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contactPointsSchema } from '../../server/knowledge/contactPoints.ts';
import { readContactPointsCsv } from '../../server/knowledge/contactPointsCsv.ts';
import { describeFault } from '../../server/knowledge/fault.ts';
import { importContactPoints, importStaff } from '../../server/knowledge/importLibrary.ts';
import { readYaml } from '../../server/knowledge/yamlFile.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const POINTS = [
  'Код,Название,Название (en),Для кого,Адрес,Почта,Сайт,Часы,Как сказать,Правила,Пункты',
  'site,Сайт,Website,все,,,https://example.ru/,круглосуточно,Зайдите на сайт.,Раздел «Контакты»|Ответы на вопросы,2.3.1|2.3.2',
  '"desk",Окно приёма,,внешние,"г. Курск, ул. Кирова, 7",,,,,Принимают документы,2.5.1',
].join('\n');

/** A folder that holds what an import needs of the library. */
const libraryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'library-'));
  await copyFile('scripts-library/topics.yaml', join(folder, 'topics.yaml'));
  await writeFile(join(folder, 'staff.csv'), 'before');
  return folder;
};
const csv = async (folder: string, text: string): Promise<string> => {
  const file = join(folder, 'given.csv');
  await writeFile(file, text);
  return file;
};

describe('import of contact points', () => {
  it('[STAFF-10] reads points with texts in both languages and lists', () => {
    expect(readContactPointsCsv('points.csv', bytes(POINTS))).toMatchObject({
      ok: true,
      value: [
        { id: 'site', title: { ru: 'Сайт', en: 'Website' }, audience: 'everyone', clauses: ['2.3.1', '2.3.2'] },
        { id: 'desk', title: 'Окно приёма', audience: 'external', address: 'г. Курск, ул. Кирова, 7' },
      ],
    });
  });

  it.each([
    [
      'no way to reach it',
      POINTS.replace('"г. Курск, ул. Кирова, 7"', ''),
      /строка 3: нужен хотя бы один способ связи/,
    ],
    [
      'an address that is none',
      POINTS.replace('https://example.ru/', 'example'),
      /строка 2: «сайт»: адрес сайта начинается/,
    ],
    [
      'an unknown audience',
      POINTS.replace('внешние', 'соседи'),
      /строка 3: «для кого»: допустимо одно из: все, клиенты/,
    ],
    ['no rules', POINTS.replace('Принимают документы', ''), /строка 3: не заполнено «правила»/],
    ['one id for two', POINTS.replace('"desk"', 'site'), /точка контакта «site» повторяется/],
    ['an unknown column', POINTS.replace('Часы', 'Цвет'), /строка 1: неизвестный столбец «Цвет»/],
  ])('[STAFF-10] refuses %s with the line and the reason', (_, text, expected) => {
    const read = readContactPointsCsv('points.csv', bytes(text));
    expect(read.ok ? '' : read.faults.map(describeFault).join('\n')).toMatch(expected);
  });
});

describe('import into the library', () => {
  it('[STAFF-11] puts a checked directory in the place of the old one', async () => {
    const folder = await libraryFolder();
    const source = await readFile('scripts-library/staff.csv', 'utf8');
    const outcome = await importStaff(await csv(folder, source), folder);
    expect(outcome).toMatchObject({ ok: true, value: { count: source.trim().split('\n').length - 1 } });
    expect(await readFile(join(folder, 'staff.csv'), 'utf8')).toBe(source);
  });

  it('[STAFF-11] writes contact points that the library reads back', async () => {
    const folder = await libraryFolder();
    const outcome = await importContactPoints(await csv(folder, POINTS), folder);
    expect(outcome).toMatchObject({ ok: true, value: { count: 2 } });
    const file = join(folder, 'contact-points.yaml');
    const back = readYaml(file, await readFile(file, 'utf8'), contactPointsSchema);
    expect(back.ok ? back.value.contactPoints : back.faults).toEqual(
      contactPointsSchema.parse({ contactPoints: given() }).contactPoints,
    );
  });

  it('[STAFF-11] changes nothing when there is a fault, and leaves no half-written file', async () => {
    const folder = await libraryFolder();
    const bad = (await readFile('scripts-library/staff.csv', 'utf8')).replace('kindergarten', 'fishing');
    const outcome = await importStaff(await csv(folder, bad), folder);
    expect(outcome.ok ? [] : outcome.faults.map(({ message }) => message.ru)).toEqual([
      'темы «fishing» нет в topics.yaml',
    ]);
    expect(await readFile(join(folder, 'staff.csv'), 'utf8')).toBe('before');
    expect((await readdir(folder)).toSorted()).toEqual(['given.csv', 'staff.csv', 'topics.yaml']);
  });
});

const given = (): unknown => {
  const read = readContactPointsCsv('points.csv', bytes(POINTS));
  return read.ok ? read.value : [];
};
