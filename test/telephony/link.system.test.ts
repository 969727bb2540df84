import { afterEach, beforeEach, expect, test } from 'vitest';
import { as, type CallId, type DeviceId, type Fact } from '../../machines/vocabulary/index.ts';
import type { AsteriskExchangeOptions } from '../../server/telephony/asteriskExchange.ts';
import { describeWith } from '../support/peers.ts';
import { listenTo, type ListeningExchange } from '../support/asterisk/listenTo.ts';
import { openRelay, type Relay } from '../support/asterisk/relay.ts';
import { EXAMS, GENERAL, onlyMember } from '../support/asterisk/scenarios/dialling.ts';
import { openStage, type Stage } from '../support/asterisk/stage.ts';
import type { PhoneCall } from '../support/sip/phoneCall.ts';

const D101 = as<DeviceId>('PJSIP/101');
const D102 = as<DeviceId>('PJSIP/102');

describeWith(['asterisk'], 'a lost link and a restarted exchange', () => {
  let stage: Stage;
  let relay: Relay;
  let heard: ListeningExchange;

  const listen = (options: Partial<AsteriskExchangeOptions> = {}): Promise<ListeningExchange> =>
    listenTo({ ...stage.asterisk, amiPort: relay.port }, options);
  beforeEach(async () => {
    stage = await openStage();
    relay = await openRelay(stage.asterisk.amiPort);
    heard = await listen();
  });
  afterEach(async () => {
    await heard.close();
    await relay.close();
    await stage.close();
  });

  const talkWith101 = async (): Promise<{ callId: CallId; client: PhoneCall; operator: PhoneCall }> => {
    await onlyMember(stage, '101');
    const client = stage.client.dial(GENERAL);
    const operator = await stage.phones['101'].answerNext();
    const { callId } = await heard.next('call.answered');
    return { callId, client, operator };
  };
  const cut = async (): Promise<number> => {
    const mark = heard.facts.length;
    relay.cut();
    await heard.next('link.lost', undefined, mark);
    return mark;
  };
  const mend = async (mark: number): Promise<Fact[]> => {
    relay.mend();
    await heard.next('link.restored', undefined, mark);
    return heard.facts.slice(mark).filter(({ type }) => type.startsWith('call.') || type.startsWith('link.'));
  };

  test('[AMI] a call that goes on through an outage is confirmed, with what changed meanwhile', async () => {
    const { callId, client, operator } = await talkWith101();
    await operator.hold();
    await heard.next('call.held');
    const mark = await cut();
    expect(heard.exchange.link).toMatchObject({ status: 'lost' });
    await operator.resume();
    await stage.talk(300);
    const facts = await mend(mark);
    expect(facts).toMatchObject([
      { type: 'link.lost' },
      { type: 'call.resumed', callId, by: 'operator', device: D101 },
      { type: 'call.confirmed', callId, devices: [{ device: D101, state: 'talking' }] },
      { type: 'link.restored', exchangeRestarted: false },
    ]);
    expect(heard.exchange.link).toMatchObject({ status: 'up', reason: '' });
    await client.bye();
    expect(await heard.next('call.ended')).toMatchObject({ callId, by: 'client' });
  });

  test('[AMI] a hold that lasts through an outage is confirmed as a hold, not told again', async () => {
    const { callId, operator } = await talkWith101();
    await operator.hold();
    await heard.next('call.held');
    const facts = await mend(await cut());
    expect(facts).toMatchObject([
      { type: 'link.lost' },
      { type: 'call.confirmed', callId, devices: [{ device: D101, state: 'onHold' }] },
      { type: 'link.restored' },
    ]);
  });

  test('[AMI] a hold that began in an outage is told at its end', async () => {
    const { callId, operator } = await talkWith101();
    const mark = await cut();
    await operator.hold();
    await stage.talk(100);
    expect(await mend(mark)).toMatchObject([
      { type: 'link.lost' },
      { type: 'call.held', callId, by: 'operator', device: D101 },
      { type: 'call.confirmed', callId, devices: [{ device: D101, state: 'onHold' }] },
      { type: 'link.restored' },
    ]);
  });

  test('[AMI] who was parked in an outage is told as parked since then, and as fetched', async () => {
    const { callId, operator } = await talkWith101();
    const mark = await cut();
    await operator.refer('700');
    const { ParkingSpace = '' } = await stage.ami.event('ParkedCall');
    const parkedAt = Date.now();
    await operator.bye();
    await stage.talk(1_200);
    expect(await mend(mark)).toMatchObject([
      { type: 'link.lost' },
      { type: 'call.parked', callId, space: ParkingSpace },
      { type: 'call.operatorLeft', callId, device: D101 },
      { type: 'call.confirmed', callId, devices: [] },
      { type: 'link.restored' },
    ]);
    const told = await heard.next('call.parked');
    expect(Math.abs(told.at - parkedAt)).toBeLessThan(1_000);
    await stage.phones['102'].dial(ParkingSpace).answered.promise;
    expect(await heard.next('call.unparked')).toMatchObject({ callId, device: D102 });
  });

  test('[AMI] a call that ended in an outage is ended with the interval in which it did', async () => {
    const { callId, client } = await talkWith101();
    const mark = await cut();
    await client.bye();
    await stage.talk(300);
    const ended = (await mend(mark)).find((fact) => fact.type === 'call.ended');
    expect(ended).toMatchObject({ callId, by: 'unknown' });
    if (ended?.type !== 'call.ended') throw new Error('unreachable');
    expect(ended.notBefore).toBeLessThan(ended.at - 200);
  });

  test('[AMI] calls that came in an outage begin at its end: one talks, one waits', async () => {
    await onlyMember(stage, '101');
    const mark = await cut();
    stage.client.dial(GENERAL);
    await stage.phones['101'].answerNext();
    await stage.ami.action({ Action: 'QueuePause', Interface: 'PJSIP/104', Paused: 'true' });
    const other = await stage.asterisk.addCaller('79201112233', 'Петрова Мария');
    other.dial(EXAMS);
    await stage.ami.event('QueueCallerJoin', { Queue: 'exams' });
    const facts = await mend(mark);
    expect(facts).toContainEqual(expect.objectContaining({ type: 'call.answered', device: D101 }));
    expect(facts).toContainEqual(expect.objectContaining({ type: 'call.queueEntered', queue: 'exams' }));
    const clients = facts.flatMap((fact) => (fact.type === 'call.started' ? [fact.client.number] : []));
    expect(clients.toSorted()).toEqual(['79065550101', '79201112233']);
  });

  test('[3.5.1] a transfer that nobody saw is in the exchange’s own count, and told when the link is back', async () => {
    const { callId, operator } = await talkWith101();
    const mark = await cut();
    await operator.refer('102');
    const second = await stage.phones['102'].answerNext();
    await stage.talk(200);
    const facts = await mend(mark);
    expect(facts).toMatchObject([
      { type: 'link.lost' },
      { type: 'call.transferred', callId, kind: 'blind', fromDevice: D101, target: { device: D102 } },
      { type: 'call.operatorLeft', device: D101 },
      { type: 'call.answered', device: D102 },
      { type: 'call.confirmed', callId },
      { type: 'link.restored' },
    ]);
    // One is allowed, and the product says nothing of earlier ones: the exchange counts its own.
    await heard.exchange.setTransferCount(callId, 0, 1);
    await second.refer('103');
    expect(await heard.next('call.transferRefused')).toMatchObject({ fromDevice: D102, count: 1 });
  });

  test('[AMI] a restarted exchange ends every call of the old one', async () => {
    const { callId } = await talkWith101();
    const mark = heard.facts.length;
    // A restart within five seconds of the last start would pass for the same one: uptimes are whole seconds.
    await stage.talk(6_000);
    await stage.asterisk.kill();
    await heard.next('link.lost', undefined, mark);
    await stage.asterisk.start();
    expect(await heard.next('call.ended', undefined, mark)).toMatchObject({ callId, by: 'unknown' });
    expect(await heard.next('link.restored', undefined, mark)).toMatchObject({ exchangeRestarted: true });
  });

  test('[CALL] a product restarted in a consultation of the exchange hears how it ends', async () => {
    const { callId } = await talkWith101();
    await heard.exchange.consult(callId, D101, '102');
    const second = await stage.phones['102'].answerNext();
    await heard.next('call.consultStarted');
    await stage.talk(500);
    await heard.close();
    heard = await listen({
      knownCalls: () => [{ callId, absorbed: [], direction: 'inbound', devices: [D101], held: [D101] }],
    });
    const devices = [{ device: D101, state: 'consulting' }];
    expect(await heard.next('call.confirmed')).toMatchObject({ callId, devices });
    await second.bye();
    expect(await heard.next('call.consultEnded')).toMatchObject({ callId, device: D101, outcome: 'returned' });
  });

  test('[CALL] a restarted product finds its calls under their old names', async () => {
    const { callId } = await talkWith101();
    await heard.close();
    const gone = as<CallId>('main/1600000000.1');
    heard = await listen({
      knownCalls: () => [
        { callId, absorbed: [], direction: 'inbound', devices: [D101] },
        { callId: gone, absorbed: [], direction: 'inbound', devices: [D102] },
      ],
    });
    const facts = heard.facts.filter(({ type }) => type.startsWith('call.'));
    expect(facts).toHaveLength(2);
    expect(facts).toContainEqual(expect.objectContaining({ type: 'call.ended', callId: gone, by: 'unknown' }));
    expect(facts).toContainEqual(
      expect.objectContaining({ type: 'call.confirmed', callId, devices: [{ device: D101, state: 'talking' }] }),
    );
  });
});
