import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_BEHAVIOURS, demoCommands as schemas, type DemoView } from '../../../server/contract/index.ts';
import { demoCommands } from '../../../server/telephony/demo/demoCommands.ts';
import { startDemo, type RunningDemo } from '../../../server/telephony/demo/startDemo.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
let demo: RunningDemo;
const client = (view: DemoView) => view.clients[0];
const telephone = (number: string) => {
  const found = demo.control.view().telephones.find((each) => each.number === number);
  if (found === undefined) throw new Error(`no telephone ${number}`);
  return found;
};
const states = (number: string): string[] => telephone(number).calls.map((each) => each.state);
const readyAt = (device: string): void => void demo.exchange.queues.pause(device, false, '');

beforeEach(async () => {
  clock = new FakeClock();
  demo = await startDemo({
    libraryDir: 'scripts-library',
    clock,
    wallClock: clock,
    log: pino({ level: 'silent' }),
  });
});
afterEach(() => demo.close());

describe('[DEMO-40] the demonstration’s page', () => {
  test('[DEMO-40] the shipped people: six operators and more, queues, a dozen callers with their stories', () => {
    const { people, callers } = demo.library;
    expect(people.filter(({ roles }) => roles.includes('operator')).length).toBeGreaterThanOrEqual(6);
    for (const role of ['supervisor', 'trainer', 'admin'] as const)
      expect(people.some(({ roles }) => roles.includes(role))).toBe(true);
    expect(callers.length).toBeGreaterThanOrEqual(12);
    const queues = demo.control.view().queues.map(({ name }) => name);
    expect(callers.filter(({ queue }) => !queues.includes(queue))).toEqual([]);
    expect(callers.every(({ story, question }) => story.length > 20 && question.length > 10)).toBe(true);
  });

  test('[DEMO-40] whoever signs in first hears every caller, and the page knows of a queue that nobody serves', () => {
    const { people, callers } = demo.library;
    const first = people.find(({ roles }) => roles.includes('operator'))?.device ?? '';
    const servedIn = () => new Map(demo.control.view().queues.map(({ name, serving }) => [name, serving]));
    expect(new Set(servedIn().values())).toEqual(new Set([0]));
    readyAt(first);
    expect(callers.filter(({ queue }) => servedIn().get(queue) !== 1)).toEqual([]);
    demo.control.run('demo.behave', { device: first, behaviour: 'unplugged' });
    expect(new Set(servedIn().values())).toEqual(new Set([0]));
  });

  test('[DEMO-40] a caller waits until an operator is ready, then the telephone rings, is lifted, holds and ends', () => {
    const run = demo.control.run.bind(demo.control);
    run('demo.call', { callerId: 'caller-2' });
    clock.advance(600);
    expect(client(demo.control.view())).toMatchObject({ state: 'waiting', queue: 'general-questions' });
    expect(telephone('101').pausedFor).toBe('offline');
    readyAt('PJSIP/101');
    clock.advance(2_000);
    expect(states('101')).toEqual(['ringing']);
    run('demo.answer', { device: 'PJSIP/101' });
    expect(client(demo.control.view())).toMatchObject({ state: 'talking', device: 'PJSIP/101' });
    run('demo.hold', { device: 'PJSIP/101' });
    expect(states('101')).toEqual(['onHold']);
    expect(client(demo.control.view())?.state).toBe('onHold');
    run('demo.resume', { device: 'PJSIP/101' });
    run('demo.clientHangUp', { clientId: client(demo.control.view())?.id ?? '' });
    expect(demo.control.view().clients).toEqual([]);
    expect(states('101')).toEqual([]);
  });

  test('[DEMO-40] who hides the number has no name on the line either, only on the page', () => {
    const hidden = demo.library.callers.find(({ number }) => number === '');
    demo.control.run('demo.call', { callerId: hidden?.id });
    const { id = '', name } = client(demo.control.view()) ?? {};
    expect(name).toBe(hidden?.name);
    expect(demo.exchange.core.board.channels.get(id)?.caller).toEqual({ number: '', name: '' });
  });

  test('[DEMO-41] a rehearsal: comes late, loses patience, a transfer that fails comes back', () => {
    const run = demo.control.run.bind(demo.control);
    run('demo.call', { callerId: 'caller-1', device: 'PJSIP/101', inSeconds: 30 });
    clock.advance(29_000);
    expect(demo.control.view().clients).toEqual([]);
    clock.advance(1_000);
    run('demo.answer', { device: 'PJSIP/101' });
    run('demo.behave', { device: 'PJSIP/102', behaviour: 'busy' });
    run('demo.transfer', { device: 'PJSIP/101', number: '102' });
    expect(states('101')).toEqual(['ringing']);
    run('demo.answer', { device: 'PJSIP/101' });
    run('demo.hangUp', { device: 'PJSIP/101' });
    run('demo.call', { callerId: 'caller-3', patienceSeconds: 20 });
    clock.advance(10_000);
    expect(demo.control.view().clients).toHaveLength(1);
    clock.advance(10_000);
    expect(demo.control.view().clients).toEqual([]);
  });

  test('[DEMO-41] a caller who loses patience on hold hangs up by itself', () => {
    const impatient = demo.library.callers.find(({ script }) => script.onHoldPatienceMs !== undefined);
    demo.control.run('demo.call', { callerId: impatient?.id, device: 'PJSIP/101' });
    clock.advance(100);
    demo.control.run('demo.answer', { device: 'PJSIP/101' });
    demo.control.run('demo.hold', { device: 'PJSIP/101' });
    clock.advance((impatient?.script.onHoldPatienceMs ?? 0) - 1);
    expect(demo.control.view().clients).toHaveLength(1);
    clock.advance(1);
    expect(demo.control.view().clients).toEqual([]);
  });

  test('[DEMO-42] a consultation with a colleague of another department, who lifts by himself', () => {
    const run = demo.control.run.bind(demo.control);
    const colleague = demo.library.colleagues[0];
    run('demo.call', { callerId: 'caller-1', device: 'PJSIP/101' });
    clock.advance(100);
    run('demo.answer', { device: 'PJSIP/101' });
    run('demo.consult', { device: 'PJSIP/101', number: colleague?.number ?? '' });
    expect(telephone('101').consult).toEqual({ number: colleague?.number, answered: false });
    clock.advance(5_000);
    expect(telephone('101').consult?.answered).toBe(true);
    expect(telephone('101').calls.map((each) => [each.state, each.asking])).toEqual([
      ['onHold', false],
      ['talking', true],
    ]);
    run('demo.completeConsult', { device: 'PJSIP/101' });
    expect(states('101')).toEqual([]);
    expect(client(demo.control.view())).toMatchObject({ state: 'talking', device: colleague?.device });
  });

  test.each(DEMO_BEHAVIOURS)('[DEMO-42] a telephone told to be `%s` says so', (behaviour) => {
    demo.control.run('demo.behave', { device: 'PJSIP/103', behaviour });
    expect(telephone('103').behaviour).toBe(behaviour);
  });

  test('[DEMO-43] a key that can do nothing is refused with its reason', () => {
    const refused = (act: () => void): unknown => {
      try {
        act();
      } catch (fault) {
        return (fault as { code?: string }).code;
      }
      return undefined;
    };
    const { control } = demo;
    expect(refused(() => control.run('demo.answer', { device: 'PJSIP/101' }))).toBe('demo.nothingRings');
    expect(refused(() => control.run('demo.hold', { device: 'PJSIP/101' }))).toBe('demo.noCall');
    expect(refused(() => control.run('demo.resume', { device: 'PJSIP/101' }))).toBe('demo.notOnHold');
    expect(refused(() => control.run('demo.dial', { device: 'PJSIP/101', number: '999' }))).toBe('demo.noSuchNumber');
    expect(refused(() => control.run('demo.clientHangUp', { clientId: '1.1' }))).toBe('demo.clientGone');
    expect(refused(() => control.run('demo.completeConsult', { device: 'PJSIP/101' }))).toBe('demo.noConsultation');
  });

  test('[DEMO-43] changes are pushed together, and every command of the contract has its handler', () => {
    const views: DemoView[] = [];
    const stop = demo.control.watch((view) => views.push(view));
    demo.control.run('demo.call', { callerId: 'caller-1' });
    clock.advance(100);
    expect(views).toHaveLength(1);
    expect(views[0]?.callers.find(({ id }) => id === 'caller-1')?.clientId).toBe(views[0]?.clients[0]?.id);
    stop();
    demo.control.run('demo.call', { callerId: 'caller-2' });
    clock.advance(100);
    expect(views).toHaveLength(1);
    expect(Object.keys(demoCommands(demo.control)).sort()).toEqual(Object.keys(schemas).sort());
  });
});
