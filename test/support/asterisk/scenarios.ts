import type { Stage } from './stage.ts';
import type { PhoneCall } from '../sip/phoneCall.ts';

/** The organisation's numbers in the shipped site/numbers.conf. */
export const GENERAL = '84712000000';
export const KINDERGARTENS = '84712000001';
export const DIRECT_101 = '84712000101';
export const EXAMS = '84712000002';
export const CLIENT_NUMBER = '79065550101';

export interface Scenario {
  readonly name: string;
  readonly says: string;
  /** Values of site/globals.conf for this scenario. */
  readonly globals?: Readonly<Record<string, string>>;
  play(stage: Stage): Promise<void>;
}

/** In `general-questions` the order of ringing is up to the exchange: only one member is left in it. */
export const onlyMember = async (stage: Stage, extension: string): Promise<void> => {
  for (const other of ['101', '102', '103'].filter((one) => one !== extension)) {
    await stage.ami.action({ Action: 'QueuePause', Interface: `PJSIP/${other}`, Paused: 'true', Reason: 'перерыв' });
  }
};
export const allMembers = async (stage: Stage): Promise<void> => {
  for (const one of ['101', '102', '103']) {
    await stage.ami.action({ Action: 'QueuePause', Interface: `PJSIP/${one}`, Paused: 'false' });
  }
};

