import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../support/testApp.ts';

const DEVICE = 'PJSIP/101';
const MINUTE = 60_000;

describe('an operator whose screen is closed', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device: DEVICE });
    await test.command('anna', 'operator.ready', {});
    screen('vera', true);
    screen('anna', true);
  });
  afterEach(() => test.close());

  const screen = (who: string, open: boolean): void => test.app.rooms.presence.set(test.person(who).id, open);
  const seat = () => test.app.rooms.operators.view(test.person('anna').id);
  const isAtWork = (): boolean => test.app.rooms.operators.isAtWork(test.person('anna').id);

  it('[OPERATOR-27] is rung no more after two minutes, the board says so, and the screen brings all back', async () => {
    screen('anna', false);
    test.clock.advance(2 * MINUTE - 1);
    expect(seat()).toMatchObject({ state: 'ready' });
    test.clock.advance(1);
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'panelLost' });
    expect(isAtWork()).toBe(false);
    expect(test.app.rooms.alerts.all().map(({ code }) => code)).toEqual(['panelLost']);
    expect(test.app.rooms.watch.troubleOf(test.person('anna').id)).toMatchObject([{ code: 'panelLost' }]);
    screen('anna', true);
    expect(seat()).toMatchObject({ state: 'ready' });
    expect(isAtWork()).toBe(true);
  });

  it('[OPERATOR-23] is free of nothing by a reload, nor by a break of the own choice', async () => {
    screen('anna', false);
    test.clock.advance(MINUTE);
    screen('anna', true);
    test.clock.advance(5 * MINUTE);
    expect(seat()).toMatchObject({ state: 'ready' });
    await test.command('anna', 'operator.pause', { reason: 'lunch' });
    screen('anna', false);
    test.clock.advance(5 * MINUTE);
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'lunch' });
    expect(test.app.rooms.alerts.all()).toEqual([]);
    expect(isAtWork()).toBe(false);
    screen('anna', true);
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'lunch' });
    expect(isAtWork()).toBe(true);
  });

  it('[OPERATOR-28] is not sent calls when a supervisor ends the break: ready once the screen is there', async () => {
    await test.command('anna', 'operator.pause', { reason: 'lunch' });
    screen('anna', false);
    test.clock.advance(2 * MINUTE);
    await test.command('vera', 'supervision.endPause', { operatorId: test.person('anna').id, reason: 'очередь стоит' });
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'panelLost' });
    screen('anna', true);
    expect(seat()).toMatchObject({ state: 'ready' });
  });

  it('[OPERATOR-24] has left after an hour: the shift ends and the telephone is free', () => {
    screen('anna', false);
    test.clock.advance(60 * MINUTE);
    expect(seat()).toMatchObject({ state: 'offline' });
    expect(seat()).not.toHaveProperty('device');
  });

  it('[OPERATOR-25] is not to blame when nobody has a screen: the queues go on', () => {
    screen('anna', false);
    screen('vera', false);
    test.clock.advance(5 * MINUTE);
    expect(seat()).toMatchObject({ state: 'ready' });
    screen('vera', true);
    test.clock.advance(2 * MINUTE);
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'panelLost' });
  });

  it('[OPERATOR-26] is found out after a restart too', async () => {
    await test.crash();
    screen('vera', true);
    test.clock.advance(2 * MINUTE);
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'panelLost' });
  });
});
