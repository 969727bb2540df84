import type { Core } from './core.ts';
import type { Attempt, Dialling, DialStatus } from './dialling.ts';
import { clientIsWith } from './gate.ts';
import type { Channel, PartyId } from './model.ts';
import { isTrunk } from './site.ts';
import type { Talking } from './talking.ts';

/** `Dial()` as the dialplan uses it: whom it rings, what either side does meanwhile, and where the dialplan goes on. */
export class DialFlow {
  readonly #core: Core;
  readonly #dialling: Dialling;
  readonly #talking: Talking;
  readonly #identityOf: (device: string) => PartyId | undefined;
  readonly #survey: (client: Channel) => void;

  constructor(
    core: Core,
    parts: {
      readonly dialling: Dialling;
      readonly talking: Talking;
      readonly identityOf: (device: string) => PartyId | undefined;
      readonly survey: (client: Channel) => void;
    },
  ) {
    this.#core = core;
    this.#dialling = parts.dialling;
    this.#talking = parts.talking;
    this.#identityOf = parts.identityOf;
    this.#survey = parts.survey;
  }

  /** `Dial()`; `then` is where the dialplan goes on, also after the conversation. */
  dial(
    channel: Channel,
    device: string,
    number: string,
    place: { context: string; exten: string },
    then: (status: Exclude<DialStatus, 'CANCEL'>) => void,
  ): void {
    const { board, site } = this.#core;
    const timeoutMs = isTrunk(device) ? site.cityRingMs : site.ringMs;
    board.run(channel, { ...place, priority: 2 }, 'Dial', `${device},${timeoutMs / 1000},tkg`);
    let attempt: Attempt | undefined;
    let cancelled = false;
    const staff = isTrunk(device) ? channel.device : device;
    channel.program = {
      partyLeft: () => {
        cancelled = true;
        this.#callerLeft(channel, attempt, staff);
      },
    };
    attempt = this.#dialling.dial({
      caller: channel,
      device,
      number,
      timeoutMs,
      identity: this.#identityOf(device),
      context: isTrunk(device) ? 'from-trunk' : 'from-operators',
      onDialled: (dialled) => {
        if (!isTrunk(device) || board.clients.has(channel.conversation)) return;
        board.makeClient(dialled);
        dialled.variables.set('CLIENT_CHANNEL', dialled.name);
      },
      onAnswer: (dialled) => {
        this.#core.happened(channel, { type: 'answered', device: staff });
        clientIsWith(isTrunk(device) ? dialled : channel, staff);
        this.#talking.connect(channel, dialled, { afterwards: () => then('ANSWER') });
        // Option F of the call to the city: the client may be asked how it was served.
        if (isTrunk(device)) dialled.goesOn = () => this.#survey(dialled);
      },
      onFail: (status) => {
        if (cancelled) return;
        if (attempt !== undefined && !isTrunk(device))
          this.#core.happened(channel, { type: 'offerEnded', device, reason: status === 'BUSY' ? 'busy' : 'noAnswer' });
        channel.program = undefined;
        then(status);
      },
    });
    if (attempt !== undefined && !isTrunk(device)) this.#core.happened(channel, { type: 'offered', device });
  }

  /** Who dialled hangs up before anybody answered. */
  #callerLeft(channel: Channel, attempt: Attempt | undefined, staff: string): void {
    const { board } = this.#core;
    // An INVITE that is cancelled ends with 127 on both sides; an answered channel that dials ends with 16.
    const cause = channel.state === 6 || channel.device.startsWith('Local/') ? 16 : 127;
    channel.endedBy = channel.isClient ? 'client' : 'operator';
    board.requestHangup(channel, cause);
    if (attempt !== undefined) {
      attempt.dialled.endedBy = 'operator';
      if (!isTrunk(attempt.dialled.device))
        this.#core.happened(channel, { type: 'offerEnded', device: staff, reason: 'cancelled' });
      attempt.cancel(cause);
    }
    board.softHangup(channel);
    board.hangUp(channel, cause);
  }
}
