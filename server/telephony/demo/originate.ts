import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { Core } from './core.ts';
import { PRESENTATION, type Dialling, type Willingness } from './dialling.ts';
import type { Dialplan } from './dialplan.ts';
import { channelHeaders } from './headers.ts';
import type { Channel, PartyId } from './model.ts';
import { isCityNumber } from './site.ts';

export interface OriginateRequest {
  readonly device: string;
  readonly context: string;
  readonly number: string;
  readonly application: string;
  readonly data: string;
  readonly callerId: PartyId | undefined;
  readonly timeoutMs: Milliseconds;
  readonly uniqueid: string | undefined;
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** How it went: the channel and Asterisk's reason number. */
  readonly done: (outcome: { channel: Channel | undefined; reason: number }) => void;
}

type SpyMode = 'listen' | 'whisper' | 'join';

/** Calls that AMI begins: a telephone rings, and once it is lifted it runs an extension or listens to another. */
export class Originating {
  readonly #core: Core;
  readonly #dialling: Dialling;
  readonly #dialplan: Dialplan;
  readonly #willing: (device: string, channel: Channel) => Willingness;
  readonly #identityOf: (device: string) => PartyId | undefined;
  readonly #spied = new Map<Channel, Channel>();

  constructor(
    core: Core,
    dialling: Dialling,
    dialplan: Dialplan,
    willing: (device: string, channel: Channel) => Willingness,
    identityOf: (device: string) => PartyId | undefined,
  ) {
    this.#core = core;
    this.#dialling = dialling;
    this.#dialplan = dialplan;
    this.#willing = willing;
    this.#identityOf = identityOf;
  }

  begin(request: OriginateRequest): void {
    const { board, devices, site } = this.#core;
    if (!site.telephones.some((each) => each.device === request.device)) {
      request.done({ channel: undefined, reason: 0 });
      return;
    }
    const channel = board.newChannel({
      device: request.device,
      state: 0,
      caller: this.#identityOf(request.device),
      context: 'from-operators',
      exten: 's',
      uniqueid: request.uniqueid,
    });
    for (const [name, value] of request.variables) board.setVariable(channel, name, value);
    if (request.callerId !== undefined) {
      channel.caller = request.callerId;
      board.tell('NewCallerid', channel, PRESENTATION);
      board.setConnected(channel, request.callerId);
    }
    board.tellDial('DialBegin', undefined, channel, { DialString: request.device.replace('PJSIP/', '') });
    const willing = this.#willing(request.device, channel);
    if (willing !== 'rings') {
      this.#refused(channel, request, willing === 'busy' ? 17 : 20);
      return;
    }
    board.setState(channel, 5);
    board.tellDial('DialState', undefined, channel, { DialStatus: 'RINGING' });
    this.#dialling.ring(channel, {
      timeoutMs: request.timeoutMs,
      answer: () => this.#answered(channel, request),
      refuse: (cause) => this.#refused(channel, request, cause),
      expire: () => {
        request.done({ channel: undefined, reason: 3 });
        board.hangUp(channel, 19);
      },
      cancel: (cause) => {
        request.done({ channel: undefined, reason: 0 });
        board.hangUp(channel, cause);
      },
    });
    devices.refresh(request.device);
  }

  #answered(channel: Channel, request: OriginateRequest): void {
    const { board, devices } = this.#core;
    request.done({ channel, reason: 4 });
    board.setState(channel, 6);
    board.tellDial('DialEnd', undefined, channel, { DialStatus: 'ANSWER' });
    devices.refresh(channel.device);
    channel.program = undefined;
    if (request.application === 'ChanSpy') this.#spyBy(channel, request.data);
    else if (request.context === 'listening') this.#listening(channel, request.number);
    else {
      this.#started(channel, request);
      Object.assign(channel, { context: request.context, exten: request.number });
      if (!this.#dialplan.run(channel, request.context, request.number)) this.#dialplan.finish(channel);
    }
  }
  #started(channel: Channel, { number, device }: OriginateRequest): void {
    const toCity = isCityNumber(number);
    if (!toCity) this.#core.board.makeClient(channel);
    this.#core.happened(channel, {
      type: 'started',
      direction: toCity ? 'outbound' : 'internal',
      number: toCity ? number : (channel.caller?.number ?? ''),
      dialled: number,
      device,
    });
  }
  #refused(channel: Channel, request: OriginateRequest, cause: number): void {
    const { board } = this.#core;
    if (cause !== 20) board.requestHangup(channel, cause);
    board.tellDial('DialEnd', undefined, channel, { DialStatus: cause === 20 ? 'CHANUNAVAIL' : 'BUSY' });
    request.done({ channel: undefined, reason: 0 });
    board.hangUp(channel, cause);
  }

  /** Context `listening` of the shipped dialplan. */
  #listening(channel: Channel, mode: string): void {
    const device = (channel.variables.get('SPY_DEVICE') ?? '').replace(/[^0-9A-Za-z/_.@]/g, '');
    const Token = this.#core.globals.get('EVENT_TOKEN') ?? '';
    Object.assign(channel, { context: 'listening', exten: 'spy', priority: 2 });
    this.#core.board.tell('UserEvent', channel, {
      UserEvent: 'ListeningWanted',
      Token,
      Mode: (channel.variables.get('SPY_MODE') ?? '').replace(/[^a-z]/g, ''),
      Device: device,
    });
    if (['listen', 'whisper', 'join'].includes(mode))
      this.#spy(channel, device, mode as SpyMode, () => this.#core.board.softHangup(channel));
    else this.#dialplan.finish(channel);
  }
  /** `ChanSpy(PJSIP/101-,qE)`; without letters it listens, with `w` it whispers, with `B` both hear. */
  #spyBy(channel: Channel, data: string): void {
    const [prefix = '', flags = ''] = data.split(',');
    const mode = flags.includes('B') ? 'join' : flags.includes('w') ? 'whisper' : 'listen';
    this.#spy(channel, prefix.split('-')[0] ?? '', mode, () => undefined);
  }

  /** The channel on which this one listens. */
  spiedBy(spyer: Channel): Channel | undefined {
    return this.#spied.get(spyer);
  }
  /** `end`: what the dialplan, if there is one behind it, tells before the telephone is hung up. */
  #spy(spyer: Channel, device: string, mode: SpyMode, end: () => void): void {
    const { board, emit } = this.#core;
    const spyee = board.of(device).find((each) => each.bridge !== undefined);
    spyer.application = 'ChanSpy';
    spyer.applicationData = `${device}-,${mode}`;
    if (spyee === undefined) {
      // Asterisk waits for a call of that telephone; with option E it goes when there is none.
      this.#dialplan.finish(spyer);
      return;
    }
    const both = () => ({ ...channelHeaders(spyer, 'Spyer'), ...channelHeaders(spyee, 'Spyee') });
    emit('ChanSpyStart', both);
    this.#spied.set(spyer, spyee);
    const before = spyee.onGone;
    const stop = (): void => {
      emit('ChanSpyStop', both);
      this.#spied.delete(spyer);
      spyee.onGone = before;
      spyer.program = undefined;
      end();
    };
    spyer.program = {
      partyLeft: () => {
        board.requestHangup(spyer);
        stop();
        board.hangUp(spyer, 0);
      },
    };
    spyee.onGone = (cause) => {
      stop();
      board.hangUp(spyer, 0);
      before?.(cause);
    };
  }
}
