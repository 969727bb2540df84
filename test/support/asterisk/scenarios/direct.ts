import { DIRECT_101, CLIENT_NUMBER, over, originate, type Scenario } from './dialling.ts';

/** Calls without a queue: to one operator, between operators, to a client. */
export const direct: readonly Scenario[] = [
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
    name: 'outbound-dialled-busy',
    says: '101 dials a client, who is busy.',
    play: async (stage) => {
      const operator = stage.phones['101'].dial(CLIENT_NUMBER);
      (await stage.phones.city.nextCall()).reject(486, 'Busy Here');
      await over(stage, operator);
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
