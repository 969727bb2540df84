import { CLIENT_NUMBER, clientTalksTo101, over, channelOf, type Scenario } from './dialling.ts';

/** Transfers at once, and the gate that counts them. */
export const blind: readonly Scenario[] = [
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
];
