import { describe, expect, it } from 'vitest';
import { createStaffDirectory, type StaffMember } from '../../server/knowledge/staff.ts';
import { suggestStaff } from '../../server/knowledge/suggestStaff.ts';
import { usualTopics } from '../../server/knowledge/usualTopics.ts';
import { isWithin, readWorkHours } from '../../server/knowledge/workHours.ts';

const person = (extension: string, given: Partial<StaffMember> = {}): StaffMember => ({
  extension,
  fullName: `Сотрудник ${extension}`,
  unit: 'Отдел',
  position: 'консультант',
  topics: ['school'],
  situations: [],
  profiles: [],
  hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }],
  hoursText: 'пн-пт 9:00-18:00',
  ...given,
});
const monday = { weekday: 1, minute: 600 };
const directory = createStaffDirectory([
  person('201'),
  person('202', { situations: ['move'], profiles: ['parent'] }),
  person('203', { topics: ['exams'], situations: ['move'] }),
  person('204', { situations: ['move'], profiles: ['parent'], hours: [{ days: [6], fromMinute: 540, toMinute: 600 }] }),
  person('205', { situations: ['move'], fullName: 'Фёдорова Алёна Игоревна' }),
]);
const wish = (more: object) => directory.forTransfer({ now: monday, ...more }).map(({ member }) => member.extension);

describe('whom to transfer to', () => {
  it('[3.5.1] is chosen by question, life situation and profile, and only among those who deal with the question', () => {
    expect(wish({ topic: 'school', situation: 'move', profile: 'parent' })).toEqual(['202', '205', '201', '204']);
    expect(wish({ topic: 'exams', situation: 'move' })).toEqual(['203']);
    expect(wish({ topic: 'space' })).toEqual([]);
  });

  it('[3.5.1] goes by the situation while the question is not known, and says what matched', () => {
    expect(wish({ situation: 'move' })).toEqual(['202', '203', '205', '201', '204']);
    const [first] = directory.forTransfer({ topic: 'school', profile: 'parent', now: monday });
    expect(first).toMatchObject({ member: { extension: '202' }, atWork: true, matches: ['topic', 'profile'] });
  });

  it('[3.5.1] goes by what the line is for while nothing else is known, colleagues of the line last', () => {
    expect(wish({ usual: ['exams'], line: ['203'] })).toEqual(['201', '202', '205', '203', '204']);
    expect(wish({ usual: ['exams'], line: ['201'] })).toEqual(['203', '202', '205', '201', '204']);
    expect(wish({ usual: ['exams'], topic: 'school' })).not.toContain('203');
    expect(wish({ usual: ['exams'], situation: 'move' })[0]).toBe('203');
    const [first] = directory.forTransfer({ usual: ['exams'], now: monday });
    expect(first?.matches).toEqual(['usual']);
  });

  it('[3.5.1] a line is for what its script is for, or what all who answer it deal with', () => {
    const ofLine = (answeredBy: string[], scriptTopic?: string) => usualTopics(directory, { scriptTopic, answeredBy });
    expect(ofLine(['201', '202'])).toEqual(['school']);
    expect(ofLine(['201', '203'])).toEqual([]);
    expect(ofLine(['201', '999'])).toEqual(['school']);
    expect(ofLine(['201'], 'exams')).toEqual(['exams']);
    expect(ofLine([])).toEqual([]);
  });

  it('[3.5.1] who is free now and at work comes first; nobody is proposed to himself', () => {
    const suggested = suggestStaff(directory, {
      wish: { topic: 'school', now: monday },
      text: '',
      own: '201',
      isFree: (extension) => extension !== '202',
      isOnShift: () => undefined,
    });
    expect(suggested.map(({ extension }) => extension)).toEqual(['205', '202', '204']);
  });

  it('[3.5.1] an operator who is not on shift is nobody to transfer to, however free the telephone is', () => {
    const suggested = suggestStaff(directory, {
      wish: { topic: 'school', now: monday },
      text: '',
      isFree: () => true,
      isOnShift: (extension) => ({ '201': false, '205': true })[extension],
    });
    expect(suggested.map(({ extension, inHours }) => [extension, inHours])).toEqual([
      ['202', true],
      ['205', true],
      ['201', false],
      ['204', false],
    ]);
  });

  it('[STAFF-07] who is not at work comes last and is marked', () => {
    const last = directory.forTransfer({ topic: 'school', now: monday }).at(-1);
    expect(last).toMatchObject({ member: { extension: '204' }, atWork: false });
  });

  it('[STAFF-08] finds a person as typed, ё as е, by parts of name, unit or extension', () => {
    expect(directory.find('федорова ал').map(({ extension }) => extension)).toEqual(['205']);
    expect(directory.find('203').map(({ extension }) => extension)).toEqual(['203']);
    expect(directory.find('никто')).toEqual([]);
    expect(directory.byExtension('999')).toBeUndefined();
  });
});

describe('working hours', () => {
  it.each([
    ['пн-пт 9:00-18:00', 5, 540, 1080],
    ['ПН–ВС 00:00–24:00', 7, 0, 1440],
    ['сб 10.00-14.30', 1, 600, 870],
  ])('[STAFF-09] «%s» is understood', (text, days, fromMinute, toMinute) => {
    const [first] = readWorkHours(text) ?? [];
    expect(first).toMatchObject({ fromMinute, toMinute });
    expect(first?.days).toHaveLength(days);
  });

  it.each(['', 'всегда', 'пт-пн 9:00-18:00', 'пн 18:00-9:00', 'пн 9:00-25:00', 'пн 9:61-10:00', 'пн-пт'])(
    '[STAFF-09] «%s» is not',
    (text) => {
      expect(readWorkHours(text)).toBeUndefined();
    },
  );

  it('[STAFF-09] a break lies between two parts of a day, and the last minute is outside', () => {
    const hours = readWorkHours('пн 9:00-12:00, пн 13:00-18:00') ?? [];
    const at = (minute: number): boolean => isWithin(hours, { weekday: 1, minute });
    expect([539, 540, 719, 720, 779, 780, 1079, 1080].map(at)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(isWithin(hours, { weekday: 2, minute: 600 })).toBe(false);
  });
});
