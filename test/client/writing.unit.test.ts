import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, showDate } from '../../client/src/operator/logic/dates.ts';
import { codecOf } from '../../client/src/operator/logic/fieldCodec.ts';
import { filterOptions } from '../../client/src/operator/logic/filterOptions.ts';
import { lineSize } from '../../client/src/operator/logic/lineSize.ts';
import { formatPhone, tidyPhone } from '../../client/src/operator/logic/phone.ts';

const TODAY = '2026-11-24';

describe('[PANEL-03] numbers are written as people write them', () => {
  it.each([
    ['79065550101', '+7 906 555-01-01'],
    ['+79065550101', '+7 906 555-01-01'],
    ['89065550101', '+7 906 555-01-01'],
    ['9065550101', '+7 906 555-01-01'],
    ['8 (4712) 55-03-03', '+7 471 255-03-03'],
    ['101', '101'],
    ['112', '112'],
    ['+375291234567', '+375 291 234 567'],
    ['', ''],
    ['anonymous', 'anonymous'],
  ])('[PANEL-03] %s → %s', (raw, written) => {
    expect(formatPhone(raw)).toBe(written);
  });
  it('[PANEL-03] writing a written number changes nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[78]\d{10}$/), (raw) => formatPhone(formatPhone(raw)) === formatPhone(raw)),
    );
  });
  it('[PANEL-03] an unfinished number is left as typed', () => {
    expect(tidyPhone('8906555')).toBe('8906555');
    expect(tidyPhone('89065550101')).toBe('+7 906 555-01-01');
  });
});

describe('[PANEL-04] dates are read as people write them', () => {
  it.each([
    ['12.03.2019', '2019-03-12'],
    ['12 3 19', '2019-03-12'],
    ['12/03/2019', '2019-03-12'],
    ['12032019', '2019-03-12'],
    ['120319', '2019-03-12'],
    ['3 марта 2019', '2019-03-03'],
    ['3 мая', '2026-05-03'],
    ['31 дек 25 г.', '2025-12-31'],
    ['27.11', '2026-11-27'],
    ['сегодня', '2026-11-24'],
    ['Завтра', '2026-11-25'],
    ['вчера', '2026-11-23'],
    ['2019-03-12', '2019-03-12'],
    ['01.02.85', '1985-02-01'],
    ['29.02.2024', '2024-02-29'],
  ])('[PANEL-04] %s → %s', (text, date) => {
    expect(parseDate(text, TODAY)).toBe(date);
  });
  it.each(['31.02.2025', '29.02.2025', '32.01.2020', 'потом', '', '12', '12.13.2020'])(
    '[PANEL-04] «%s» is no date',
    (text) => {
      expect(parseDate(text, TODAY)).toBeUndefined();
    },
  );
  it('[PANEL-04] what is shown is read back as the same day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          return parseDate(showDate(iso), TODAY) === iso;
        },
      ),
    );
  });
});

describe('[PANEL-05] a field sends what the script keeps, or what was typed', () => {
  it('[PANEL-05] a date that is understood goes as a date, another as typed', () => {
    const codec = codecOf('date', () => TODAY);
    expect(codec.read('3 марта 2019')).toBe('2019-03-03');
    expect(codec.read('31.02.2025')).toBe('31.02.2025');
    expect(codec.tidy('3 марта 2019')).toBe('03.03.2019');
    expect(codec.show('2019-03-03')).toBe('03.03.2019');
  });
  it('[PANEL-05] numbers take a comma and spaces', () => {
    const codec = codecOf('number', () => TODAY);
    expect(codec.read(' 1 500,5 ')).toBe(1500.5);
    expect(codec.read('много')).toBe('много');
    expect(codec.show(1.5)).toBe('1,5');
  });
});

describe('[PANEL-06] one of many is found by its first letters', () => {
  const options = ['Очередь и приём в детский сад', 'Приём в школу', 'Плата за сад', 'Осадки'].map((label) => ({
    value: label,
    label,
  }));
  it('[PANEL-06] words that begin so come before words that hold it', () => {
    expect(filterOptions(options, 'сад').map(({ label }) => label)).toEqual([
      'Очередь и приём в детский сад',
      'Плата за сад',
      'Осадки',
    ]);
  });
  it('[PANEL-06] ё is е, nothing typed is everything', () => {
    expect(filterOptions(options, 'прием в ш').map(({ label }) => label)).toEqual(['Приём в школу']);
    expect(filterOptions(options, ' ')).toHaveLength(4);
    expect(filterOptions(options, 'самолёт')).toHaveLength(0);
  });
});

describe('[PANEL-07] the line is as large as it can be', () => {
  it('[PANEL-07] a line for one breath is always at full size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 130 }),
        fc.nat(12),
        fc.nat(9),
        (length, fields, choices) => lineSize('я'.repeat(length), fields, choices) === 30,
      ),
    );
  });
  it('[PANEL-07] it never grows with more on the page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.nat(12), fc.nat(9), (length, fields, choices) => {
        const line = 'я'.repeat(length);
        return lineSize(line, fields + 2, choices + 3) <= lineSize(line, fields, choices);
      }),
    );
    expect(lineSize('я'.repeat(900), 0, 0)).toBe(18);
  });
});
