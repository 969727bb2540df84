import type { Core } from './core.ts';
import type { Bridge, BridgeEnd, Channel } from './model.ts';

/** Two channels in one bridge: how they meet, and what happens to both when one of them hangs up. */
export class Talking {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** `dialled` enters first, as Asterisk does it. `afterwards` is where the caller's dialplan goes on afterwards. */
  connect(
    caller: Channel,
    dialled: Channel,
    ends: { onEnd?: (reason: BridgeEnd) => void; afterwards: () => void },
  ): Bridge {
    const { board } = this.#core;
    caller.program = undefined;
    dialled.program = undefined;
    caller.afterBridge = ends.afterwards;
    caller.byQueue = ends.onEnd !== undefined && !caller.variables.has('BLINDTRANSFER');
    dialled.byQueue = caller.byQueue;
    const bridge = board.createBridge();
    bridge.onEnd = ends.onEnd;
    board.enter(bridge, dialled);
    board.enter(bridge, caller);
    return bridge;
  }

  /** The party of this channel hung up in a bridge. */
  partyLeft(channel: Channel): void {
    const { board } = this.#core;
    const bridge = channel.bridge;
    if (bridge === undefined) return;
    const runsDialplan = channel.afterBridge !== undefined;
    for (const each of bridge.channels) each.endedBy ??= channel.isClient ? 'client' : 'operator';
    board.requestHangup(channel, channel.byQueue ? undefined : 16);
    board.endBridge(bridge, runsDialplan ? 'caller' : 'agent');
    board.music(channel, false);
    board.leave(channel);
    const rest = [...bridge.channels];
    if (runsDialplan) board.softHangup(channel);
    else board.hangUp(channel, 16);
    this.#dissolve(bridge, rest, runsDialplan ? channel : undefined);
  }

  /** AMI hangs this channel up: nobody asked for it, so no `HangupRequest`, and `Queue` blames the caller. */
  hungUpByAmi(channel: Channel): void {
    const { board } = this.#core;
    const { bridge } = channel;
    const peer = board.peerOf(channel);
    if (bridge === undefined) return;
    for (const each of bridge.channels) each.endedBy ??= channel.isClient ? 'client' : 'operator';
    board.leave(channel);
    if (peer !== undefined) {
      board.leave(peer);
      board.freeOfHold(peer);
    }
    board.destroyBridge(bridge);
    const runsDialplan = channel.afterBridge !== undefined;
    if (runsDialplan) board.softHangup(channel);
    board.endBridge(bridge, 'caller');
    board.hangUp(channel, 16);
    if (peer !== undefined) this.release(peer, 16);
  }

  /** Everyone leaves; who has a dialplan goes on there, the others are hung up. */
  #dissolve(bridge: Bridge, rest: readonly Channel[], first: Channel | undefined): void {
    const { board } = this.#core;
    for (const each of rest) {
      board.leave(each);
      board.freeOfHold(each);
    }
    board.destroyBridge(bridge);
    if (first !== undefined) board.hangUp(first, 16);
    for (const each of rest) this.release(each, 16);
  }

  /** Goes on in the dialplan, or is hung up when it has none. */
  release(channel: Channel, cause: number): void {
    const then = channel.afterBridge ?? channel.goesOn;
    channel.afterBridge = undefined;
    if (then === undefined) this.#core.board.hangUp(channel, cause);
    else then();
  }

  /** Takes one channel out of its bridge for something else; the other stays behind alone, or goes when it may not. */
  takeOut(channel: Channel): Channel | undefined {
    const { board } = this.#core;
    const bridge = channel.bridge;
    const peer = board.peerOf(channel);
    board.leave(channel);
    board.freeOfHold(channel);
    if (peer !== undefined && bridge !== undefined) {
      board.leave(peer);
      board.destroyBridge(bridge);
    }
    return peer;
  }

  /** The dialplan's own end of a channel. */
  finish(channel: Channel, cause = 16): void {
    if (channel.gone) return;
    this.#core.board.softHangup(channel);
    this.#core.board.hangUp(channel, cause);
  }
}
