import type { Core } from './core.ts';
import { secondsBetween } from './core.ts';
import { channelHeaders } from './headers.ts';
import type { Bridge, Channel } from './model.ts';
import type { Talking } from './talking.ts';

interface Parked {
  readonly channel: Channel;
  readonly space: string;
  readonly parker: string;
  readonly parkedAt: number;
  cancel: () => void;
}

/** The parking lot: clients who wait to be fetched from any telephone, and come back to their operator in time. */
export class Parking {
  readonly #core: Core;
  readonly #spaces = new Map<string, Parked>();
  #bridge: Bridge | undefined;
  #comeBack: (channel: Channel, device: string) => void = () => undefined;

  constructor(core: Core) {
    this.#core = core;
  }

  /** What happens to a client whose time is over: the dialplan rings the operator who parked. */
  onTimeout(comeBack: (channel: Channel, device: string) => void): void {
    this.#comeBack = comeBack;
  }
  has(number: string): boolean {
    return this.#spaces.has(number);
  }
  reset(): void {
    this.#spaces.clear();
    this.#bridge = undefined;
  }

  /** `Park()` in the dialplan, or AMI's `Park`. `full`: every space is taken. */
  park(channel: Channel, parkerChannel: string, full: () => void): void {
    if (this.reserve(channel, parkerChannel)) this.enter(channel);
    else full();
  }
  /** Finds a space and tells it. False when all are taken. */
  reserve(channel: Channel, parkerChannel: string): boolean {
    const space = this.#freeSpace();
    if (space === undefined) return false;
    const parker = parkerChannel.split('-')[0] ?? '';
    const parked: Parked = { channel, space, parker, parkedAt: this.#core.clock.now(), cancel: () => undefined };
    this.#spaces.set(space, parked);
    this.#tell('ParkedCall', parked);
    return true;
  }
  /** The client waits there from now on. */
  enter(channel: Channel): void {
    const { board, site, devices } = this.#core;
    const parked = [...this.#spaces.values()].find((each) => each.channel === channel);
    if (parked === undefined) return;
    this.#bridge ??= board.createBridge('parking');
    devices.tell(`park:${parked.space}@parkedcalls`, 'INUSE');
    board.enter(this.#bridge, channel);
    board.music(channel, true);
    this.#core.happened(channel, { type: 'parked', space: parked.space });
    channel.program = { partyLeft: () => this.#gaveUp(parked) };
    parked.cancel = this.#core.after(site.parkingMs, () => {
      this.#release(parked);
      this.#tell('ParkedCallTimeOut', parked);
      this.#core.happened(channel, { type: 'unparked' });
      this.#comeBack(channel, parked.parker);
    });
  }

  /** A telephone dialled the space. `then`: what a side's dialplan does when the conversation is over. */
  retrieve(retriever: Channel, space: string, talking: Talking, then: (channel: Channel) => void): void {
    const { board, devices } = this.#core;
    const parked = this.#spaces.get(space);
    if (parked === undefined) return;
    const { channel } = parked;
    board.setState(retriever, 6);
    devices.refresh(retriever.device);
    this.#tell('UnParkedCall', parked, channelHeaders(retriever, 'Retriever'));
    this.#release(parked);
    talking.connect(retriever, channel, { afterwards: () => then(retriever) });
    channel.afterBridge = () => then(channel);
    board.setConnected(retriever, channel.caller);
    board.setConnected(channel, retriever.caller);
    retriever.conversation = channel.conversation;
    this.#core.happened(channel, { type: 'unparked', device: retriever.device });
    this.#core.happened(channel, { type: 'answered', device: retriever.device });
  }

  spaces(): readonly { readonly space: string; readonly channel: Channel }[] {
    return [...this.#spaces.values()];
  }
  list(): Record<string, string | number>[] {
    return [...this.#spaces.values()].map((each) => this.#headers(each));
  }

  #gaveUp(parked: Parked): void {
    const { board } = this.#core;
    parked.channel.endedBy = 'client';
    board.requestHangup(parked.channel, 16);
    this.#release(parked);
    this.#tell('ParkedCallGiveUp', parked);
    board.softHangup(parked.channel);
    board.hangUp(parked.channel, 16);
  }
  #release(parked: Parked): void {
    const { board, devices } = this.#core;
    parked.cancel();
    this.#spaces.delete(parked.space);
    board.music(parked.channel, false);
    devices.tell(`park:${parked.space}@parkedcalls`, 'NOT_INUSE');
    board.leave(parked.channel);
    parked.channel.program = undefined;
  }
  #headers(parked: Parked): Record<string, string | number> {
    const duration = secondsBetween(parked.parkedAt, this.#core.clock.now());
    return {
      ...channelHeaders(parked.channel, 'Parkee'),
      ParkerDialString: parked.parker,
      Parkinglot: 'default',
      ParkingSpace: parked.space,
      ParkingTimeout: Math.max(0, this.#core.site.parkingMs / 1000 - duration),
      ParkingDuration: duration,
    };
  }
  #tell(event: string, parked: Parked, between: Record<string, string | number> = {}): void {
    this.#core.emit(event, () => {
      const { ParkerDialString, Parkinglot, ParkingSpace, ParkingTimeout, ParkingDuration, ...parkee } =
        this.#headers(parked);
      return {
        ...parkee,
        ...between,
        ParkerDialString: ParkerDialString ?? '',
        Parkinglot: Parkinglot ?? '',
        ParkingSpace: ParkingSpace ?? '',
        ParkingTimeout: ParkingTimeout ?? 0,
        ParkingDuration: ParkingDuration ?? 0,
      };
    });
  }
  #freeSpace(): string | undefined {
    const { firstParkingSpace, parkingSpaces } = this.#core.site;
    for (let space = firstParkingSpace; space < firstParkingSpace + parkingSpaces; space += 1)
      if (!this.#spaces.has(String(space))) return String(space);
    return undefined;
  }
}
