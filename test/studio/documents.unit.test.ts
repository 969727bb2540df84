import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differences } from '../../client/src/studio/documents/differences.ts';
import { SHAPES } from '../../client/src/studio/documents/shapes.ts';
import { zipOf } from '../../client/src/studio/zip.ts';
import { SITE_DOCUMENT_KINDS } from '../../server/contract/siteDocuments.ts';
import { fileOf, readFileOf } from '../../server/studio/documents/files.ts';
import { KINDS } from '../../server/studio/documents/kinds.ts';
import { seedOf } from '../../server/studio/documents/seed.ts';
import { readTasks } from '../../server/studio/training/seedTasks.ts';
import { loadLibrary as loadScripts } from '../../server/scripts/library.ts';
import { orThrow } from '../../server/knowledge/fault.ts';
import { loadLibrary } from '../../server/knowledge/library.ts';
import ru from '../../client/src/shared/i18n/ru/documents.ts';

const member = (extension: string, hoursText: string) => ({
  extension,
  fullName: `Сотрудник ${extension}`,
  unit: 'Отдел',
  position: 'специалист',
  topics: [],
  situations: [],
  profiles: [],
  hours: [{ days: [1], fromMinute: 0, toMinute: 60 }],
  hoursText,
});

describe('documents of the organisation', () => {
  it('[STUDIO-20] what is said of hours is worked out from the words, and words that say nothing are a fault', () => {
    const written = KINDS.staff.complete?.({ staff: [member('101', 'пн-ср 8:00-12:00')] });
    expect(written).toMatchObject({ staff: [{ hours: [{ days: [1, 2, 3], fromMinute: 480, toMinute: 720 }] }] });
    expect(KINDS.staff.check({ staff: [member('101', 'с утра до ночи')] }, 'staff')).toMatchObject({
      ok: false,
      faults: [{ path: ['staff', 0, 'hoursText'] }],
    });
  });

  it('[STUDIO-21] the form has a field with words for everything that the library folder holds', async () => {
    const library = orThrow(await loadLibrary('scripts-library'));
    const seed = await seedOf(library, 'scripts-library');
    expect(new Set(seed.map(({ kind }) => kind))).toEqual(new Set(SITE_DOCUMENT_KINDS));
    type Fields = (typeof SHAPES)['article'];
    const missing = (fields: Fields, value: unknown, place: string): string[] =>
      Object.entries(value as Record<string, unknown>).flatMap(([key, part]) => {
        // Given by the address or by the server.
        if ((place === 'article' && key === 'id') || ['hours', 'year', 'country'].includes(key)) {
          const field = fields.find((each) => each.key === key);
          if (!field) return [];
        }
        const field = fields.find((each) => each.key === key);
        if (!field) return [`${place}.${key}`];
        if (!Object.hasOwn(ru.field, key)) return [`words of ${key}`];
        if (field.as === 'part') return missing(field.fields, part, `${place}.${key}`);
        if (field.as !== 'list') return [];
        return (part as unknown[]).flatMap((each) => missing(field.fields, each, `${place}.${key}`));
      });
    for (const { kind, content } of seed) expect(missing(SHAPES[kind], content, kind)).toEqual([]);
    expect(missing([], { label: '' }, 'canary')).toEqual(['canary.label']);
  });

  it('[STUDIO-25] every document goes out as its file of the library folder and comes in with the same meaning', async () => {
    const library = orThrow(await loadLibrary('scripts-library'));
    for (const document of await seedOf(library, 'scripts-library')) {
      const { kind, id, content } = document;
      const { file, source } = fileOf(document);
      if (kind !== 'calendarYear') expect(existsSync(`scripts-library/${file}`), file).toBe(true);
      expect(readFileOf(kind, id, source), file).toEqual({ read: true, content });
    }
    expect(readFileOf('topics', 'topics', 'a: [')).toMatchObject({ read: false });
    expect(readFileOf('article', 'meals', '# нет начала')).toMatchObject({
      read: false,
      faults: [{ path: [], message: { ru: expect.stringMatching(/^строка 1: /) } }],
    });
  });

  it('[STUDIO-25] what is wrong with a file is told in the language of the screen', () => {
    const wrong = [
      readFileOf('article', 'meals', '# нет начала'),
      readFileOf('article', 'meals', '---\nid: meals\n---\n'),
      readFileOf('topics', 'topics', 'a: ['),
      readFileOf('staff', 'staff', 'ФИО;Чин\nИванов Иван;старший\n'),
      readFileOf('staff', 'staff', ''),
      readFileOf('staff', 'staff', 'ФИО;"Должность'),
      readFileOf(
        'staff',
        'staff',
        fileOf({ kind: 'staff', id: 'staff', content: { staff: [member('1', 'иногда')] } }).source,
      ),
    ];
    const told = wrong.flatMap((each) => (each.read ? [] : each.faults.map(({ message }) => message)));
    expect(wrong.map(({ read }) => read)).toEqual(wrong.map(() => false));
    for (const { ru, en } of told) {
      expect(ru).toMatch(/[а-яё]{4}/i);
      // What stands in quotes is from the file, or an example of it.
      expect(en.replaceAll(/“[^”]*”/gu, '')).not.toMatch(/[а-яё]/i);
    }
  });

  it('[STUDIO-22] two revisions are compared by the codes of their records, not by their places', () => {
    const before = { staff: [member('101', 'пн 9:00-10:00'), member('102', 'пн 9:00-10:00')] };
    const after = { staff: [member('103', 'пн 9:00-10:00'), member('101', 'вт 9:00-10:00')] };
    expect(differences(before, after, 'ru')).toEqual([
      { place: ['staff', 'Сотрудник 101', 'hoursText'], before: 'пн 9:00-10:00', after: 'вт 9:00-10:00' },
      { place: ['staff'], before: 'Сотрудник 102', after: '' },
      { place: ['staff'], before: '', after: 'Сотрудник 103' },
    ]);
    expect(differences(before, before, 'ru')).toEqual([]);
  });

  it('[STUDIO-23] the exported folder is a ZIP that any program reads', () => {
    const bytes = zipOf([{ name: 'scripts/a.yaml', text: '123456789' }]);
    const view = new DataView(bytes.buffer);
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    // The known check value of CRC-32.
    expect(view.getUint32(14, true)).toBe(0xcbf43926);
    const end = bytes.length - 22;
    expect(view.getUint32(end, true)).toBe(0x06054b50);
    expect(view.getUint16(end + 10, true)).toBe(1);
    const directory = view.getUint32(end + 16, true);
    expect(view.getUint32(directory, true)).toBe(0x02014b50);
    expect(view.getUint32(directory + 42, true)).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(30, 30 + 14))).toBe('scripts/a.yaml');
    expect(new TextDecoder().decode(bytes.subarray(44, 53))).toBe('123456789');
  });
});

describe('tasks of the library folder', () => {
  it('[STUDIO-64] name steps and questions that their scripts have', async () => {
    const { scripts } = await loadScripts('scripts-library/scripts');
    const tasks = await readTasks('scripts-library');
    expect(tasks.length).toBeGreaterThan(0);
    for (const task of tasks) {
      const script = scripts.get(task.scriptId);
      const steps = script?.steps.map(({ id }) => id) ?? [];
      const fields = script?.steps.flatMap(({ questions = [] }) => questions.map(({ field }) => field)) ?? [];
      expect(steps).toEqual(expect.arrayContaining([...task.mustVisit, ...task.trouble.map(({ atStep }) => atStep)]));
      expect(fields).toEqual(expect.arrayContaining(Object.keys(task.mustLearn)));
    }
    expect(await readTasks('test')).toEqual([]);
  });
});
