import { describe, expect, test } from 'vitest';
import { as, type CallId, type DeviceId, type Fact, type QueueName } from '../../machines/vocabulary/index.ts';
import { bareCalls, furtherExchange } from '../../server/telephony/furtherExchange.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { FakeExchange } from '../support/fakeExchange.ts';

const device = (name: string): DeviceId => as<DeviceId>(name);
const CALL = as<CallId>('main/1.1');
const open = () => {
  const inner = new FakeExchange(new FakeClock(0));
  const facts: Fact[] = [];
  const outer = furtherExchange(inner);
  outer.start(
    (told) => facts.push(...told),
    () => undefined,
  );
  return { inner, outer, facts };
};

describe('[SEVERAL-09] telephones and queues of a further exchange bear its name', () => {
  test('in every fact, wherever it names one', () => {
    const { inner, facts } = open();
    inner.tell(
      CALL,
      { type: 'call.queueEntered', queue: 'exams', position: 1 },
      { type: 'call.answered', device: 'PJSIP/101' },
      {
        type: 'call.transferred',
        kind: 'blind',
        fromDevice: 'PJSIP/101',
        target: { number: '102', device: 'PJSIP/102' },
      },
      { type: 'call.confirmed', devices: [{ device: 'PJSIP/101', state: 'talking' }] },
    );
    expect(facts).toMatchObject([
      { callId: CALL, queue: 'main:exams' },
      { callId: CALL, device: 'main:PJSIP/101' },
      { fromDevice: 'main:PJSIP/101', target: { number: '102', device: 'main:PJSIP/102' } },
      { devices: [{ device: 'main:PJSIP/101', state: 'talking' }] },
    ]);
  });

  test('and are asked for by their bare names; another exchange’s are refused', async () => {
    const { inner, outer } = open();
    await outer.hold(CALL, device('main:PJSIP/101'));
    await outer.originate({ device: device('main:PJSIP/101'), number: '79065550101', token: 't', callerId: '' });
    expect(inner.asked.map(({ args }) => args)).toMatchObject([[CALL, 'PJSIP/101'], [{ device: 'PJSIP/101' }]]);
    for (const stranger of ['PJSIP/101', 'main2:PJSIP/101'])
      await expect(outer.hangUp(CALL, device(stranger))).rejects.toMatchObject({ code: 'telephony.otherExchange' });
  });

  test('and are bare again in what the store remembers of its calls', () => {
    const known = {
      ...{ callId: CALL, absorbed: [], direction: 'inbound' as const },
      ...{ devices: [device('main:PJSIP/101')], held: [device('main:PJSIP/101')], queue: as<QueueName>('main:exams') },
      consult: { device: device('main:PJSIP/101'), target: { number: '102', device: device('main:PJSIP/102') } },
    };
    expect(bareCalls([known])).toMatchObject([
      {
        devices: ['PJSIP/101'],
        held: ['PJSIP/101'],
        queue: 'exams',
        consult: { device: 'PJSIP/101', target: { device: 'PJSIP/102' } },
      },
    ]);
  });
});