const clientTalksTo101 = async (stage: Stage): Promise<{ client: PhoneCall; operator: PhoneCall }> => {
  await onlyMember(stage, '101');
  const client = stage.client.dial(GENERAL);
  const operator = await stage.phones['101'].answerNext();
  await client.answered.promise;
  await stage.talk();
  return { client, operator };
};
const over = async (stage: Stage, ...calls: PhoneCall[]): Promise<void> => {
  await Promise.all(calls.map((call) => call.ended.promise));
  await stage.talk(300);
  await allMembers(stage);
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'queue-held-client-hangs-up',
    says: 'A queue call is answered, held, resumed, and the client hangs up.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.hold();
      await stage.ami.event('Hold');
      await stage.talk(400);
      await operator.resume();
      await stage.ami.event('Unhold');
      await stage.talk();
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'queue-operator-hangs-up',
    says: 'A queue call is answered and the operator hangs up.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'ring-no-answer-then-other',
    says: 'The first telephone rings unanswered (101 for the queue), then 102 answers.',
    play: async (stage) => {
      await onlyMember(stage, '101');
      const client = stage.client.dial(GENERAL);
      const lost = await stage.phones['101'].nextCall();
      await stage.ami.action({ Action: 'QueuePause', Interface: 'PJSIP/102', Paused: 'false' });
      lost.reject(480, 'Temporarily Unavailable');
      await stage.ami.action({ Action: 'QueuePause', Interface: 'PJSIP/101', Paused: 'true' });
      const operator = await stage.phones['102'].answerNext();
      await client.answered.promise;
      await stage.talk();
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'ring-timeout-in-queue',
    says: 'The telephone rings until the queue gives up on it; the second ring is answered.',
    play: async (stage) => {
      await onlyMember(stage, '101');
      const client = stage.client.dial(KINDERGARTENS);
      await stage.ami.action({ Action: 'QueuePause', Interface: 'PJSIP/103', Paused: 'true' });
      const lost = await stage.phones['104'].nextCall();
      await lost.ended.promise;
      const operator = await stage.phones['104'].answerNext();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'abandoned-in-queue',
    says: 'The client waits in the queue while everybody is paused, and hangs up.',
    play: async (stage) => {
      await onlyMember(stage, 'nobody');
      const client = stage.client.dial(GENERAL);
      await stage.ami.event('QueueCallerJoin');
      await stage.talk(500);
      await client.bye();
      await over(stage, client);
    },
  },
  {
    name: 'abandoned-while-ringing',
    says: 'The client hangs up while an operator’s telephone rings.',
    play: async (stage) => {
      await onlyMember(stage, '101');
      const client = stage.client.dial(GENERAL);
      const operator = await stage.phones['101'].nextCall();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'direct-call',
    says: 'A client calls an operator’s own number; the operator answers and hangs up.',
    play: async (stage) => {
      const client = stage.client.dial(DIRECT_101);
      const operator = await stage.phones['101'].answerNext();
      await client.answered.promise;
      await stage.talk();
      await operator.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'direct-call-busy',
    says: 'A client calls an operator’s own number; the telephone refuses as busy.',
    play: async (stage) => {
      const client = stage.client.dial(DIRECT_101);
      (await stage.phones['101'].nextCall()).reject(486, 'Busy Here');
      await over(stage, client);
    },
  },
  {
    name: 'internal-call',
    says: '101 calls 102; they talk, 102 holds and resumes, 101 hangs up.',
    play: async (stage) => {
      const caller = stage.phones['101'].dial('102');
      const called = await stage.phones['102'].answerNext();
      await caller.answered.promise;
      await stage.talk();
      await called.hold();
      await stage.talk();
      await called.resume();
      await stage.talk();
      await caller.bye();
      await over(stage, caller, called);
    },
  },
  {
    name: 'outbound-dialled',
    says: '101 dials a client from the telephone; the client answers, talks and hangs up.',
    play: async (stage) => {
      const operator = stage.phones['101'].dial(CLIENT_NUMBER);
      const client = await stage.phones.city.answerNext();
      await operator.answered.promise;
      await stage.talk();
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'outbound-originated',
    says: 'The product originates: 101’s telephone first, then the client; the operator hangs up.',
    play: async (stage) => {
      await originate(stage, 'k1-promise-7');
      const operator = await stage.phones['101'].answerNext();
      const client = await stage.phones.city.answerNext();
      await stage.ami.event('BridgeEnter', { Channel: /^PJSIP\/trunk/ });
      await stage.talk();
      await operator.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'outbound-originated-refused',
    says: 'The product originates; the client is busy.',
    play: async (stage) => {
      await originate(stage, 'k2-promise-8');
      const operator = await stage.phones['101'].answerNext();
      (await stage.phones.city.nextCall()).reject(486, 'Busy Here');
      await over(stage, operator);
    },
  },
  {
    name: 'outbound-originated-not-taken',
    says: 'The product originates; the operator’s telephone does not answer.',
    play: async (stage) => {
      await originate(stage, 'k3-promise-9');
      const operator = await stage.phones['101'].nextCall();
      await stage.ami.event('OriginateResponse');
      await over(stage, operator);
    },
  },
  {
    name: 'blind-transfer-refer',
    says: '101 holds and transfers blind by REFER to 102, who answers; the client hangs up.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.hold();
      await operator.refer('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'blind-transfer-unanswered',
    says: '101 transfers blind to 102, who does not answer: the client comes back to 101.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.refer('102');
      const second = await stage.phones['102'].nextCall();
      const back = await stage.phones['101'].answerNext();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second, back);
    },
  },
  {
    name: 'blind-transfer-key',
    says: '101 transfers blind by key #1 to 102.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.keys('#1');
      await stage.talk(1_200);
      await operator.keys('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk();
      await second.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'blind-transfer-ami',
    says: 'The product transfers blind by AMI.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const channel = await channelOf(stage, 'PJSIP/101');
      await stage.ami.action({ Action: 'BlindTransfer', Channel: channel, Context: 'transfer-gate', Exten: '102' });
      const second = await stage.phones['102'].answerNext();
      await stage.talk();
      await second.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'blind-transfer-to-queue',
    says: '101 transfers blind to the queue `kindergartens` (602), where 104 answers.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.refer('602');
      const second = await Promise.race([stage.phones['104'].answerNext(), stage.phones['103'].answerNext()]);
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'third-transfer-refused',
    says: 'Two blind transfers pass; the gate refuses the third and gives the client back to 103.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.refer('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk();
      await second.refer('103');
      const third = await stage.phones['103'].answerNext();
      await stage.talk();
      await third.refer('104');
      const back = await stage.phones['103'].answerNext();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second, third, back);
    },
  },
  {
    name: 'attended-two-calls-completes',
    says: '101 holds, calls 102 on a second line, joins both by REFER with Replaces.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.hold();
      const consult = stage.phones['101'].dial('102');
      const second = await stage.phones['102'].answerNext();
      await consult.answered.promise;
      await stage.talk(300);
      await operator.referReplacing(consult, '102');
      await stage.ami.event('AttendedTransfer');
      await stage.talk();
      await client.bye();
      await over(stage, client, second);
    },
  },
  {
    name: 'attended-two-calls-returns',
    says: '101 holds, calls 102 on a second line, ends that and resumes the client.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.hold();
      const consult = stage.phones['101'].dial('102');
      const second = await stage.phones['102'].answerNext();
      await consult.answered.promise;
      await stage.talk(300);
      await consult.bye();
      await operator.resume();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'attended-two-calls-fails',
    says: '101 holds and calls 102 on a second line, who is busy; 101 resumes the client.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.hold();
      const consult = stage.phones['101'].dial('102');
      (await stage.phones['102'].nextCall()).reject(486, 'Busy Here');
      await consult.ended.promise;
      await operator.resume();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'attended-ami-completes',
    says: 'A consultation by AMI Atxfer; 101 hangs up and so completes the transfer.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await atxfer(stage, '102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk(600);
      await operator.bye();
      await stage.ami.event('AttendedTransfer');
      await stage.talk(600);
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'attended-key-returns',
    says: 'A consultation by key *2; 102 hangs up and the client comes back to 101.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.keys('*2');
      await stage.talk(1_200);
      await operator.keys('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk(600);
      await second.bye();
      await stage.talk(1_500);
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'attended-ami-fails',
    says: 'A consultation by AMI with 102, who is busy: the client comes back to 101.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await atxfer(stage, '102');
      (await stage.phones['102'].nextCall()).reject(486, 'Busy Here');
      await stage.talk(2_500);
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'attended-ami-cancelled',
    says: 'A consultation by AMI that the product cancels while 102 rings.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await atxfer(stage, '102');
      const second = await stage.phones['102'].nextCall();
      await stage.talk(300);
      await stage.ami.action({ Action: 'CancelAtxfer', Channel: await channelOf(stage, 'PJSIP/101') });
      await stage.talk(1_500);
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'attended-third-refused',
    says: 'Two transfers are used up; the gate refuses the consultation itself.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const trunk = await channelOf(stage, 'PJSIP/trunk');
      await stage.ami.action({ Action: 'Setvar', Channel: trunk, Variable: 'SHARED(GATE_BEFORE)', Value: '2' });
      await atxfer(stage, '102');
      await stage.ami.event('UserEvent', { UserEvent: 'TransferRefused' });
      await stage.talk(9_000);
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'parked',
    says: '101 parks the client by REFER to 700; 102 takes the client from the space.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.refer('700');
      const parked = await stage.ami.event('ParkedCall');
      await operator.bye();
      await stage.talk(400);
      const second = stage.phones['102'].dial(parked['ParkingSpace'] ?? '701');
      await second.answered.promise;
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'call-waiting',
    says: 'While 101 talks to one client, a second rings on the same telephone; 101 holds the first and answers.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const other = await stage.asterisk.addCaller('79201112233', 'Петрова Мария');
      const waiting = other.dial(DIRECT_101);
      const second = await stage.phones['101'].nextCall();
      await stage.talk();
      await operator.hold();
      await second.answer();
      await stage.talk();
      await second.bye();
      await operator.resume();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, waiting, second);
      await other.close();
    },
  },
  {
    name: 'client-hangs-up-held',
    says: 'The client hangs up while on hold.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.hold();
      await stage.talk(500);
      await client.bye();
      await over(stage, client, operator);
    },
  },
  {
    name: 'listening',
    says: 'A supervisor’s telephone listens to 101 by ChanSpy.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await stage.ami.action({
        Action: 'Originate',
        Channel: 'PJSIP/190',
        Context: 'listening',
        Exten: 'listen',
        Priority: '1',
        Async: 'true',
        CallerID: '"Прослушивание" <101>',
        Variable: 'SPY_DEVICE=PJSIP/101,SPY_MODE=listen',
      });
      const ear = await stage.phones['190'].answerNext();
      await stage.ami.event('ChanSpyStart');
      await stage.talk(300);
      await ear.bye();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, ear);
    },
  },
  {
    name: 'two-queues',
    says: 'Two clients in two queues at the same moment.',
    play: async (stage) => {
      await onlyMember(stage, '101');
      const other = await stage.asterisk.addCaller('79201112233', 'Петрова Мария');
      const first = stage.client.dial(GENERAL);
      const second = other.dial(EXAMS);
      const operator = await stage.phones['101'].answerNext();
      const operator4 = await stage.phones['104'].answerNext();
      await stage.talk();
      await first.bye();
      await operator4.bye();
      await over(stage, first, second, operator, operator4);
      await other.close();
    },
  },
  {
    name: 'attended-key-before-answer',
    says: 'A consultation by key *2; 101 hangs up while 102 still rings; 102 answers the client.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.keys('*2');
      await stage.talk(1_200);
      await operator.keys('102');
      const second = await stage.phones['102'].nextCall();
      await stage.talk(300);
      await operator.bye();
      await stage.talk(300);
      await second.answer();
      await stage.talk(600);
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'attended-key-three-way',
    says: 'A consultation by key *2, then *3 brings all three together; 101 leaves.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await operator.keys('*2');
      await stage.talk(1_200);
      await operator.keys('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk(500);
      await operator.keys('*3');
      await stage.talk(600);
      await operator.bye();
      await stage.talk(400);
      await client.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'consult-queue-on-second-line',
    says: '101 holds, calls the queue 602 on a second line, where 104 answers, and joins both.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await stage.ami.action({ Action: 'QueuePause', Interface: 'PJSIP/103', Paused: 'true' });
      await operator.hold();
      const consult = stage.phones['101'].dial('602');
      const second = await stage.phones['104'].answerNext();
      await consult.answered.promise;
      await stage.talk(300);
      await operator.referReplacing(consult, '602');
      await stage.ami.event('AttendedTransfer');
      await stage.talk();
      await client.bye();
      await over(stage, client, second);
    },
  },
  {
    name: 'outbound-transferred',
    says: '101 dials a client and transfers blind to 102, who hangs up.',
    play: async (stage) => {
      const operator = stage.phones['101'].dial(CLIENT_NUMBER);
      const client = await stage.phones.city.answerNext();
      await operator.answered.promise;
      await stage.talk();
      await operator.refer('102');
      const second = await stage.phones['102'].answerNext();
      await stage.talk();
      await second.bye();
      await over(stage, client, operator, second);
    },
  },
  {
    name: 'outbound-dialled-busy',
    says: '101 dials a client, who is busy.',
    play: async (stage) => {
      const operator = stage.phones['101'].dial(CLIENT_NUMBER);
      (await stage.phones.city.nextCall()).reject(486, 'Busy Here');
      await over(stage, operator);
    },
  },
  {
    name: 'internal-caller-transfers',
    says: '101 calls 102 and, as the caller, transfers 102 blind to 103.',
    play: async (stage) => {
      const caller = stage.phones['101'].dial('102');
      const called = await stage.phones['102'].answerNext();
      await caller.answered.promise;
      await stage.talk();
      await caller.refer('103');
      const third = await stage.phones['103'].answerNext();
      await stage.talk();
      await third.bye();
      await over(stage, caller, called, third);
    },
  },
  {
    name: 'recorded-and-surveyed',
    says: 'The exchange records; the operator hangs up and the client answers a survey of one question.',
    globals: { RECORD_CALLS: 'yes', SURVEY_PROMPTS: 'beep' },
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const trunk = await channelOf(stage, 'PJSIP/trunk');
      await stage.ami.action({ Action: 'Setvar', Channel: trunk, Variable: 'SURVEY_WANTED', Value: 'yes' });
      await operator.bye();
      await stage.talk(700);
      await client.keys('5');
      await over(stage, client, operator);
    },
  },
  {
    name: 'exchange-restarts-mid-call',
    says: 'The exchange crashes while two talk; a new one comes up with nothing of the old.',
    play: async (stage) => {
      const { operator } = await clientTalksTo101(stage);
      await operator.hold();
      await stage.talk(300);
      await stage.asterisk.kill();
      await stage.asterisk.start();
      await stage.ami.reopen(stage.asterisk);
      await stage.ami.action({ Action: 'CoreShowChannels' });
      await stage.talk(300);
    },
  },
  {
    name: 'local-channel-optimised',
    says: 'A call to 102 through a Local channel, which the exchange optimises away.',
    play: async (stage) => {
      await stage.ami.action({
        Action: 'Originate',
        Channel: 'Local/102@from-operators',
        Context: 'from-operators',
        Exten: '103',
        Priority: '1',
        Async: 'true',
        CallerID: '"Справка" <100>',
      });
      const first = await stage.phones['102'].answerNext();
      const second = await stage.phones['103'].answerNext();
      await stage.talk(700);
      await second.bye();
      await over(stage, first, second);
    },
  },
];

const originate = (stage: Stage, token: string): Promise<unknown> =>
  stage.ami.action({
    Action: 'Originate',
    Channel: 'PJSIP/101',
    ChannelId: `tr-${token}`,
    Context: 'from-operators',
    Exten: CLIENT_NUMBER,
    Priority: '1',
    Timeout: '3000',
    Async: 'true',
    CallerID: '"Министерство" <84712000000>',
  });
const atxfer = async (stage: Stage, number: string): Promise<unknown> =>
  stage.ami.action({
    Action: 'Atxfer',
    Channel: await channelOf(stage, 'PJSIP/101'),
    Context: 'transfer-gate',
    Exten: number,
  });

/** The newest channel of a device, as the exchange's own list names it. */
export const channelOf = async (stage: Stage, device: string): Promise<string> => {
  const mark = stage.ami.mark;
  await stage.ami.action({ Action: 'CoreShowChannels' });
  const found = await stage.ami.event('CoreShowChannel', { Channel: new RegExp(`^${device}-`) }, mark);
  return found['Channel'] ?? '';
};
