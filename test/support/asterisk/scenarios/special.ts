import { DIRECT_101, clientTalksTo101, over, channelOf, type Scenario } from './dialling.ts';

/** Parking, a second call, listening, recording, a restart of the exchange. */
export const special: readonly Scenario[] = [
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
];
