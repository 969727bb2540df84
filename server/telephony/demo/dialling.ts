import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { Core } from './core.ts';
import type { Channel, PartyId } from './model.ts';
import { isTrunk } from './site.ts';

export type DialStatus = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CANCEL' | 'CHANUNAVAIL';

/** Why a telephone does not take a call, as a Q.850 cause: busy (486), not there (480), rejected by its user (603). */
export type Refusal = 17 | 19 | 21;

/** One telephone that rings. */
export interface Attempt {
  readonly dialled: Channel;
  readonly startedAt: number;
  readonly answer: () => void;
  /** The telephone says busy (486), or its user pressed reject. */
  readonly refuse: (cause?: Refusal) => void;
  /** The caller gave up, or another was quicker. `cause` is that of the dialled channel. */
  readonly cancel: (cause: number) => void;
}

export interface DialRequest {
  readonly caller: Channel;
  /** `PJSIP/102`, or the trunk. */
  readonly device: string;
  /** The number dialled, in the city or the house. */
  readonly number: string;
  readonly timeoutMs: Milliseconds;
  readonly identity: PartyId | undefined;
  readonly context: string;
  /** The dialled channel exists; nothing has rung yet. */
  readonly onDialled: (dialled: Channel) => void;
  readonly onAnswer: (dialled: Channel) => void;
  readonly onFail: (status: Exclude<DialStatus, 'ANSWER' | 'CANCEL'>) => void;
}

/** What a telephone does when it is called. Asked at the moment at which it would ring. */
export type Willingness = 'rings' | 'busy' | 'gone';

/** `Dial()` and what a ringing telephone can do about it. */
export class Dialling {
  readonly attempts = new Map<string, Attempt>();
  readonly #core: Core;
  readonly #willing: (device: string, channel: Channel) => Willingness;
  readonly #onRinging: (dialled: Channel) => void;

  constructor(
    core: Core,
    parts: {
      readonly willing: (device: string, channel: Channel) => Willingness;
      /** A telephone, or a client's, has begun to ring: scripted ones decide now what they will do. */
      readonly onRinging: (dialled: Channel) => void;
    },
  ) {
    this.#core = core;
    this.#willing = parts.willing;
    this.#onRinging = parts.onRinging;
  }

  /** Rings one telephone for `caller`, with the events of `Dial()`. */
  dial(request: DialRequest): Attempt | undefined {
    const { board, devices } = this.#core;
    const { caller } = request;
    const dialled = this.#reach(request);
    board.tellDial('DialBegin', caller, dialled, { DialString: dialString(request) });
    board.setConnected(caller, dialled.caller);
    const willing = this.#willing(request.device, dialled);
    if (willing !== 'rings') {
      this.#refused(caller, dialled, willing === 'busy' ? 17 : 20);
      request.onFail(willing === 'busy' ? 'BUSY' : 'CHANUNAVAIL');
      return undefined;
    }
    board.setState(dialled, 5);
    board.tellDial('DialState', caller, dialled, { DialStatus: 'RINGING' });
    devices.refresh(dialled.device);
    devices.refresh(caller.device);
    return this.ring(dialled, {
      timeoutMs: request.timeoutMs,
      answer: () => {
        this.#answered(caller, dialled);
        request.onAnswer(dialled);
      },
      refuse: (cause) => {
        this.#refused(caller, dialled, cause);
        request.onFail(cause === 19 ? 'NOANSWER' : 'BUSY');
      },
      expire: () => {
        board.tellDial('DialEnd', caller, dialled, { DialStatus: 'NOANSWER' });
        board.hangUp(dialled, 0);
        request.onFail('NOANSWER');
      },
      cancel: (cause) => {
        board.tellDial('DialEnd', caller, dialled, { DialStatus: 'CANCEL' });
        board.hangUp(dialled, cause);
      },
    });
  }

  /** Keeps a ringing channel and its time. Whatever ends the ringing ends it once. */
  ring(
    dialled: Channel,
    ends: {
      readonly timeoutMs: Milliseconds;
      readonly answer: () => void;
      readonly refuse: (cause: Refusal) => void;
      readonly expire: () => void;
      readonly cancel: (cause: number) => void;
    },
  ): Attempt {
    let over = false;
    const end = (run: () => void) => () => {
      if (over) return;
      over = true;
      cancelTimer();
      this.attempts.delete(dialled.uniqueid);
      run();
    };
    const cancelTimer = this.#core.after(ends.timeoutMs, () => end(ends.expire)());
    const attempt: Attempt = {
      dialled,
      startedAt: this.#core.clock.now(),
      answer: end(ends.answer),
      refuse: (cause = 17) => end(() => ends.refuse(cause))(),
      cancel: (cause) => end(() => ends.cancel(cause))(),
    };
    this.attempts.set(dialled.uniqueid, attempt);
    dialled.program = { partyLeft: () => attempt.refuse() };
    this.#onRinging(dialled);
    return attempt;
  }

  #reach(request: DialRequest): Channel {
    const { board } = this.#core;
    const { caller } = request;
    const dialled = board.newChannel({
      device: request.device,
      state: 0,
      caller: request.identity,
      context: request.context,
      exten: 's',
      from: caller,
    });
    request.onDialled(dialled);
    dialled.exten = caller.exten;
    if (isTrunk(request.device)) {
      // The name is whatever the caller's line showed before, which is nothing or, after an originate, its caller id.
      dialled.caller = { number: request.number, name: caller.connected?.name ?? '' };
      dialled.connected = caller.caller;
      board.tell('NewCallerid', dialled, PRESENTATION);
      board.tell('NewConnectedLine', dialled);
    } else board.setConnected(dialled, caller.caller);
    return dialled;
  }

  #answered(caller: Channel, dialled: Channel): void {
    const { board, devices } = this.#core;
    board.setState(dialled, 6);
    board.tellDial('DialEnd', caller, dialled, { DialStatus: 'ANSWER' });
    devices.refresh(dialled.device);
    if (caller.state !== 6) {
      board.setState(caller, 6);
      devices.refresh(caller.device);
    }
    // `Dial()` empties the dialled channel's extension; `Queue()` does not.
    dialled.exten = '';
  }

  /** 20: the telephone is not registered. */
  #refused(caller: Channel, dialled: Channel, cause: Refusal | 20): void {
    const { board } = this.#core;
    if (dialled.isClient) dialled.endedBy ??= 'client';
    if (cause !== 20) board.requestHangup(dialled, cause);
    board.tellDial('DialEnd', caller, dialled, { DialStatus: DIAL_STATUS[cause] });
    board.hangUp(dialled, cause);
  }
}

const DIAL_STATUS: Readonly<Record<Refusal | 20, DialStatus>> = {
  17: 'BUSY',
  19: 'NOANSWER',
  20: 'CHANUNAVAIL',
  21: 'BUSY',
};
export const PRESENTATION = { 'CID-CallingPres': '0 (Presentation Allowed, Not Screened)' };
const dialString = ({ device, number }: DialRequest): string => (isTrunk(device) ? `${number}@trunk` : device.slice(6));
