import type { SipPhone } from '../sip/sipPhone.ts';
import { AmiRecorder } from './amiRecorder.ts';
import { startAsterisk, type AsteriskOptions, type RunningAsterisk } from './startAsterisk.ts';

export const EVENT_TOKEN = 'rig-token';

/** An exchange, its telephones and an open ear: what every scenario plays on. */
export interface Stage {
  readonly asterisk: RunningAsterisk;
  readonly ami: AmiRecorder;
  readonly phones: Readonly<Record<'101' | '102' | '103' | '104' | '190' | 'city', SipPhone>>;
  readonly client: SipPhone;
  /** A moment in which the exchange may do what nobody waits for: a scenario needs talk to have a length. */
  talk(ms?: number): Promise<void>;
  close(): Promise<void>;
}

export const openStage = async (options: AsteriskOptions = {}): Promise<Stage> => {
  const asterisk = await startAsterisk(options);
  const ami = await AmiRecorder.open(asterisk);
  await ami.action({ Action: 'Setvar', Variable: 'EVENT_TOKEN', Value: EVENT_TOKEN });
  const phones = {
    '101': await asterisk.addTelephone('101'),
    '102': await asterisk.addTelephone('102'),
    '103': await asterisk.addTelephone('103'),
    '104': await asterisk.addTelephone('104'),
    '190': await asterisk.addTelephone('190'),
    city: await asterisk.addCity(),
  };
  const client = await asterisk.addCaller();
  return {
    asterisk,
    ami,
    phones,
    client,
    talk: (ms = 150) => new Promise((resolve) => setTimeout(resolve, ms)),
    close: async () => {
      ami.close();
      await asterisk.stop();
    },
  };
};
