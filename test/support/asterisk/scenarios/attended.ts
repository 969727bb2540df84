import type { PhoneCall } from '../../sip/phoneCall.ts';
import type { Stage } from '../stage.ts';
import { clientTalksTo101, over, atxfer, channelOf, DIRECT_101, type Scenario } from './dialling.ts';

type Extension = keyof Stage['phones'];

/** 101 holds the client, calls on a second line and talks there; `who` answers, if not whose number it is. */
const askOnSecondLine = async (stage: Stage, operator: PhoneCall, number: string, who: Extension = '102') => {
  await operator.hold();
  const consult = stage.phones['101'].dial(number);
  const second = await stage.phones[who].answerNext();
  await consult.answered.promise;
  await stage.talk(300);
  return { consult, second };
};
/** 101 holds two clients. */
const holdsTwoClients = async (stage: Stage) => {
  const { client, operator } = await clientTalksTo101(stage);
  await operator.hold();
  const caller = await stage.asterisk.addCaller('79201112233', 'Петрова Мария');
  const other = caller.dial(DIRECT_101);
  const second = await stage.phones['101'].answerNext();
  await stage.talk();
  await second.hold();
  return { client, operator, other, second, caller };
};
const dialOnNextLine = async (stage: Stage, who: Extension): Promise<readonly [ours: PhoneCall, theirs: PhoneCall]> => {
  const ours = stage.phones['101'].dial(who);
  const theirs = await stage.phones[who].answerNext();
  await ours.answered.promise;
  await stage.talk(300);
  return [ours, theirs];
};
/** The feature code for a consultation, then the number of 102. */
const askByKey = async (stage: Stage, operator: PhoneCall): Promise<void> => {
  await operator.keys('*2');
  await stage.talk(1_200);
  await operator.keys('102');
};

/** Transfers after a consultation: completed, returned, failed, cancelled. */
export const attended: readonly Scenario[] = [
  {
    name: 'attended-two-calls-completes',
    says: '101 holds, calls 102 on a second line, joins both by REFER with Replaces.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const { consult, second } = await askOnSecondLine(stage, operator, '102');
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
      const { consult, second } = await askOnSecondLine(stage, operator, '102');
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
      await askByKey(stage, operator);
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
    name: 'attended-key-before-answer',
    says: 'A consultation by key *2; 101 hangs up while 102 still rings; 102 answers the client.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await askByKey(stage, operator);
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
      await askByKey(stage, operator);
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
    name: 'attended-of-earlier-client',
    says: '101 holds two clients, calls 102 and joins them to the one who waits longer; then resumes the other.',
    play: async (stage) => {
      const { client, operator, other, second, caller } = await holdsTwoClients(stage);
      const [line, colleague] = await dialOnNextLine(stage, '102');
      await operator.referReplacing(line, '102');
      await stage.ami.event('AttendedTransfer');
      await stage.talk();
      await second.resume();
      await stage.talk();
      await colleague.bye();
      await other.bye();
      await over(stage, client, other, second, colleague);
      await caller.close();
    },
  },
  {
    name: 'attended-two-clients-crossed',
    says: '101 holds two clients and calls 102, then 104; joins the first client to 102, the second to 104.',
    play: async (stage) => {
      const { client, operator, other, second, caller } = await holdsTwoClients(stage);
      const [toFirst, first] = await dialOnNextLine(stage, '102');
      await toFirst.hold();
      const [toSecond, last] = await dialOnNextLine(stage, '104');
      await operator.referReplacing(toFirst, '102');
      await stage.ami.event('AttendedTransfer');
      await stage.talk();
      await second.referReplacing(toSecond, '104');
      await stage.ami.event('AttendedTransfer', { TransfereeCallerIDNum: '79201112233' });
      await stage.talk();
      await client.bye();
      await last.bye();
      await over(stage, client, other, first, last);
      await caller.close();
    },
  },
  {
    name: 'attended-second-choice',
    says: '101 holds the client and asks 102, then 104 as well; joins the client to 104, then ends with 102.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const { consult, second } = await askOnSecondLine(stage, operator, '102');
      await consult.hold();
      const [line, colleague] = await dialOnNextLine(stage, '104');
      await operator.referReplacing(line, '104');
      await stage.ami.event('AttendedTransfer');
      await stage.talk();
      await consult.bye();
      await client.bye();
      await over(stage, client, second, colleague);
    },
  },
  {
    name: 'consult-two-colleagues',
    says: '101 holds the client, asks 102, then 104 as well; goes back to 102, and then to the client.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      const { consult, second } = await askOnSecondLine(stage, operator, '102');
      await consult.hold();
      const [line, colleague] = await dialOnNextLine(stage, '104');
      await line.bye();
      await consult.resume();
      await stage.talk();
      await consult.bye();
      await operator.resume();
      await stage.talk();
      await client.bye();
      await over(stage, client, operator, second, colleague);
    },
  },
  {
    name: 'consult-queue-on-second-line',
    says: '101 holds, calls the queue 602 on a second line, where 104 answers, and joins both.',
    play: async (stage) => {
      const { client, operator } = await clientTalksTo101(stage);
      await stage.ami.action({ Action: 'QueuePause', Interface: 'PJSIP/103', Paused: 'true' });
      const { consult, second } = await askOnSecondLine(stage, operator, '602', '104');
      await operator.referReplacing(consult, '602');
      await stage.ami.event('AttendedTransfer');
      await stage.talk();
      await client.bye();
      await over(stage, client, second);
    },
  },
];
