import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWording, elapsed, remaining } from '../../client/src/shared/time/format.ts';
import { createServerClock } from '../../client/src/shared/time/serverClock.ts';
import { fromWallClock, toWallClock } from '../../client/src/shared/time/siteTime.ts';

const S = 1_000;
const MIN = 60 * S;
const at = (text: string): number => Date.parse(`${text}+03:00`);
const NOW = at('2026-11-24T14:05:12');
const say = createWording('ru', 'Europe/Moscow');

describe('[PANEL-08] time on screen', () => {
  it.each([
    [0, '00:00'],
    [134 * S, '02:14'],
    [3_599_999, '59:59'],
    [3_734 * S, '1:02:14'],
    [-5, '00:00'],
  ])('[PANEL-08] %d ms passed: %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });
  it('[PANEL-08] time left reads zero only when it is over', () => {
    expect(remaining(1)).toBe('00:01');
    expect(remaining(0)).toBe('00:00');
    expect(remaining(59_001)).toBe('01:00');
    expect(remaining(-1)).toBe('00:00');
  });
});

describe('[PANEL-09] dates as people say them', () => {
  it.each([
    ['2026-11-24T16:30:00', 'сегодня до 16:30'],
    ['2026-11-25T09:00:00', 'завтра до 09:00'],
    ['2026-11-27T17:00:00', 'в пятницу, 27 ноября до 17:00'],
    ['2026-12-01T12:00:00', 'во вторник, 1 декабря до 12:00'],
    ['2026-11-23T12:00:00', 'вчера до 12:00'],
  ])('[PANEL-09] %s: %s', (text, said) => {
    expect(say.until(at(text), NOW)).toBe(said);
  });
  it('[PANEL-09] midnight of the site, not of the computer, divides the days', () => {
    expect(say.day(at('2026-11-24T23:59:00'), at('2026-11-24T00:01:00'))).toBe('сегодня');
    expect(say.day(at('2026-11-25T00:01:00'), at('2026-11-24T23:59:00'))).toBe('завтра');
  });
  it('[PANEL-09] narrow places', () => {
    expect(say.short(at('2026-11-24T16:30:00'), NOW)).toBe('16:30');
    expect(say.short(at('2026-11-25T16:30:00'), NOW)).toBe('завтра, 16:30');
    expect(say.brief(at('2026-11-12T16:30:00'), NOW)).toBe('12.11');
    expect(say.brief(at('2025-11-12T16:30:00'), NOW)).toBe('12.11.2025');
    expect(say.timeExact(NOW)).toBe('14:05:12');
  });
  it('[PANEL-09] in English no month is taken for a day', () => {
    const tell = createWording('en', 'Europe/Moscow');
    expect(tell.short(at('2026-12-05T16:30:00'), NOW)).toBe('Sat 5 Dec, 16:30');
    expect(tell.brief(at('2026-11-05T16:30:00'), NOW)).toBe('5 Nov');
    expect(tell.date(at('2025-11-05T00:30:00'))).toBe('5 Nov 2025');
    expect(tell.dayMonth(at('2026-11-05T00:30:00'))).toBe('5 Nov');
    expect(say.date(at('2025-11-05T00:30:00'))).toBe('05.11.2025');
    expect(say.dayMonth(at('2026-11-05T00:30:00'))).toBe('05.11');
  });
  it.each([
    [40 * MIN, 'через 40 мин'],
    [125 * MIN, 'через 2 ч 5 мин'],
    [120 * MIN, 'через 2 ч'],
    [30 * S, 'через 30 с'],
    [25 * 60 * MIN, 'через 1 д 1 ч'],
    [-5 * MIN, 'просрочено на 5 мин'],
  ])('[PANEL-09] %d ms away: %s', (ms, said) => {
    expect(say.left(NOW + ms, NOW)).toBe(said);
  });
  it.each([
    [MIN, '1 минуту'],
    [2 * MIN, '2 минуты'],
    [5 * MIN, '5 минут'],
    [21 * MIN, '21 минуту'],
    [90 * S, '1 минуту 30 секунд'],
    [61 * S, '1 минуту 1 секунду'],
    [45 * S, '45 секунд'],
  ])('[3.5.5-б] %d ms is said «%s»', (ms, said) => {
    expect(say.spoken(ms)).toBe(said);
  });
});

describe('[PANEL-10] the server keeps the time', () => {
  it('[PANEL-10] a computer that is minutes off shows the server’s time', () => {
    let local = 1_000_000;
    const clock = createServerClock(() => local);
    clock.learn(1_300_000);
    expect(clock.now()).toBe(1_300_000);
    local += 5_000;
    expect(clock.now()).toBe(1_305_000);
  });
  it('[PANEL-10] pushes that were late on the wire do not pull it back', () => {
    const clock = createServerClock(() => 10_000);
    for (const late of [400, 20, 900, 300]) clock.learn(60_000 - late);
    expect(clock.offset()).toBe(50_000 - 20);
  });
  it('[PANEL-10] a jump of the computer’s clock is followed at once', () => {
    let local = 10_000;
    const clock = createServerClock(() => local);
    clock.learn(20_000);
    local += 3_600_000;
    clock.learn(21_000);
    expect(clock.now()).toBe(21_000);
  });
});

describe('[PANEL-11] a deadline is chosen by the clock on the site’s wall', () => {
  const zones = fc.constantFrom('Europe/Moscow', 'Asia/Vladivostok', 'Europe/Kaliningrad', 'Europe/Berlin', 'UTC');
  it('[PANEL-11] what a field shows is what comes back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2024-01-01T00:00:00'), max: at('2028-01-01T00:00:00') }),
        zones,
        (instant, zone) => {
          const minute = Math.floor(instant / MIN) * MIN;
          const back = fromWallClock(toWallClock(minute, zone), zone);
          // An hour that the clock shows twice has two answers.
          return back === minute || Math.abs((back ?? 0) - minute) === 3_600_000;
        },
      ),
    );
  });
  it('[PANEL-11] half-typed text is no instant', () => {
    expect(fromWallClock('2026-11-', 'Europe/Moscow')).toBeUndefined();
    expect(fromWallClock('2026-11-24T16:30', 'Europe/Moscow')).toBe(at('2026-11-24T16:30:00'));
  });
});
