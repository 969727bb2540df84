import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalise, cleanValue } from '../../machines/script/text/clean.ts';
import {
  greetingOf,
  sayDayTerm,
  sayDeadline,
  sayDuration,
  sayOnDay,
  sayOpening,
} from '../../machines/script/text/forms.ts';
import { dayPartOf, localTime, parseIsoDate } from '../../machines/script/text/localTime.ts';
import { addressOf } from '../../machines/script/text/names.ts';
import { normalisePhone, sayPhone } from '../../machines/script/text/phone.ts';
import { counted, pluralForm, sayNumber } from '../../machines/script/text/plural.ts';
import { parseTemplate, renderTemplate, variablesOf } from '../../machines/script/text/template.ts';

const MOSCOW = 'Europe/Moscow';
/** Moscow wall clock of November 2026 and near it; the zone is three hours ahead of UTC all year. */
const at = (day: number, hour: number, minute = 0, month = 11, year = 2026): number =>
  Date.UTC(year, month - 1, day, hour - 3, minute);
const NOW = at(26, 10, 5);

describe('forms of words', () => {
  it('[TEXT-01] a Russian word follows its number', () => {
    const forms = ['ребёнок', 'ребёнка', 'детей'];
    const said = (count: number): string => pluralForm(count, forms, 'ru');
    expect([0, 1, 2, 4, 5, 11, 12, 14, 15, 21, 22, 25, 100, 101, 111, 112, 1002, 2.5].map(said)).toEqual([
      'детей',
      'ребёнок',
      'ребёнка',
      'ребёнка',
      'детей',
      'детей',
      'детей',
      'детей',
      'детей',
      'ребёнок',
      'ребёнка',
      'детей',
      'детей',
      'ребёнок',
      'детей',
      'детей',
      'ребёнка',
      'ребёнка',
    ]);
    expect([0, 1, 2].map((count) => counted(count, ['transfer', 'transfers'], 'en'))).toEqual([
      '0 transfers',
      '1 transfer',
      '2 transfers',
    ]);
    expect([sayNumber(2.5, 'ru'), sayNumber(2.5, 'en'), sayNumber(12_000, 'ru'), sayNumber(-3, 'ru')]).toEqual([
      '2,5',
      '2.5',
      '12\u00a0000',
      '-3',
    ]);
  });

  it('[TEXT-02] [3.5.5-б] terms of a hold sound as after «через»', () => {
    const said = [30, 60, 90, 120, 180, 300, 75, 3600, 5400, 4500, 7200].map((seconds) =>
      sayDuration(seconds * 1000, 'ru'),
    );
    expect(said).toEqual([
      '30 секунд',
      '1 минуту',
      'полторы минуты',
      '2 минуты',
      '3 минуты',
      '5 минут',
      '1 минуту 15 секунд',
      '1 час',
      'полтора часа',
      '1 час 15 минут',
      '2 часа',
    ]);
    expect([60, 120, 90].map((seconds) => sayDuration(seconds * 1000, 'en'))).toEqual([
      '1 minute',
      '2 minutes',
      '1 minute 30 seconds',
    ]);
    expect(sayDuration(0, 'ru')).toBe('1 секунду');
  });

  it('[TEXT-03] [3.5.5-г] terms of a callback sound as people say them', () => {
    const said = (due: number, now = NOW): string => sayDeadline(due, now, MOSCOW, 'ru');
    expect(said(at(26, 16, 30))).toBe('сегодня до 16:30');
    expect(said(at(27, 9))).toBe('завтра до 9:00');
    expect(said(at(27, 17), at(23, 12))).toBe('до 17:00 пятницы, 27 ноября');
    expect(said(at(1, 12, 0, 12))).toBe('до 12:00 вторника, 1 декабря');
    expect(said(at(11, 10, 0, 1, 2027))).toBe('до 10:00 понедельника, 11 января 2027 года');
    expect(sayDeadline(at(27, 17), at(23, 12), MOSCOW, 'en')).toBe('by 17:00 on Friday, 27 November');
    expect(sayDeadline(at(26, 16, 30), NOW, MOSCOW, 'en')).toBe('today by 16:30');
  });

  it('[TEXT-04] terms of days name the day, openings the day and hour', () => {
    expect(sayDayTerm(at(25, 12, 0, 12), NOW, MOSCOW, 'ru')).toBe('не позднее пятницы, 25 декабря');
    expect(sayDayTerm(at(27, 12), NOW, MOSCOW, 'ru')).toBe('не позднее завтрашнего дня');
    expect(sayDayTerm(at(26, 18), NOW, MOSCOW, 'ru')).toBe('сегодня');
    expect(sayOpening(at(27, 9), NOW, MOSCOW, 'ru')).toBe('завтра, в пятницу, 27 ноября, с 9:00');
    expect(sayOpening(at(26, 14), NOW, MOSCOW, 'ru')).toBe('сегодня с 14:00');
    expect(sayOpening(at(1, 9, 0, 12), NOW, MOSCOW, 'ru')).toBe('во вторник, 1 декабря, с 9:00');
    expect(sayOpening(at(27, 9), NOW, MOSCOW, 'en')).toBe('tomorrow, Friday, 27 November, from 9:00');
    expect(sayOnDay(localTime(at(27, 12), MOSCOW), localTime(at(23, 12), MOSCOW), 'ru')).toBe('в пятницу, 27 ноября');
  });

  it('[TEXT-05] [3.5.5] the greeting follows the hour of the site, whatever the clock of the machine', () => {
    const said = [4, 5, 11, 12, 17, 18, 22, 23].map((hour) =>
      greetingOf(dayPartOf(localTime(at(26, hour), MOSCOW).hour), 'ru'),
    );
    expect(said).toEqual([
      'здравствуйте',
      'доброе утро',
      'доброе утро',
      'добрый день',
      'добрый день',
      'добрый вечер',
      'добрый вечер',
      'здравствуйте',
    ]);
    expect(greetingOf('night', 'en')).toBe('good evening');
    expect(localTime(at(26, 10, 5), 'Asia/Vladivostok')).toMatchObject({
      hour: 17,
      minute: 5,
      date: '2026-11-26',
      weekday: 4,
    });
    expect(localTime(at(26, 23, 30), 'Asia/Vladivostok')).toMatchObject({ date: '2026-11-27', weekday: 5 });
  });

  it('[TEXT-06] [3.1.3] a person is addressed by name and patronymic, in whatever order they were written', () => {
    const said = Object.fromEntries(
      [
        'Иванов Пётр Сергеевич',
        'Пётр Сергеевич Иванов',
        'Пётр Сергеевич',
        'Пётр',
        'Смирнова Анна Петровна',
        'Антонович Мария Игоревна',
        'Пётр Сергеевич Антонович',
        'Гусейнов Мамед Ахмед оглы',
        'Кузьмич Илья Кузьмич',
        'Ильин Фома Ильич',
        'John Smith',
        'пётр сергеевич',
        'анна-мария',
        'мама Пети',
        '  Анна   Ильинична ',
        '',
      ].map((name) => [name, addressOf(name)]),
    );
    expect(said).toEqual({
      'Иванов Пётр Сергеевич': 'Пётр Сергеевич',
      'Пётр Сергеевич Иванов': 'Пётр Сергеевич',
      'Пётр Сергеевич': 'Пётр Сергеевич',
      Пётр: 'Пётр',
      'Смирнова Анна Петровна': 'Анна Петровна',
      'Антонович Мария Игоревна': 'Мария Игоревна',
      'Пётр Сергеевич Антонович': 'Пётр Сергеевич',
      'Гусейнов Мамед Ахмед оглы': 'Мамед Ахмед оглы',
      'Кузьмич Илья Кузьмич': 'Илья Кузьмич',
      'Ильин Фома Ильич': 'Фома Ильич',
      'John Smith': 'John Smith',
      'пётр сергеевич': 'Пётр Сергеевич',
      'анна-мария': 'Анна-Мария',
      'мама Пети': 'мама Пети',
      '  Анна   Ильинична ': 'Анна Ильинична',
      '': '',
    });
  });

  it('[TEXT-07] numbers are checked and written as people write them', () => {
    const typed = [
      '8 (906) 555-01-01',
      '+7 906 555 01 01',
      '9065550101',
      '84712700000',
      '+375291234567',
      '79065550101',
    ];
    expect(typed.map((one) => normalisePhone(one, false))).toEqual([
      '+79065550101',
      '+79065550101',
      '+79065550101',
      '+74712700000',
      '+375291234567',
      '+79065550101',
    ]);
    expect(
      ['', '123', '8906555010', '8 906 555 01 011', 'call me', '+7 106 555 01 01', '8906+5550101', '1'.repeat(60)].map(
        (one) => normalisePhone(one, false),
      ),
    ).toEqual(Array.from({ length: 8 }, () => undefined));
    expect([normalisePhone('204', true), normalisePhone('204', false)]).toEqual(['204', undefined]);
    expect([sayPhone('+79065550101'), sayPhone('204'), sayPhone('')]).toEqual(['+7 906 555-01-01', '204', '']);
  });
});

