import type { PhoneCall } from '../../sip/phoneCall.ts';
import type { Stage } from '../stage.ts';
import { clientTalksTo101, over, atxfer, channelOf, type Scenario } from './dialling.ts';

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
