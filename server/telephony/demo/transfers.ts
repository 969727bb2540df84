import type { PacketFields } from '../connection/wire.ts';
import { handedTo, type Core } from './core.ts';
import { clientIsWith, countTransfer } from './gate.ts';
import type { Dialplan } from './dialplan.ts';
import { bridgeHeaders, channelHeaders } from './headers.ts';
import type { Bridge, Channel } from './model.ts';
import type { Parking } from './parking.ts';
import type { Talking } from './talking.ts';

/** Transfers that the telephone itself makes (REFER), and the blind one of AMI. Consultations by key: `consult.ts`. */
export class Transfers {
  readonly #core: Core;
  readonly #dialplan: Dialplan;
  readonly #talking: Talking;
  readonly #parking: Parking;

  constructor(core: Core, dialplan: Dialplan, talking: Talking, parking: Parking) {
    this.#core = core;
    this.#parking = parking;
    this.#dialplan = dialplan;
    this.#talking = talking;
  }

  /** The client goes to `number` of the transfer context, `operator` is out. False: nobody to transfer. */
  blind(operator: Channel, number: string): boolean {
    const { board } = this.#core;
    const { bridge } = operator;
    const client = board.peerOf(operator);
    if (bridge === undefined || client === undefined) return false;
    // Asterisk 22 tells this also when nobody was on hold.
    operator.holding = false;
    board.tell('Unhold', operator);
    if (number === this.#core.site.parkExtension && this.#parking.reserve(client, operator.name))
      return this.#park(operator, client, bridge);
    this.#tellBlind(operator, client, bridge, number);
    board.endBridge(bridge, 'transfer');
    board.leave(operator);
    board.music(client, false);
    board.leave(client);
    board.destroyBridge(bridge);
    client.variables.set('BLINDTRANSFER', operator.name);
    const device = operator.device;
    // Who made the call itself has a dialplan behind it.
    if (operator.afterBridge !== undefined) board.softHangup(operator);
    board.hangUp(operator, 16);
    board.freeOfHold(client);
    const counted = client.variables.get('SHARED(GATE_COUNT)');
    if (!this.#dialplan.run(client, 'transfer-gate', number)) {
      Object.assign(client, { context: 'transfer-gate', exten: number });
      this.#dialplan.finish(client);
    } else if (client.variables.get('SHARED(GATE_COUNT)') !== counted)
      this.#core.happened(client, { type: 'transferred', kind: 'blind', device, number });
    return true;
  }

  /** The client goes to the parking lot; the telephone hangs up its side as soon as it hears of it. */
  #park(operator: Channel, client: Channel, bridge: Bridge): boolean {
    const { board, site } = this.#core;
    this.#tellBlind(operator, client, bridge, site.parkExtension);
    board.endBridge(bridge, 'transfer');
    board.leave(client);
    board.freeOfHold(client);
    this.#parking.enter(client);
    board.requestHangup(operator, 16);
    board.leave(operator);
    board.destroyBridge(bridge);
    board.hangUp(operator, 16);
    return true;
  }
  #tellBlind(operator: Channel, client: Channel, bridge: Bridge, number: string): void {
    this.#core.emit('BlindTransfer', () => ({
      Result: 'Success',
      ...channelHeaders(operator, 'Transferer'),
      ...channelHeaders(client, 'Transferee'),
      ...bridgeHeaders(bridge),
      IsExternal: 'Yes',
      Context: 'transfer-gate',
      Extension: number,
    }));
  }

  /**
   * The telephone joins its two calls (REFER with Replaces): `first` with the client on hold, `second` with the one
   * it asked. The client takes the place of `second`; both of the telephone's channels go.
   */
  join(first: Channel, second: Channel): boolean {
    const { board } = this.#core;
    const client = board.peerOf(first);
    const target = board.peerOf(second);
    const [from, into] = [first.bridge, second.bridge];
    if (client === undefined || target === undefined || from === undefined || into === undefined) return false;
    first.holding = false;
    board.tell('Unhold', first);
    second.holding = false;
    board.tell('Unhold', second);
    const before = this.#snapshot(first, second, client, target, from, into);
    // Two bridges become one. That of a queue stays; between two of `Dial()` the later one does (Asterisk 22).
    const stays = client.byQueue ? from : into;
    const [mover, swapped] = client.byQueue ? [target, first] : [client, second];
    board.leave(mover);
    board.leave(swapped);
    board.enter(stays, mover, swapped);
    board.freeOfHold(client);
    board.setConnected(client, target.caller);
    board.softHangup(second, 1);
    board.setConnected(target, client.caller);
    this.#core.emit('AttendedTransfer', () => ({ ...before, DestType: 'Bridge', DestBridgeUniqueid: stays.id }));
    board.endBridge(from, 'transfer');
    for (const channel of [first, second]) {
      board.leave(channel);
      if (channel === second) {
        // Its `Dial()` is over, and the dialplan behind it ends at once.
        Object.assign(second, { context: 'survey', exten: 's' });
        board.softHangup(second);
      }
      channel.afterBridge = undefined;
      board.hangUp(channel, 16);
    }
    board.destroyBridge(stays === from ? into : from);
    into.onEnd = undefined;
    from.onEnd = undefined;
    client.afterBridge ??= () => this.#dialplan.survey(client);
    target.afterBridge = undefined;
    this.#given(client, first.device, target);
    return true;
  }
  /** The client talks with somebody else now, and the exchange counts that by itself. */
  #given(client: Channel, from: string, target: Channel): void {
    countTransfer(client, from, target.device);
    clientIsWith(client, target.device);
    target.conversation = client.conversation;
    handedTo(this.#core, client, target);
  }

  /**
   * AMI `Bridge`: takes both out of their bridges into a new one; whoever talked with them is hung up. So the product
   * completes a consultation that the telephone began with a second call.
   */
  bridge(client: Channel, target: Channel): boolean {
    const { board } = this.#core;
    const [first, second] = [board.peerOf(client), board.peerOf(target)];
    const [from, into] = [client.bridge, target.bridge];
    if (from === undefined || into === undefined || from === into) return false;
    const room = board.createBridge();
    // The queue's own end comes with the client, whenever that will be.
    room.onEnd = from.onEnd;
    from.onEnd = undefined;
    into.onEnd = undefined;
    for (const [each, other, old] of [
      [client, first, from],
      [target, second, into],
    ] as const) {
      board.music(each, false);
      board.leave(each);
      board.enter(room, each);
      if (other !== undefined) board.leave(other);
      board.destroyBridge(old);
      board.freeOfHold(each);
      if (other !== undefined) this.#dropped(other);
    }
    board.setConnected(target, client.caller);
    board.setConnected(client, target.caller);
    target.afterBridge = () => this.#dialplan.finish(target);
    this.#given(client, first?.device ?? '', target);
    return true;
  }
  #dropped(channel: Channel): void {
    if (channel.afterBridge !== undefined) this.#core.board.softHangup(channel);
    this.#core.board.hangUp(channel, 16);
  }

  #snapshot(
    first: Channel,
    second: Channel,
    client: Channel,
    target: Channel,
    from: Bridge,
    into: Bridge,
  ): PacketFields {
    return {
      Result: 'Success',
      ...channelHeaders(first, 'OrigTransferer'),
      ...bridgeHeaders(from, 'Orig'),
      ...channelHeaders(second, 'SecondTransferer'),
      ...bridgeHeaders(into, 'Second'),
      ...channelHeaders(client, 'Transferee'),
      ...channelHeaders(target, 'TransferTarget'),
      IsExternal: 'No',
    };
  }

  /** AMI `Redirect`: this channel alone goes to another place of the dialplan; who talked with it is hung up. */
  redirect(channel: Channel, context: string, number: string): void {
    const peer = channel.bridge === undefined ? undefined : this.#talking.takeOut(channel);
    channel.afterBridge = undefined;
    if (!this.#dialplan.run(channel, context, number)) this.#dialplan.finish(channel);
    if (peer !== undefined) this.#talking.release(peer, 16);
  }
}
