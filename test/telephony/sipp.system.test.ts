import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { as, type DeviceId } from '../../machines/vocabulary/index.ts';
import { describeWith } from '../support/peers.ts';
import { AmiRecorder } from '../support/asterisk/amiRecorder.ts';
import { listenTo, type ListeningExchange } from '../support/asterisk/listenTo.ts';
import { CLIENT_NUMBER, DIRECT_101, GENERAL } from '../support/asterisk/scenarios/dialling.ts';
import { TRUNK_IP } from '../support/asterisk/siteConfig.ts';
import {
  callerXml,
  operatorXml,
  startSipp,
  type OperatorScenario,
  type RunningSipp,
  type Step,
} from '../support/asterisk/sipp.ts';
import { startAsterisk, type RunningAsterisk } from '../support/asterisk/startAsterisk.ts';

const D101 = as<DeviceId>('PJSIP/101');
const D102 = as<DeviceId>('PJSIP/102');

describeWith(['asterisk'], 'sipp operators and callers on a real exchange', () => {
  let asterisk: RunningAsterisk;
  let heard: ListeningExchange;
  let mark = 0;
  const running: RunningSipp[] = [];

  beforeAll(async () => {
    asterisk = await startAsterisk();
    heard = await listenTo(asterisk);
    const ami = await AmiRecorder.open(asterisk);
    for (const extension of ['102', '103']) {
      await ami.action({ Action: 'QueuePause', Interface: `PJSIP/${extension}`, Paused: 'true' });
    }
    ami.close();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.stop()));
    mark = heard.facts.length;
  });
  afterAll(async () => {
    await heard.close();
    await asterisk.stop();
  });

  const operator = async (extension: string, scenario: OperatorScenario): Promise<RunningSipp> => {
    const port = asterisk.telephonePort[extension] ?? 0;
    const started = await startSipp({
      xml: operatorXml(scenario),
      ip: '127.0.0.1',
      port,
      serverPort: asterisk.sipPort,
      calls: 1,
    });
    running.push(started);
    return started;
  };
  const caller = async (number: string, steps: readonly Step[]): Promise<RunningSipp> => {
    const started = await startSipp({
      xml: callerXml(number, steps),
      ip: TRUNK_IP,
      port: 0,
      serverPort: asterisk.sipPort,
      calls: 1,
      people: [[CLIENT_NUMBER, 'Иванов Пётр']],
    });
    running.push(started);
    return started;
  };
  const factTypes = (): string[] =>
    heard.facts
      .slice(mark)
      .map(({ type }) => type)
      .filter((type) => type.startsWith('call.'));

  test('[SYS] a queue call is answered, held, resumed, transferred blind and ended', async () => {
    const first = await operator('101', {
      ringMs: 200,
      outcome: 'answer',
      steps: [
        { do: 'wait', ms: 200 },
        { do: 'hold' },
        { do: 'wait', ms: 400 },
        { do: 'resume' },
        { do: 'wait', ms: 300 },
        { do: 'refer', number: '102' },
      ],
    });
    const second = await operator('102', {
      ringMs: 200,
      outcome: 'answer',
      steps: [{ do: 'wait', ms: 300 }, { do: 'bye' }],
    });
    const client = await caller(GENERAL, [{ do: 'awaitBye' }]);
    await heard.next('call.ended', undefined, mark);
    expect(await Promise.all([first.ended, second.ended, client.ended])).toEqual([0, 0, 0]);
    expect(heard.facts.find(({ type }) => type === 'call.started')).toMatchObject({
      client: { number: CLIENT_NUMBER, name: 'Иванов Пётр' },
    });
    expect(factTypes()).toEqual([
      'call.started',
      'call.queueEntered',
      'call.offered',
      'call.queueLeft',
      'call.answered',
      'call.held',
      'call.resumed',
      'call.transferred',
      'call.operatorLeft',
      'call.offered',
      'call.answered',
      'call.ended',
    ]);
    expect(await heard.next('call.transferred', undefined, mark)).toMatchObject({
      fromDevice: D101,
      target: { device: D102 },
    });
  });

  test('[SYS] a busy telephone, and one that rings unanswered', async () => {
    await operator('101', { ringMs: 100, outcome: 486, steps: [] });
    await caller(DIRECT_101, []);
    expect(await heard.next('call.offerEnded', undefined, mark)).toMatchObject({ device: D101, reason: 'busy' });
    await heard.next('call.ended', undefined, mark);
    await Promise.all(running.splice(0).map((each) => each.stop()));
    const again = heard.facts.length;
    await operator('101', { ringMs: 0, outcome: 'never', steps: [] });
    await caller(DIRECT_101, []);
    expect(await heard.next('call.offerEnded', undefined, again)).toMatchObject({ device: D101, reason: 'noAnswer' });
  });
});
