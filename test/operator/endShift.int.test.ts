import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '../../machines/vocabulary/index.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const DEVICE = 'PJSIP/101';

describe('an operator who signs out', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device: DEVICE });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(() => test.close());

  const seat = () => test.app.rooms.operators.view(test.person('anna').id);

  it('[OPERATOR-20] is off shift: the telephone is free for others and rings for no queue', async () => {
    expect(test.app.rooms.operators.onShift('101')).toBe(true);
    await test.command('anna', 'operator.signOut', {});
    expect(seat()).toMatchObject({ state: 'offline' });
    expect(seat()).not.toHaveProperty('device');
    expect(test.app.rooms.operators.onShift('101')).not.toBe(true);
    await test.command('anna', 'operator.signOut', {});
    expect(seat()).toMatchObject({ state: 'offline' });
  });

  it('[OPERATOR-21] with a call in hand keeps it, and gets no other after it', async () => {
    const callId = test.exchange.ring(DEVICE);
    test.exchange.tell(callId, { type: 'call.answered', device: DEVICE });
    await test.command('anna', 'operator.signOut', {});
    expect(seat()).toMatchObject({ state: 'onCall', device: DEVICE });
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
    expect(seat()).toMatchObject({ state: 'paused', pauseReason: 'offline', device: DEVICE });
  });

  it('[OPERATOR-22] with promises to call back is asked first who keeps them', async () => {
    const callId = test.exchange.ring(DEVICE);
    test.exchange.tell(callId, { type: 'call.answered', device: DEVICE });
    const dueAt = test.clock.now() + 2 * HOUR;
    await test.command('anna', 'callback.promise', {
      callId,
      number: '+79065550101',
      dueAt,
      question: 'Когда?',
      clientName: '',
    });
    test.exchange.tell(callId, { type: 'call.ended', by: 'client', cause: 16, causeText: '' });
    await test.command('anna', 'wrapUp.close', { callId, disposition: 'answered', note: '', satisfied: true });
    expect(await test.command('anna', 'operator.signOut', {})).toMatchObject({
      ok: false,
      error: { code: 'operator.promisesOpen', details: { count: 1 } },
    });
    expect(seat()).toMatchObject({ state: 'ready', device: DEVICE });
    await test.command('anna', 'operator.signOut', { keepsPromises: true });
    expect(seat()).toMatchObject({ state: 'offline' });
    await test.command('anna', 'operator.chooseDevice', { device: DEVICE });
    await test.command('anna', 'callback.handOverAll', { to: [], reason: 'конец смены' });
    expect(await test.command('anna', 'operator.signOut', {})).toMatchObject({ ok: true });
  });
});
