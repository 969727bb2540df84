import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { as, type CallId, type DeviceId, type Fact, type FactType } from '../../machines/vocabulary/index.ts';
import { SHIPPED_ACCOUNT } from '../../server/telephony/demo/amiServer.ts';
import { describeWith } from '../support/peers.ts';
import { listenTo, type ListeningExchange } from '../support/asterisk/listenTo.ts';
import { allMembers, CLIENT_NUMBER, DIRECT_101, GENERAL, onlyMember } from '../support/asterisk/scenarios/dialling.ts';
import { openStage, type Stage } from '../support/asterisk/stage.ts';
import type { PhoneCall } from '../support/sip/phoneCall.ts';

const D101 = as<DeviceId>('PJSIP/101');
const D102 = as<DeviceId>('PJSIP/102');
const D103 = as<DeviceId>('PJSIP/103');
const D190 = as<DeviceId>('PJSIP/190');

describeWith(['asterisk'], 'the product on a real exchange', () => {
  let stage: Stage;
  let heard: ListeningExchange;
  let mark = 0;

  beforeAll(async () => {
    stage = await openStage({ holdByNotify: true, globals: { SURVEY_PROMPTS: 'beep&beep' } });
    heard = await listenTo(stage.asterisk);
  });
  afterEach(async () => {
    await Promise.all([...Object.values(stage.phones), stage.client].map((phone) => phone.hangUpAll()));
    await stage.talk(100);
    mark = heard.facts.length;
  });
  afterAll(async () => {
    await heard.close();
    await stage.close();
  });

  const next = <Type extends FactType>(
    type: Type,
    fits?: (fact: Extract<Fact, { type: Type }>) => boolean,
  ): Promise<Extract<Fact, { type: Type }>> => heard.next(type, fits, mark);
  const since = (): FactType[] => heard.facts.slice(mark).map(({ type }) => type);

  const talkWith101 = async (): Promise<{ callId: CallId; client: PhoneCall; operator: PhoneCall }> => {
    await onlyMember(stage, '101');
    const client = stage.client.dial(GENERAL);
    const operator = await stage.phones['101'].answerNext();
    const { callId } = await next('call.answered');
    await allMembers(stage);
    return { callId, client, operator };
  };
  const hangUp = async (client: PhoneCall, callId: CallId): Promise<void> => {
    await client.bye();
    await next('call.ended', (fact) => fact.callId === callId);
  };
  const transferTo = async (call: PhoneCall, extension: '102' | '103' | '104'): Promise<PhoneCall> => {
    await call.refer(extension);
    const taken = await stage.phones[extension].answerNext();
    await next('call.answered', (fact) => fact.device === as<DeviceId>(`PJSIP/${extension}`));
    return taken;
  };

  test('[AMI] commands: the panel’s button reaches the telephone as NOTIFY hold and talk', async () => {
    const { callId, client } = await talkWith101();
    await heard.exchange.hold(callId, D101);
    await stage.phones['101'].notified('hold');
    await heard.exchange.resume(callId, D101);
    await stage.phones['101'].notified('talk');
    await hangUp(client, callId);
  });

  test('[AMI] commands: hang up ends the call by the operator', async () => {
    const { callId, client } = await talkWith101();
    await heard.exchange.hangUp(callId, D101);
    await client.ended.promise;
    expect(await next('call.ended')).toMatchObject({ by: 'operator', callId });
  });

  test('[3.5.1] the third transfer by REFER is refused by the exchange, and the client is back with the operator', async () => {
    const { callId, client, operator } = await talkWith101();
    const second = await transferTo(operator, '102');
    const third = await transferTo(second, '103');
    await third.refer('104');
    expect(await next('call.transferRefused')).toMatchObject({ fromDevice: D103, target: { number: '104' }, count: 2 });
    await stage.phones['103'].answerNext();
    await next('call.answered', (fact) => fact.device === D103 && heard.facts.indexOf(fact) > mark + 12);
    expect(since().filter((type) => type === 'call.transferred')).toHaveLength(2);
    await hangUp(client, callId);
  });

  test('[3.5.1] transfers of earlier calls count, when the product has told them', async () => {
    const { callId, client, operator } = await talkWith101();
    await heard.exchange.setTransferCount(callId, 1, 2);
    const second = await transferTo(operator, '102');
    // Told again with the transfer in it: the gate must not count it twice.
    await heard.exchange.setTransferCount(callId, 2, 2);
    await second.refer('103');
    expect(await next('call.transferRefused')).toMatchObject({ fromDevice: D102, count: 2 });
    await stage.phones['102'].answerNext();
    await heard.exchange.setTransferCount(callId, 2, 3);
    await hangUp(client, callId);
  });

  test('[3.5.1] an attended transfer is counted once, though both the product and the exchange count it', async () => {
    const { callId, client, operator } = await talkWith101();
    await operator.hold();
    const line = stage.phones['101'].dial('102');
    const second = await stage.phones['102'].answerNext();
    await line.answered.promise;
    await stage.talk(200);
    await operator.referReplacing(line, '102');
    await next('call.transferred');
    await heard.exchange.setTransferCount(callId, 1, 2);
    const third = await transferTo(second, '103');
    await heard.exchange.setTransferCount(callId, 2, 2);
    await third.refer('104');
    expect(await next('call.transferRefused')).toMatchObject({ fromDevice: D103, count: 2 });
    await hangUp(client, callId);
  });

  test('[3.5.1] a supervisor’s one more is let through', async () => {
    const { callId, client, operator } = await talkWith101();
    await heard.exchange.setTransferCount(callId, 2, 3);
    await transferTo(operator, '102');
    expect(since()).not.toContain('call.transferRefused');
    await hangUp(client, callId);
  });

  test('[3.5.1] the third transfer by AMI, and a consultation, are refused', async () => {
    const { callId, client } = await talkWith101();
    await heard.exchange.setTransferCount(callId, 2, 2);
    await heard.exchange.consult(callId, D101, '102');
    expect(await next('call.transferRefused')).toMatchObject({ fromDevice: D101, count: 2 });
    await next('call.consultEnded');
    await heard.exchange.blindTransfer(callId, D101, '102');
    await next('call.transferRefused', (fact) => heard.facts.indexOf(fact) > heard.facts.length - 3);
    await stage.phones['101'].answerNext();
    await hangUp(client, callId);
  });

  test('[AMI] commands: a consultation completes by the product', async () => {
    const { callId, client } = await talkWith101();
    await heard.exchange.consult(callId, D101, '102');
    await stage.phones['102'].answerNext();
    await next('call.consultStarted');
    await stage.talk(300);
    await heard.exchange.completeConsult(callId, D101);
    expect(await next('call.transferred')).toMatchObject({
      kind: 'attended',
      fromDevice: D101,
      target: { device: D102 },
    });
    await next('call.answered', (fact) => fact.device === D102);
    await hangUp(client, callId);
  });

  test('[AMI] commands: a consultation is cancelled by the product', async () => {
    const { callId, client } = await talkWith101();
    await heard.exchange.consult(callId, D101, '102');
    await stage.phones['102'].nextCall();
    await next('call.consultStarted');
    await heard.exchange.cancelConsult(callId, D101);
    expect(await next('call.consultEnded')).toMatchObject({ outcome: 'failed' });
    await hangUp(client, callId);
  });

  test('[AMI] commands: a consultation on a second line completes by the product', async () => {
    const { callId, client, operator } = await talkWith101();
    await operator.hold();
    await next('call.held');
    const line = stage.phones['101'].dial('102');
    await stage.phones['102'].answerNext();
    await line.answered.promise;
    const { callId: second } = await next('call.started', (fact) => fact.direction === 'internal');
    await next('call.answered', (fact) => fact.callId === second);
    await heard.exchange.completeConsult(callId, D101);
    expect(await next('call.transferred')).toMatchObject({
      kind: 'attended',
      fromDevice: D101,
      target: { device: D102 },
    });
    expect(await next('call.merged')).toMatchObject({ callId, absorbed: second });
    await hangUp(client, callId);
  });

  test('[3.5.5-г] a callback: the operator’s telephone first, then the client; the token comes back', async () => {
    await heard.exchange.originate({
      device: D101,
      number: CLIENT_NUMBER,
      token: 'promise-7',
      callerId: '84712000001',
    });
    await stage.phones['101'].answerNext();
    const client = await stage.phones.city.nextCall();
    expect(client.from).toContain('84712000001');
    await client.answer();
    const started = await next('call.started');
    expect(started).toMatchObject({
      direction: 'outbound',
      originateToken: 'promise-7',
      client: { number: CLIENT_NUMBER },
      device: D101,
    });
    await next('call.answered');
    await client.bye();
    expect(await next('call.ended')).toMatchObject({ by: 'client', callId: started.callId });
  });

  test('[AMI] an originate that cannot begin is told as a call that ended', async () => {
    const absent = as<DeviceId>('PJSIP/199');
    await heard.exchange
      .originate({ device: absent, number: CLIENT_NUMBER, token: 'promise-8', callerId: '' })
      .catch((fault: unknown) => fault);
    // It is our own telephone that is away: the client has heard nothing.
    expect(await next('call.ended')).toMatchObject({ by: 'operator' });
  });

  test('[V] the survey on the keypad: only for whom the operator invited, only digits', async () => {
    const { callId, client, operator } = await talkWith101();
    await heard.exchange.inviteToSurvey(callId);
    await operator.bye();
    await next('call.operatorLeft');
    await stage.talk(600);
    await client.keys('5');
    expect(await next('call.surveyAnswered')).toMatchObject({ question: '1', digit: '5' });
    await stage.talk(600);
    await client.keys('4');
    expect(await next('call.surveyAnswered', (fact) => fact.question === '2')).toMatchObject({ digit: '4' });
    await client.ended.promise;
    await next('call.ended');
  });

  test('[AMI] listening: nothing of the supervisor’s voice leaves his telephone', async () => {
    const { callId, client } = await talkWith101();
    await heard.exchange.spy({ supervisorDevice: D190, device: D101, mode: 'listen' });
    const ear = await stage.phones['190'].answerNext();
    expect(await next('call.listening')).toMatchObject({ phase: 'started', mode: 'listen', device: D101 });
    stage.phones['190'].voice.loud = true;
    stage.phones['101'].voice.reset();
    stage.client.voice.reset();
    await stage.talk(800);
    expect(stage.phones['101'].voice.packets).toBeGreaterThan(20);
    expect([stage.phones['101'].voice.loudPackets, stage.client.voice.loudPackets]).toEqual([0, 0]);
    await heard.exchange.stopSpy(D190);
    await ear.ended.promise;
    expect(await next('call.listening', (fact) => fact.phase === 'stopped')).toMatchObject({ supervisorDevice: D190 });

    // Canary, and the other mode: whispering is heard by the operator alone.
    await heard.exchange.spy({ supervisorDevice: D190, device: D101, mode: 'whisper' });
    const mouth = await stage.phones['190'].answerNext();
    await next('call.listening', (fact) => fact.mode === 'whisper');
    stage.phones['101'].voice.reset();
    stage.client.voice.reset();
    await stage.talk(800);
    expect(stage.phones['101'].voice.loudPackets).toBeGreaterThan(10);
    expect(stage.client.voice.loudPackets).toBe(0);
    stage.phones['190'].voice.loud = false;
    await mouth.bye();
    await hangUp(client, callId);
  });

  test('[AMI] pausing a member is told back', async () => {
    await heard.exchange.pauseMember({ device: D101, paused: true, reason: 'перерыв' });
    expect(await next('queue.memberPaused', (fact) => fact.device === D101 && fact.paused)).toMatchObject({
      reason: 'перерыв',
    });
    await heard.exchange.pauseMember({ device: D101, paused: false, reason: '' });
    await next('queue.memberPaused', (fact) => fact.device === D101 && !fact.paused);
  });

  test('[AMI] a direct call and a queue call wait on one telephone', async () => {
    const { callId, client } = await talkWith101();
    const other = await stage.asterisk.addCaller('79201112233', 'Петрова Мария');
    const waiting = other.dial(DIRECT_101);
    await stage.phones['101'].nextCall();
    const offered = await next('call.offered', (fact) => fact.callId !== callId);
    expect(offered.device).toBe(D101);
    waiting.cancel();
    expect(await next('call.ended', (fact) => fact.callId === offered.callId)).toMatchObject({ by: 'client' });
    await hangUp(client, callId);
    await other.close();
  });

  test('[AMI-21] a caller cannot hide behind a name that looks like what is filtered out', async () => {
    await onlyMember(stage, '101');
    const stranger = await stage.asterisk.addCaller('79201112244', 'Event: VarSet');
    const client = stranger.dial(GENERAL);
    await stage.phones['101'].answerNext();
    const { callId } = await next('call.answered');
    expect(await next('call.started')).toMatchObject({ callId, client: { name: 'Event: VarSet' } });
    await allMembers(stage);
    await hangUp(client, callId);
    await stranger.close();
    const heardBy = stage.ami.chunks.map(({ text }) => text).join('');
    const names = new Set([...heardBy.matchAll(/^Event: (\w+)\r$/gm)].map(([, name = '']) => name));
    expect(SHIPPED_ACCOUNT.without.filter((name) => names.has(name))).toEqual([]);
    expect(names).toContain('QueueCallerJoin');
  });
});