describe('days', () => {
  it('[TEXT-08] a day is a day of the calendar, and weekdays follow each other', () => {
    expect([
      parseIsoDate('2026-02-29'),
      parseIsoDate('2026-13-01'),
      parseIsoDate('27.11.2026'),
      parseIsoDate(''),
    ]).toEqual([undefined, undefined, undefined, undefined]);
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const day = parseIsoDate(iso);
          expect(day).toMatchObject({ date: iso, weekday: date.getUTCDay() === 0 ? 7 : date.getUTCDay() });
          expect(localTime(date.getTime(), 'UTC')).toMatchObject({ date: iso, hour: date.getUTCHours() });
        },
      ),
    );
  });
});

describe('templates', () => {
  const say = (source: string, values: Record<string, string | number> = {}): string =>
    renderTemplate(parseTemplate(source), (name) => values[name], 'ru');

  it('[TEXT-09] variables are filled in, and an optional part goes with what it needs', () => {
    const line = '[{client.name}, ]подскажите, пожалуйста, о каком саде речь?';
    expect(say(line, { 'client.name': 'Пётр Сергеевич' })).toBe(
      'Пётр Сергеевич, подскажите, пожалуйста, о каком саде речь?',
    );
    expect(say(line)).toBe('Подскажите, пожалуйста, о каком саде речь?');
    expect(say('Спасибо![ Я перезвоню {d}.] До свидания!')).toBe('Спасибо! До свидания!');
    expect(say('Хорошо. [{n}, ]записываю.')).toBe('Хорошо. Записываю.');
    expect(say('{greeting}, {x}!', { greeting: 'доброе утро' })).toBe('Доброе утро, …!');
    expect(say('Осталось {n|перевод|перевода|переводов}.', { n: 1 })).toBe('Осталось 1 перевод.');
    expect(say('а [б [{x}] в] г', {})).toBe('а б в г');
  });

  it('[TEXT-09] a value that ends a sentence, or is not known, leaves one mark at its end', () => {
    expect(say('Верно ли понимаю: {q}. Так?', { q: 'когда запись?' })).toBe('Верно ли понимаю: когда запись? Так?');
    expect(say('Причина такая: {q}.', { q: 'мест нет.' })).toBe('Причина такая: мест нет.');
    expect(say('Вернусь через {x}. Подождёте?')).toBe('Вернусь через … Подождёте?');
    expect(say('Минуту...', {})).toBe('Минуту...');
  });

  it('[TEXT-10] what a client said is text: it is never filled in again and never markup', () => {
    const said = '{operator.name} [x] <b>жирно</b> {client.name}';
    expect(say('Вы спросили: {q}.', { q: said, 'operator.name': 'нет', 'client.name': 'нет' })).toBe(
      `Вы спросили: ${said}.`,
    );
  });

  it('[TEXT-11] any text renders: brackets that do not match are told and shown as they are', () => {
    expect(parseTemplate('{нет').faults).toMatchObject([{ ru: 'Скобка { не закрыта' }]);
    expect(parseTemplate('[x').faults).toMatchObject([{ ru: 'Скобка [ не закрыта' }]);
    expect(parseTemplate('x]').faults).toMatchObject([{ ru: 'Лишняя скобка ]' }]);
    expect(parseTemplate('{a b}').faults).toHaveLength(1);
    expect(parseTemplate('{client.name}').faults).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '|', 'a', '.', ' ', 'я', '!') }), (source) => {
        const template = parseTemplate(source);
        expect(typeof renderTemplate(template, () => 'v', 'ru')).toBe('string');
        expect(Array.isArray(variablesOf(template))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('[TEXT-12] a value from outside is one line of visible characters, no longer than the limit', () => {
    expect(cleanValue('  Иван\u0000\u202E\r\n <b>Пётр</b>\u200b ')).toBe('Иван <b>Пётр</b>');
    expect(cleanValue('е\u0308ж')).toBe('ёж');
    expect(cleanValue('а'.repeat(500))).toHaveLength(200);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const value = cleanValue(raw, 50);
        expect(Array.from(value).length).toBeLessThanOrEqual(50);
        expect(value).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(cleanValue(value, 50)).toBe(value);
      }),
    );
    expect([capitalise('ёлка'), capitalise(''), capitalise('МФЦ')]).toEqual(['Ёлка', '', 'МФЦ']);
  });
});
