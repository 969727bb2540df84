import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  as,
  type CallFact,
  type CallId,
  type DeviceId,
  type ExchangeId,
  type Fact,
} from '../../../machines/vocabulary/index.ts';
import { systemClock } from '../../../server/clock.ts';
import { createAsteriskExchange } from '../../../server/telephony/asteriskExchange.ts';
import { createAmiConnection } from '../../../server/telephony/connection/amiConnection.ts';
import { DemoAmiServer, SHIPPED_ACCOUNT } from '../../../server/telephony/demo/amiServer.ts';
import { DemoExchange } from '../../../server/telephony/demo/exchange.ts';
import { Telephones } from '../../../server/telephony/demo/telephones.ts';
import type { Exchange } from '../../../server/telephony/exchange.ts';
import { CLIENT, GENERAL, RECORDED_SITE } from './rig.ts';
import { strictFaults } from '../../support/strictFaults.ts';
import { eventually } from '../../support/eventually.ts';

const P101 = as<DeviceId>('PJSIP/101');
const P102 = as<DeviceId>('PJSIP/102');
const log = pino({ level: 'silent' });

const QUESTIONS = { surveyQuestions: 2, surveyQuestionMs: 10, recordCalls: true } as const;
const never = (): never => {
  throw new Error('there is no client');
};

let demo: DemoExchange;
let keys: Telephones;
let server: DemoAmiServer;
let product: Exchange;
let facts: Fact[];

const types = (): string[] => facts.map((fact) => fact.type);
/** The first fact of this type since the last `forget`. */
const fact = <Type extends Fact['type']>(type: Type): Promise<Fact & { type: Type }> =>
  eventually(() => {
    const found = facts.find((each): each is Fact & { type: Type } => each.type === type);
    if (found === undefined) throw new Error(`no ${type} among ${types().join(', ')}`);
    return found;
  });
const forget = (): void => void (facts.length = 0);
const calls = (): CallFact[] => facts.filter((each): each is CallFact => 'callId' in each);

/** A client of the queue in conversation with 101. */
const inConversation = async (): Promise<{ client: string; callId: CallId }> => {
  demo.queues.pause('PJSIP/102', true, 'перерыв');
  const client = demo.callIn({ ...CLIENT, dialled: GENERAL, script: { surveyDigits: '54' } }) ?? '';
  keys.answer(P101);
  const { callId } = await fact('call.answered');
  demo.queues.pause('PJSIP/102', false, '');
  return { client, callId };
};

beforeEach(async () => {
  demo = new DemoExchange({ ...RECORDED_SITE, answerPauseMs: 0, gatePromptMs: 20, ...QUESTIONS }, systemClock);
  keys = new Telephones(demo);
  server = new DemoAmiServer(demo, keys, { wallClock: systemClock, refusalDelayMs: 10 });
  const port = await server.open();
  facts = [];
  product = createAsteriskExchange({
    id: as<ExchangeId>('demo'),
    connection: createAmiConnection({
      host: '127.0.0.1',
      port,
      username: SHIPPED_ACCOUNT.name,
      secret: SHIPPED_ACCOUNT.secret,
      userEventToken: 'a-token-of-tests',
      clock: systemClock,
      random: () => 0.5,
      log,
    }),
    clock: systemClock,
    log,
    faults: strictFaults(),
    eventToken: 'a-token-of-tests',
  });
  product.start(
    (batch) => void facts.push(...batch),
    () => undefined,
  );
  await fact('link.restored');
});
afterEach(async () => {
  await product.stop();
  demo.stop();
  await server.close();
});

