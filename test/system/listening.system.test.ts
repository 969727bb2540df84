import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Media } from '../support/sip/media.ts';
import type { PhoneCall } from '../support/sip/phoneCall.ts';
import { describeWith } from '../support/peers.ts';
import type { CommandResult, ListeningRecord } from '../../server/contract/index.ts';
import { ProductStage, type Talk } from '../support/productStage.ts';
import type { PanelClient } from '../support/productProcess.ts';

const DEVICE = 'PJSIP/190';
/** 20 ms each: half a second of what somebody hears. */
const HEARD = 25;

/** Counts packets, not seconds: resolves when `voice` has heard so many more of them. */
async function hears(voice: Media, packets = HEARD): Promise<void> {
  const until = voice.packets + packets;
  await eventually(() => voice.packets >= until);
}
async function eventually(holds: () => boolean): Promise<void> {
  await expect.poll(holds).toBe(true);
}

describeWith(['asterisk', 'chromium'], 'a supervisor’s ear on a real Asterisk', () => {
  let on: ProductStage;
  let darya: PanelClient;
  let talk: Talk;
  let operatorId: string;

  beforeAll(async () => {
    on = await ProductStage.open();
    darya = await on.product.open('darya');
    operatorId = on.anna.view?.operator.id ?? '';
  });
  afterAll(async () => {
    darya.close();
    await on.close();
  });
  beforeEach(async () => {
    for (const voice of voices()) Object.assign(voice, { loud: false });
    talk = await on.talk();
  });

  const client = (): Media => on.stage.client.voice;
  const operator = (): Media => on.stage.phones['101'].voice;
  const supervisor = (): Media => on.stage.phones['190'].voice;
  const voices = (): Media[] => [client(), operator(), supervisor()];

  const start = (mode: string, reason = ''): Promise<CommandResult> =>
    darya.command('listening.start', { operatorId, mode, device: DEVICE, reason });
  async function listen(mode: string, reason: string): Promise<PhoneCall> {
    const mark = on.stage.ami.mark;
    expect(await start(mode, reason)).toMatchObject({ ok: true });
    const ear = await on.stage.phones['190'].answerNext();
    await on.stage.ami.event('ChanSpyStart', {}, mark);
    return ear;
  }
  /** What each hears while one speaks: counted from packets that came after the change of speaker had passed through. */
  async function whoHears(speaker: Media): Promise<{ client: boolean; operator: boolean; supervisor: boolean }> {
    for (const voice of voices()) voice.loud = voice === speaker;
    await Promise.all(voices().map((voice) => hears(voice)));
    for (const voice of voices()) voice.reset();
    await Promise.all(voices().map((voice) => hears(voice)));
    const heard = (voice: Media): boolean => voice.loudPackets > HEARD / 2;
    return { client: heard(client()), operator: heard(operator()), supervisor: heard(supervisor()) };
  }
  async function over(ear?: PhoneCall): Promise<void> {
    const mark = on.stage.ami.mark;
    if (ear) {
      expect(await darya.command('listening.stop', { device: DEVICE })).toMatchObject({ ok: true });
      await ear.ended.promise;
      await on.stage.ami.event('ChanSpyStop', {}, mark);
    }
    await talk.client.bye();
    await on.wrapUp(on.anna, talk.callId);
  }
  /** The newest line of the record in this mode, once it has ended. */
  async function isOnRecord(mode: string, reason: string): Promise<void> {
    const read = async (): Promise<ListeningRecord | undefined> => {
      const result = await darya.command('supervision.listeningRecord', {});
      const lines = result.ok ? (result.value as readonly ListeningRecord[]) : [];
      return lines.find((line) => line.callId === talk.callId);
    };
    await expect.poll(async () => (await read())?.endedAt ?? 0).toBeGreaterThan(0);
    const line = await read();
    expect(line).toMatchObject({
      who: 'Котова Дарья Викторовна',
      whom: 'Смирнова Анна Петровна',
      mode,
      reason,
    });
    expect(line?.endedAt).toBeGreaterThanOrEqual(line?.startedAt ?? Infinity);
  }

  it('[SYS-30] canary: a tone of the client is heard by the operator, and silence is silence', async () => {
    client().loud = true;
    await hears(operator());
    operator().reset();
    await hears(operator());
    expect(operator().loudPackets).toBeGreaterThan(HEARD / 2);
    client().loud = false;
    await hears(operator());
    operator().reset();
    await hears(operator());
    expect(operator().loudPackets).toBe(0);
    await over();
  });

  it('[SYS-31] listen: the supervisor hears both, no sound of the supervisor reaches anybody', async () => {
    const ear = await listen('listen', 'жалоба клиента');
    expect(await whoHears(client())).toEqual({ client: false, operator: true, supervisor: true });
    expect(await whoHears(operator())).toEqual({ client: true, operator: false, supervisor: true });
    expect(await whoHears(supervisor())).toEqual({ client: false, operator: false, supervisor: false });
    expect(on.anna.view?.listening).toBeUndefined();
    await over(ear);
    await isOnRecord('listen', 'жалоба клиента');
  });

  it('[SYS-32] whisper: the operator alone hears the supervisor, and is told', async () => {
    const ear = await listen('whisper', 'учится');
    expect(await whoHears(supervisor())).toEqual({ client: false, operator: true, supervisor: false });
    await on.anna.until(({ listening }) => listening?.mode === 'whisper');
    await over(ear);
    await on.anna.until(({ listening }) => listening === undefined);
    await isOnRecord('whisper', 'учится');
  });

  it('[SYS-33] join: both hear the supervisor; it needs a reason', async () => {
    expect(await start('join')).toMatchObject({ ok: false, error: { code: 'listening.reason' } });
    const ear = await listen('join', 'клиент просит старшего');
    expect(await whoHears(supervisor())).toEqual({ client: true, operator: true, supervisor: false });
    await over(ear);
    await isOnRecord('join', 'клиент просит старшего');
  });

  it('[SYS-34] take-over: the client comes to the supervisor’s telephone, the operator is out', async () => {
    const taken = await darya.command('listening.takeOver', { operatorId, device: DEVICE, reason: 'угрозы клиента' });
    expect(taken).toMatchObject({ ok: true });
    const mine = await on.stage.phones['190'].answerNext();
    await talk.operator.ended.promise;
    supervisor().loud = true;
    await hears(client());
    client().reset();
    await hears(client());
    expect(client().loudPackets).toBeGreaterThan(HEARD / 2);
    supervisor().loud = false;
    await talk.client.bye();
    await mine.ended.promise;
    await isOnRecord('takeOver', 'угрозы клиента');
  });
});
