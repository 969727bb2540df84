import type { Stage } from '../stage.ts';
import type { PhoneCall } from '../../sip/phoneCall.ts';

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

export const clientTalksTo101 = async (stage: Stage): Promise<{ client: PhoneCall; operator: PhoneCall }> => {
  await onlyMember(stage, '101');
  const client = stage.client.dial(GENERAL);
  const operator = await stage.phones['101'].answerNext();
  await client.answered.promise;
  await stage.talk();
  return { client, operator };
};
export const over = async (stage: Stage, ...calls: PhoneCall[]): Promise<void> => {
  await Promise.all(calls.map((call) => call.ended.promise));
  await stage.talk(300);
  await allMembers(stage);
};

export const originate = (stage: Stage, token: string): Promise<unknown> =>
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
export const atxfer = async (stage: Stage, number: string): Promise<unknown> =>
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
