import { describe, expect, test } from 'vitest';
import { destinations, numberIn } from '../../../client/src/demo/destinations.ts';
import { shownNumber } from '../../../client/src/demo/shownNumber.ts';
import type { DemoView } from '../../../server/contract/demo.ts';

const telephone = (number: string, kind: 'staff' | 'colleague') => ({
  device: `PJSIP/${number}`,
  number,
  name: `Имя ${number}`,
  unit: '',
  kind,
  behaviour: 'manual' as const,
  calls: [],
});
const view: DemoView = {
  serverNow: 0,
  speed: 1,
  links: 1,
  telephones: [telephone('101', 'staff'), telephone('102', 'staff'), telephone('120', 'colleague')],
  clients: [],
  callers: [],
  queues: [{ name: 'exams', title: 'Экзамены', extension: '603', waiting: 0, serving: 1 }],
  parked: [{ space: '701', clientId: '1.1', name: 'Иванова' }],
};

describe('[DEMO-44] where a telephone can call', () => {
  test('[DEMO-44] queues and the parked, the centre without itself, other departments', () => {
    expect(destinations(view, 'PJSIP/101', 'Очереди', 'Центр', 'Отделы')).toEqual([
      { group: 'Очереди', items: ['603 · Экзамены', '701 · Иванова'] },
      { group: 'Центр', items: ['102 · Имя 102'] },
      { group: 'Отделы', items: ['120 · Имя 120'] },
    ]);
  });

  test.each([
    ['102 · Борис Сергеевич', '102'],
    ['8 (906) 555-01-01', '89065550101'],
    ['+7 906 555 01 01', '+79065550101'],
    ['Борис', undefined],
    ['', undefined],
    ['1', undefined],
  ])('[DEMO-44] %j is the number %j', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  test.each([
    ['+79065550101', '+7 906 555-01-01'],
    ['89065550101', '+7 906 555-01-01'],
    ['102', '102'],
    ['anonymous', 'anonymous'],
  ])('[DEMO-44] %s is shown as %s', (number, shown) => {
    expect(shownNumber(number)).toBe(shown);
  });
});
