import { GENERAL, KINDERGARTENS, EXAMS, onlyMember, clientTalksTo101, over, type Scenario } from './dialling.ts';

/** Calls of a queue: answered, not answered, given up. */
export const queued: readonly Scenario[] = [
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
];
