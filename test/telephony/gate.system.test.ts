import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeWith } from '../support/peers.ts';
import { channelOf, GENERAL, onlyMember } from '../support/asterisk/scenarios/dialling.ts';
import { openStage, type Stage } from '../support/asterisk/stage.ts';
import type { PhoneCall } from '../support/sip/phoneCall.ts';

/** The product is stopped: nobody but the exchange counts. The recorder only looks. */
describeWith(['asterisk'], '[3.5.1] the transfer gate while the product is away', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({ globals: { GATE_PROMPT: 'beep' } });
  });
  afterEach(() => stage.close());

  const talkWith101 = async (): Promise<{ client: PhoneCall; operator: PhoneCall }> => {
    await onlyMember(stage, '101');
    const client = stage.client.dial(GENERAL);
    const operator = await stage.phones['101'].answerNext();
    await client.answered.promise;
    await stage.talk();
    return { client, operator };
  };
  const refer = async (call: PhoneCall, extension: '102' | '103'): Promise<PhoneCall> => {
    await call.refer(extension);
    const taken = await stage.phones[extension].answerNext();
    await stage.talk();
    return taken;
  };
  /** 101 joins its client to 102 on a second line. */
  const joinOnSecondLine = async (operator: PhoneCall): Promise<PhoneCall> => {
    await operator.hold();
    const line = stage.phones['101'].dial('102');
    const second = await stage.phones['102'].answerNext();
    await line.answered.promise;
    await stage.talk(200);
    const mark = stage.ami.mark;
    await operator.referReplacing(line, '102');
    await stage.ami.event('AttendedTransfer', {}, mark);
    await stage.talk(200);
    return second;
  };
  const refused = (mark: number, kind: string): Promise<unknown> =>
    stage.ami.event('UserEvent', { UserEvent: 'TransferRefused', Kind: kind }, mark);
  const redirect = async (Exten: string): Promise<unknown> => {
    const Channel = await channelOf(stage, 'PJSIP/trunk');
    return stage.ami.action({ Action: 'Redirect', Channel, Context: 'transfer-gate', Exten, Priority: '1' });
  };
  const count = async (): Promise<string> => {
    const trunk = await channelOf(stage, 'PJSIP/trunk');
    return (
      (await stage.ami.action({ Action: 'Getvar', Channel: trunk, Variable: 'SHARED(GATE_COUNT)' }))['Value'] ?? ''
    );
  };

  test('[3.5.1] the third by REFER is refused and the client is back', async () => {
    const { operator } = await talkWith101();
    const third = await refer(await refer(operator, '102'), '103');
    const mark = stage.ami.mark;
    await third.refer('104');
    await refused(mark, 'blind');
    const back = await stage.phones['103'].answerNext();
    expect(back.from).toContain('79065550101');
  });

  test('[3.5.1] the third by key is refused', async () => {
    const { operator } = await talkWith101();
    const third = await refer(await refer(operator, '102'), '103');
    const mark = stage.ami.mark;
    await third.keys('#1');
    await stage.talk(1_200);
    await third.keys('104');
    await refused(mark, 'blind');
    await stage.phones['103'].answerNext();
  });

  test('[3.5.1] a third, attended by key, is refused: the operator hears it and keeps the client', async () => {
    const { operator } = await talkWith101();
    const third = await refer(await refer(operator, '102'), '103');
    const mark = stage.ami.mark;
    await third.keys('*2');
    await stage.talk(1_200);
    await third.keys('104');
    await refused(mark, 'attended');
    await stage.ami.event('Unhold', { Channel: /^PJSIP\/103/ }, mark);
    expect(third.ended.given).toBe(false);
  });

  test('[3.5.1] the third by AMI is refused', async () => {
    const { operator } = await talkWith101();
    await refer(await refer(operator, '102'), '103');
    const mark = stage.ami.mark;
    const Channel = await channelOf(stage, 'PJSIP/103');
    await stage.ami.action({ Action: 'BlindTransfer', Channel, Context: 'transfer-gate', Exten: '104' });
    await refused(mark, 'blind');
    await stage.phones['103'].answerNext();
  });

  test('[3.5.1] a Redirect by AMI through the gate counts and is refused like any other', async () => {
    await talkWith101();
    for (const extension of ['102', '103'] as const) {
      await redirect(extension);
      await stage.phones[extension].answerNext();
      await stage.talk();
    }
    const mark = stage.ami.mark;
    await redirect('104');
    await refused(mark, 'blind');
    await stage.phones['103'].answerNext();
  });

  test('[3.5.1] an attended transfer of two lines counts by itself; after it and a blind one the next is refused', async () => {
    const { operator } = await talkWith101();
    const second = await joinOnSecondLine(operator);
    expect(await count()).toBe('1');
    const third = await refer(second, '103');
    const mark = stage.ami.mark;
    await third.refer('104');
    await refused(mark, 'blind');
    await stage.phones['103'].answerNext();
  });

  test('[3.5.1] an attended transfer by the exchange counts when it completes', async () => {
    const { operator } = await talkWith101();
    await operator.keys('*2');
    await stage.talk(1_200);
    await operator.keys('102');
    await stage.phones['102'].answerNext();
    await stage.talk(400);
    const mark = stage.ami.mark;
    await operator.bye();
    await stage.ami.event('AttendedTransfer', {}, mark);
    await stage.talk(300);
    expect(await count()).toBe('1');
  });

  test('[3.5.1] two consultations, the second completed, are one transfer', async () => {
    const { operator } = await talkWith101();
    for (const ends of ['returns', 'completes'] as const) {
      const mark = stage.ami.mark;
      await operator.keys('*2');
      await stage.talk(1_200);
      await operator.keys('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk(400);
      if (ends === 'returns') {
        await second.bye();
        await stage.ami.event('Unhold', { Channel: /^PJSIP\/101/ }, mark);
        await stage.talk(300);
      } else await operator.bye();
    }
    await stage.ami.event('AttendedTransfer');
    await stage.talk(300);
    expect(await count()).toBe('1');
  });

  test('[3.5.1] an attended transfer that the exchange missed shows at the next one', async () => {
    const { operator } = await talkWith101();
    const second = await joinOnSecondLine(operator);
    const Channel = await channelOf(stage, 'PJSIP/trunk');
    await stage.ami.action({ Action: 'Setvar', Channel, Variable: 'SHARED(GATE_COUNT)', Value: '' });
    await stage.ami.action({ Action: 'Setvar', Channel, Variable: 'SHARED(GATE_OPERATOR)', Value: 'PJSIP/101' });
    const third = await refer(second, '103');
    expect(await count()).toBe('2');
    const mark = stage.ami.mark;
    await third.refer('104');
    await refused(mark, 'blind');
  });

  test('[3.5.1] a consultation that returns is no transfer, by key or on a second line', async () => {
    const { client, operator } = await talkWith101();
    await operator.keys('*2');
    await stage.talk(1_200);
    await operator.keys('102');
    const second = await stage.phones['102'].answerNext();
    await stage.talk(400);
    await second.bye();
    await stage.ami.event('Unhold', { Channel: /^PJSIP\/101/ });
    await operator.hold();
    const line = stage.phones['101'].dial('102');
    await stage.phones['102'].answerNext();
    await line.answered.promise;
    await stage.talk(200);
    await line.bye();
    await operator.resume();
    await stage.talk(200);
    expect(await count()).toMatch(/^0?$/);
    expect(client.ended.given).toBe(false);
  });
});
