import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../machines/vocabulary/index.ts';
import type { PanelView } from '../../server/contract/index.ts';
import { Faults } from '../../server/faults.ts';
import { createLog } from '../../server/log.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

/** What no release should ever meet: damage in one call's data, a fault of a chart or of a script. */
describe('a fault of the product in one call', () => {
  let test: TestApp;
  let faults: Faults;
  beforeEach(async () => {
    faults = new Faults(createLog('silent'));
    test = await testApp({}, faults);
    await seated('anna', 'PJSIP/101');
    await seated('olga', 'PJSIP/102');
  });
  afterEach(() => test.close());
  const seated = async (login: string, device: string): Promise<void> => {
    await test.command(login, 'operator.chooseDevice', { device });
    await test.command(login, 'operator.ready', {});
  };
  const panel = (login: string): PanelView => test.app.presenter.view(test.person(login).id)!;
  const talking = (device: string): CallId => {
    const callId = test.exchange.ring(device);
    test.exchange.tell(callId, { type: 'call.answered', device });
    return callId;
  };
  /** Devices are missing, which no fact of this kind is without. */
  const unreadable = { type: 'call.confirmed', devices: undefined };
  const over = { type: 'call.ended', by: 'client', cause: 16, causeText: '' };

  it('[FAULT-01] leaves the other facts of its batch, other calls and the next start alone', async () => {
    const [annas, olgas] = [talking('PJSIP/101'), talking('PJSIP/102')];
    test.exchange.tell(annas, unreadable, { ...over, callId: olgas });
    expect(panel('olga').operator.state).toBe('wrapUp');
    expect(panel('anna').calls).toMatchObject([{ callId: annas, phase: 'talking' }]);
    expect(faults.counts.get('entry')).toBe(1);
    await test.crash();
    expect(panel('olga').calls).toMatchObject([{ callId: olgas, phase: 'wrapUp' }]);
    expect(panel('anna').calls).toMatchObject([{ callId: annas, phase: 'talking' }]);
    test.exchange.tell(annas, over);
    expect(panel('anna').operator.state).toBe('wrapUp');
    const metrics = await fetch(`http://127.0.0.1:${test.port}/metrics`);
    expect(await metrics.text()).toContain('faults_total{place="entry"} 2');
  });

  it('[FAULT-02] a script that cannot run is not shown, and its call goes on from ringing into the history', async () => {
    const { scripts } = test.app.rooms;
    const details = { linked: {}, at: test.clock.now(), by: 'nina', approvedBy: null, reason: '' };
    const { script } = await scripts.publish(structuredClone(scripts.currentOf('inbound')!.script), details);
    // As another release may have written it.
    Object.assign(script, { steps: 'in a file of their own' });
    const callId = talking('PJSIP/101');
    expect(panel('anna').calls).toMatchObject([{ callId, phase: 'talking', client: { number: '+79065550101' } }]);
    expect(panel('anna').calls[0]).not.toHaveProperty('script');
    test.exchange.tell(callId, over);
    expect(panel('anna').operator.state).toBe('wrapUp');
    await test.crash();
    const wrapUp = { callId, disposition: 'answered', note: '', satisfied: true };
    expect(await test.command('anna', 'wrapUp.close', wrapUp)).toMatchObject({ ok: true });
    await test.app.rooms.archive.settled();
    expect(await test.app.rooms.archive.collection.get(callId)).toBeDefined();
    expect(panel('anna').operator.state).toBe('ready');
  });

  it('[FAULT-03] a command that meets it is refused in words; the next is carried out', async () => {
    const callId = talking('PJSIP/101');
    const { world } = test.app.rooms;
    const step = world.step.bind(world);
    world.step = () => {
      throw new Error('two steps give way to each other');
    };
    expect(await test.command('anna', 'script.restart', { callId })).toEqual({
      ok: false,
      error: { code: 'unexpected', details: {} },
    });
    world.step = step;
    expect(await test.command('anna', 'script.restart', { callId })).toMatchObject({ ok: true });
  });
});