describe('[DEMO-30] the product’s own link moves the demo exchange', () => {
  test('[DEMO-30] hold and resume by NOTIFY, then hang up', async () => {
    const { callId } = await inConversation();
    await product.hold(callId, P101);
    expect(await fact('call.held')).toMatchObject({ callId, by: 'operator', device: P101 });
    await product.resume(callId, P101);
    await fact('call.resumed');
    await product.hangUp(callId, P101);
    expect(await fact('call.ended')).toMatchObject({ callId, by: 'operator', cause: 16 });
  });

  test('[DEMO-30] a telephone that takes no notice of NOTIFY stays as it is', async () => {
    demo.telephoneScripts.set(P101, { ignoresNotify: true });
    const { callId, client } = await inConversation();
    await product.hold(callId, P101);
    demo.clientHangsUp(client);
    await fact('call.ended');
    expect(types()).not.toContain('call.held');
  });

  test('[DEMO-30] [3.5.1] two blind transfers pass, the third is refused by the exchange itself', async () => {
    const { callId } = await inConversation();
    for (const [from, to] of [
      ['101', '102'],
      ['102', '103'],
    ] as const) {
      forget();
      await product.blindTransfer(callId, as<DeviceId>(`PJSIP/${from}`), to);
      await fact('call.offered');
      keys.answer(`PJSIP/${to}`);
      expect(await fact('call.answered')).toMatchObject({ callId, device: `PJSIP/${to}` });
      expect(types()).toContain('call.transferred');
    }
    forget();
    await product.blindTransfer(callId, as<DeviceId>('PJSIP/103'), '104');
    expect(await fact('call.transferRefused')).toMatchObject({ callId, fromDevice: 'PJSIP/103', count: 2 });
    expect(await fact('call.offered')).toMatchObject({ device: 'PJSIP/103' });
    expect(types()).not.toContain('call.transferred');
  });

  test('[DEMO-30] [3.5.1] the product’s count of earlier calls counts at the gate', async () => {
    const { callId } = await inConversation();
    await product.setTransferCount(callId, 2, 2);
    await product.blindTransfer(callId, P101, '102');
    expect(await fact('call.transferRefused')).toMatchObject({ callId, count: 2 });
  });

  test('[DEMO-30] a consultation that completes, and one that is cancelled', async () => {
    const { callId } = await inConversation();
    await product.consult(callId, P101, '102');
    await fact('call.consultStarted');
    keys.answer(P102);
    await eventually(() => expect(keys.consultation(P101)?.answered).toBe(true));
    await product.cancelConsult(callId, P101);
    expect(await fact('call.consultEnded')).toMatchObject({ callId, outcome: 'returned' });
    forget();
    await eventually(() => product.consult(callId, P101, '102'));
    await fact('call.consultStarted');
    keys.answer(P102);
    await eventually(() => expect(keys.consultation(P101)?.answered).toBe(true));
    await product.completeConsult(callId, P101);
    expect(await fact('call.transferred')).toMatchObject({ callId, kind: 'attended', fromDevice: P101 });
  });

  test('[DEMO-30] [3.5.1] a consultation by the telephone’s second call is completed by the product, and counted', async () => {
    const { callId } = await inConversation();
    keys.consult(P101, '102');
    await fact('call.consultStarted');
    keys.answer(P102);
    await eventually(() => expect(keys.consultation(P101)?.answered).toBe(true));
    await eventually(() => product.completeConsult(callId, P101));
    expect(await fact('call.transferred')).toMatchObject({ callId, kind: 'attended', fromDevice: P101 });
    const client = demo.core.board.clients.get(callId.replace('demo/', ''));
    expect(client?.variables.get('SHARED(GATE_COUNT)')).toBe('1');
    expect(demo.core.board.peerOf(client ?? never())?.device).toBe(P102);
    keys.hangUp(P102);
    expect(await fact('call.ended')).toMatchObject({ callId, by: 'operator' });
    expect(demo.core.board.channels.size).toBe(0);
  });

  test('[DEMO-30] [V] an invited client answers the survey, an uninvited one is not asked', async () => {
    const { callId } = await inConversation();
    await product.inviteToSurvey(callId);
    await product.hangUp(callId, P101);
    expect(await fact('call.surveyAnswered')).toMatchObject({ callId, question: '1', digit: '5' });
    await fact('call.ended');
    expect(calls().filter((each) => each.type === 'call.surveyAnswered')).toHaveLength(2);
    forget();
    const second = await inConversation();
    await product.hangUp(second.callId, P101);
    await fact('call.ended');
    expect(types()).not.toContain('call.surveyAnswered');
  });

  test('[DEMO-30] a recorded call tells the name of its file', async () => {
    await inConversation();
    expect(await fact('call.recorded')).toMatchObject({ file: expect.stringMatching(/\.wav$/) as string });
  });

  test('[DEMO-30] an originated call carries its token, and the client answers', async () => {
    demo.clients.know('89065550107', { answersAfterMs: 5 });
    const dialled = product.originate({ device: P101, number: '89065550107', token: 'p-1', callerId: GENERAL });
    await eventually(() => expect(keys.answer(P101).ok).toBe(true));
    await dialled;
    const answered = await fact('call.answered');
    const started = calls().find((each) => each.callId === answered.callId && each.type === 'call.started');
    expect(started).toMatchObject({ direction: 'outbound', originateToken: 'p-1', device: P101 });
  });

  test('[DEMO-30] a pause in the queues, and a supervisor who listens', async () => {
    await product.pauseMember({ device: P101, paused: true, reason: 'обед' });
    expect(await fact('queue.memberPaused')).toMatchObject({ device: P101, paused: true, reason: 'обед' });
    await product.pauseMember({ device: P101, paused: false, reason: '' });
    await inConversation();
    const listens = product.spy({ supervisorDevice: as<DeviceId>('PJSIP/190'), device: P101, mode: 'whisper' });
    await eventually(() => expect(keys.answer('PJSIP/190').ok).toBe(true));
    await listens;
    expect(await fact('call.listening')).toMatchObject({ phase: 'started', mode: 'whisper', device: P101 });
    forget();
    await product.stopSpy(as<DeviceId>('PJSIP/190'));
    expect(await fact('call.listening')).toMatchObject({ phase: 'stopped' });
  });
});

describe('[DEMO-31] what goes wrong with an exchange', () => {
  test('[DEMO-31] a cut link: the call goes on and is confirmed', async () => {
    const { callId } = await inConversation();
    forget();
    server.cutLinks();
    await fact('link.lost');
    keys.hold(P101);
    expect(await fact('link.restored')).toMatchObject({ exchangeRestarted: false });
    const confirmed = calls().find((each) => each.type === 'call.confirmed');
    expect(confirmed).toMatchObject({ callId, devices: [{ device: P101 }] });
  });

  test('[DEMO-31] hung up while the link is cut: found ended', async () => {
    const { client, callId } = await inConversation();
    forget();
    await server.close();
    await fact('link.lost');
    demo.clientHangsUp(client);
    await server.open();
    await fact('link.restored');
    expect(calls().find((each) => each.type === 'call.ended')).toMatchObject({ callId });
  });

  test('[DEMO-31] a restart in mid-call: the exchange is new and the call is gone', async () => {
    const { callId } = await inConversation();
    forget();
    server.restart();
    expect(await fact('link.restored')).toMatchObject({ exchangeRestarted: true });
    expect(calls().find((each) => each.type === 'call.ended')).toMatchObject({ callId });
    expect(demo.core.board.channels.size).toBe(0);
    forget();
    await inConversation();
  });
});
