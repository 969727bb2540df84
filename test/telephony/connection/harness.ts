import pino from 'pino';
import { createAmiConnection } from '../../../server/telephony/connection/amiConnection.ts';
import type { AmiConnection, AmiPacket, AmiState } from '../../../server/telephony/connection/connection.ts';
import { openLibraryTransport } from '../../../server/telephony/connection/libraryTransport.ts';
import { openNetTransport } from '../../../server/telephony/connection/netTransport.ts';
import type { AmiConnectionOptions } from '../../../server/telephony/connection/options.ts';
import type { OpenTransport } from '../../../server/telephony/connection/transport.ts';
import { headerOf, type WirePacket } from '../../../server/telephony/connection/wire.ts';
import { FakeClock, flush } from '../../support/fakeClock.ts';
import { ScriptedAmi, type Script, type ScriptedAmiOptions } from '../../support/scriptedAmi.ts';
import { PATIENCE_MS } from '../../support/eventually.ts';

/** Every inside of the connection; the contract suites run over each. */
export const TRANSPORTS: readonly (readonly [string, OpenTransport])[] = [
  ['the library', openLibraryTransport],
  ['the own transport', openNetTransport()],
];

export const TOKEN = 'dialplan-token';
export const SECRET = 'hush-hush';

/** Waits for real I/O by turning the event loop: no sleep. Fails with `what` when it takes unreasonably long. */
export const until = async (what: string, ready: () => boolean): Promise<void> => {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!ready()) {
    if (performance.now() > giveUpAt) throw new Error(`it never came to be: ${what}`);
    await flush(1);
  }
};

/** A connection, its peer and all that it told. */
export class Rig {
  readonly ami: ScriptedAmi;
  readonly clock = new FakeClock();
  readonly connection: AmiConnection;
  readonly packets: AmiPacket[] = [];
  readonly batches: number[] = [];
  readonly states: AmiState[] = [];
  /** All that was logged, as text. */
  log = '';
  /** Runs in `onPackets`, after the packets were noted. */
  onPackets: (batch: readonly AmiPacket[]) => void = () => undefined;
  onState: (state: AmiState) => void = () => undefined;

  constructor(ami: ScriptedAmi, options: Partial<AmiConnectionOptions> = {}) {
    this.ami = ami;
    this.connection = createAmiConnection({
      host: '127.0.0.1',
      port: ami.port,
      username: 'crm',
      secret: SECRET,
      userEventToken: TOKEN,
      clock: this.clock,
      random: () => 0.5,
      log: pino({ level: 'trace' }, { write: (line: string) => (this.log += line) }),
      ...options,
    });
  }

  start(): void {
    this.connection.start({
      onPackets: (batch) => {
        this.packets.push(...batch);
        this.batches.push(batch.length);
        this.onPackets(batch);
      },
      onState: (state) => {
        this.states.push(state);
        this.onState(state);
      },
    });
  }

  get status(): AmiState['status'] {
    return this.connection.state.status;
  }

  /** Names of the events told, in order. */
  get events(): string[] {
    return this.packets.map((packet) => packet['event'] ?? '');
  }

  async up(): Promise<void> {
    await until('up', () => this.status === 'up');
  }

  async stop(): Promise<void> {
    await this.connection.stop();
    await this.ami.close();
  }
}

/** A rig that is up. */
export const rigUp = async (
  options: Partial<AmiConnectionOptions> = {},
  peer: ScriptedAmiOptions = {},
): Promise<Rig> => {
  const rig = new Rig(await ScriptedAmi.listen(peer), options);
  rig.start();
  await rig.up();
  return rig;
};

/** The text of an event of one channel, as Asterisk 22 writes it. */
export const channelEvent = (
  event: string,
  sequence: number,
  extra: Record<string, string> = {},
): Record<string, string> => ({
  Event: event,
  Privilege: 'call,all',
  Channel: `PJSIP/101-${sequence.toString(16).padStart(8, '0')}`,
  ChannelState: '6',
  ChannelStateDesc: 'Up',
  CallerIDNum: '+79065550101',
  CallerIDName: 'Иванов: Пётр',
  ConnectedLineNum: '<unknown>',
  ConnectedLineName: '<unknown>',
  Language: 'ru',
  AccountCode: '',
  Context: 'operators',
  Exten: '101',
  Priority: '1',
  Uniqueid: `1795500000.${String(sequence)}`,
  Linkedid: '1795500000.10',
  ...extra,
});

/** Answers any action with success. */
export const ok: Script = (action, client) => client.answer(action, { Response: 'Success', Message: 'Done' });
/** What a promise is rejected with. */
export const fault = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no fault',
    (error: unknown) => error,
  );
export const idOf = (action: WirePacket | undefined): string => headerOf(action ?? [], 'ActionID') ?? '';
