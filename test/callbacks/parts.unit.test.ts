import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { humanNumber, readNumber } from '../../server/callbacks/phoneNumber.ts';
import { SortedIndex, earliestOf } from '../../server/callbacks/sortedIndex.ts';

const external = { country: 'RU', internal: false } as const;

describe('[3.5.5-г] a contact number, as people write it', () => {
  it.each([
    ['8 (906) 555-01-01', '+79065550101', '+7 906 555-01-01'],
    ['+7 906 555 01 01', '+79065550101', '+7 906 555-01-01'],
    ['9065550101', '+79065550101', '+7 906 555-01-01'],
    ['89065550101', '+79065550101', '+7 906 555-01-01'],
    [' 8-4712-70-00-00 ', '+74712700000', '+7 471 270-00-00'],
    ['+375 29 123-45-67', '+375291234567', '+375 29 123-45-67'],
  ])('[3.5.5-г] %s is %s, said as %s', (raw, number, human) => {
    const read = readNumber(raw, external);
    expect(read).toMatchObject({ ok: true, number });
    expect(humanNumber(number).replaceAll(/\D/g, '')).toBe(human.replaceAll(/\D/g, ''));
    if (number.startsWith('+7906')) expect(humanNumber(number)).toBe(human);
  });

  it.each(['8 4712 70-00-00 доб. 123', '+7 (4712) 70-00-00, доб.123', '84712700000#123', '84712700000 ext 123'])(
    '[3.5.5-г] %s keeps its extension',
    (raw) => {
      expect(readNumber(raw, external)).toMatchObject({ ok: true, number: '+74712700000', extension: '123' });
    },
  );

  it.each(['', '101', '12345', '8 906 555', '+7 906 555-01-01-99', 'перезвоните', '+1 000 000 0000'])(
    '[CB-50] refuses «%s»',
    (raw) => {
      expect(readNumber(raw, external)).toEqual({ ok: false, reason: 'number.invalid' });
    },
  );

  it('[CB-51] a colleague may be called by a short number, a client not', () => {
    expect(readNumber('101', { country: 'RU', internal: true })).toEqual({ ok: true, number: '101', human: '101' });
    expect(readNumber('101', external).ok).toBe(false);
    expect(readNumber('8 (906) 555-01-01', { country: 'RU', internal: true })).toMatchObject({
      number: '+79065550101',
    });
  });

  it('[CB-52] what was read is read again as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9_000_000_000, max: 9_999_999_999 }), (digits) => {
        const read = readNumber(`8${digits}`, external);
        if (!read.ok) return;
        expect(readNumber(read.human, external)).toEqual(read);
        expect(readNumber(read.number, external)).toEqual(read);
      }),
    );
  });
});

describe('the list by nearest breach', () => {
  it('[CB-53] any order of putting, moving and removing gives the sorted list', () => {
    const step = fc.record({ id: fc.nat(12).map(String), at: fc.option(fc.nat(9), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(15), (steps, limit) => {
        const index = new SortedIndex();
        const plain = new Map<string, number>();
        for (const { id, at } of steps) {
          if (at === undefined) {
            index.remove(id);
            plain.delete(id);
          } else {
            index.put(id, at);
            plain.set(id, at);
          }
        }
        const sorted = [...plain].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([id]) => id);
        expect(index.size).toBe(plain.size);
        expect(index.first(limit).map(({ id }) => id)).toEqual(sorted.slice(0, limit));
      }),
      { numRuns: 500 },
    );
  });

  it('[CB-54] of several lists the earliest come first', () => {
    const [mine, nobodys] = [new SortedIndex(), new SortedIndex()];
    mine.put('a', 10);
    mine.put('b', 30);
    nobodys.put('c', 20);
    nobodys.put('d', 40);
    expect(earliestOf([mine.first(3), nobodys.first(3)], 3)).toEqual(['a', 'c', 'b']);
  });
});
