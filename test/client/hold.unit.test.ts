import { describe, expect, it } from 'vitest';
import { alarmOf, holdStage, offersOf, parseHoldTime, type HoldAlarm } from '../../client/src/operator/logic/hold.ts';

const S = 1_000;
const MIN = 60 * S;

describe('[3.5.5-б] a hold changes its look at 30 s, 10 s and 0', () => {
  it.each([
    [90 * S, 'calm'],
    [30 * S + 1, 'calm'],
    [30 * S, 'soon'],
    [10 * S + 1, 'soon'],
    [10 * S, 'now'],
    [1, 'now'],
    [0, 'over'],
    [-5 * S, 'over'],
  ] as const)('[3.5.5-б] with %d ms left it is %s', (left, stage) => {
    expect(holdStage(left)).toBe(stage);
  });
});

describe('[3.5.5-б] each threshold is announced once', () => {
  it('[3.5.5-б] a whole hold gives three alarms, whatever the beat', () => {
    const hold = { promiseId: 'h', dueAt: 120 * S };
    const raised: HoldAlarm[] = [];
    for (let now = 0; now <= 130 * S; now += 250) {
      const alarm = alarmOf(raised.at(-1), hold, now);
      if (alarm) raised.push(alarm);
    }
    expect(raised.map(({ stage }) => stage)).toEqual(['soon', 'now', 'over']);
  });
  it('[3.5.5-б] a tab that slept past all thresholds says only the last', () => {
    const alarm = alarmOf(undefined, { promiseId: 'h', dueAt: 10 * S }, 20 * S);
    expect(alarm).toEqual({ promiseId: 'h', stage: 'over' });
    expect(alarmOf(alarm, { promiseId: 'h', dueAt: 10 * S }, 21 * S)).toBeUndefined();
  });
  it('[3.5.5-б] a second hold is announced anew', () => {
    const last: HoldAlarm = { promiseId: 'first', stage: 'soon' };
    expect(alarmOf(last, { promiseId: 'second', dueAt: 20 * S }, 0)).toEqual({ promiseId: 'second', stage: 'soon' });
    expect(alarmOf(last, undefined, 0)).toBeUndefined();
  });
});

describe('[3.5.5-б] a time is named as people write it', () => {
  it.each([
    ['4', 4 * MIN],
    ['4 мин', 4 * MIN],
    ['1,5', 1.5 * MIN],
    ['90 с', 90 * S],
    ['90 секунд', 90 * S],
    ['1:30', 90 * S],
    ['10 минут', 10 * MIN],
    ['60', 60 * MIN],
    ['45s', 45 * S],
  ] as const)('[3.5.5-б] %s', (text, ms) => {
    expect(parseHoldTime(text)).toBe(ms);
  });
  it.each(['', 'скоро', '0', '5 с', '61', '1:75', '-2', '2 часа'])('[3.5.5-б] «%s» is no time to promise', (text) => {
    expect(parseHoldTime(text)).toBeUndefined();
  });
  it('[3.5.5-б] the key of an offered time is its minutes', () => {
    expect(offersOf([MIN, 90 * S, 5 * MIN, 10 * MIN])).toEqual([
      { ms: MIN, key: '1' },
      { ms: 90 * S },
      { ms: 5 * MIN, key: '5' },
      { ms: 10 * MIN },
    ]);
  });
});
