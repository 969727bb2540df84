import type { Core } from './core.ts';
import { PRESENTATION } from './dialling.ts';
import type { Dialplan } from './dialplan.ts';
import { channelHeaders } from './headers.ts';
import type { Channel } from './model.ts';
import type { Talking } from './talking.ts';

/** Until Asterisk takes the Local channel out of the middle. */
const OPTIMIZE_MS = 450;

/** The two halves of a Local channel between a client and whoever was asked, from the transfer to their end. */
export class LocalHalves {
  readonly #core: Core;
  readonly #dialplan: Dialplan;
  readonly #talking: Talking;
  #optimizations = 0;

  constructor(core: Core, dialplan: Dialplan, talking: Talking) {
    this.#core = core;
    this.#dialplan = dialplan;
    this.#talking = talking;
  }

  /** The client now has `one` in its bridge; soon both halves go, or all of it when one side hangs up before. */
  meet(client: Channel, one: Channel, two: Channel): void {
    two.onGone = () => this.#lostAfter(client, one);
    one.onGone = () => this.endOther(two);
    this.#core.after(OPTIMIZE_MS, () => this.#optimize(client, one, two));
  }

  /** The half of a Local channel whose other half is gone. */
  endOther(two: Channel): void {
    two.onGone = undefined;
    if (two.gone) return;
    if (two.bridge === undefined) this.#leftAlone(two);
    else this.#talking.partyLeft(two);
  }
  #leftAlone(two: Channel): void {
    if (two.program === undefined) this.#dialplan.finish(two);
    else two.program.partyLeft();
  }
  /** The one to whom the client was given is gone before the Local channel was taken out. */
  #lostAfter(client: Channel, one: Channel): void {
    if (one.gone) return;
    const { board } = this.#core;
    one.onGone = undefined;
    if (one.state === 6) client.endedBy ??= 'operator';
    board.requestHangup(one, 16);
    board.leave(one);
    board.hangUp(one, 16);
    const { bridge } = client;
    board.leave(client);
    if (bridge !== undefined) board.destroyBridge(bridge);
    this.#talking.release(client, 16);
  }
  /** Once both sides talk, the two halves of the Local channel go, and the two real channels meet in one bridge. */
  #optimize(client: Channel, one: Channel, two: Channel): void {
    const { board, emit, after } = this.#core;
    if (one.gone || two.gone || client.gone) return;
    const target = board.peerOf(two);
    const [home, other] = [one.bridge, two.bridge];
    if (target === undefined || home === undefined || other === undefined) {
      after(OPTIMIZE_MS, () => this.#optimize(client, one, two));
      return;
    }
    const id = this.#optimizations++;
    const both = () => ({ ...channelHeaders(one, 'LocalOne'), ...channelHeaders(two, 'LocalTwo') });
    emit('LocalOptimizationBegin', () => ({
      ...both(),
      ...channelHeaders(target, 'Source'),
      DestUniqueId: two.uniqueid,
      Id: id,
    }));
    board.leave(target);
    board.leave(one);
    board.enter(home, target, one);
    two.caller = client.caller;
    board.tell('NewCallerid', two, PRESENTATION);
    emit('LocalOptimizationEnd', () => ({ ...both(), Success: 'No', Id: id }));
    one.onGone = undefined;
    two.onGone = undefined;
    two.afterBridge = undefined;
    board.leave(two);
    board.destroyBridge(other);
    board.requestHangup(two, 16);
    board.hangUp(one, 16);
    board.softHangup(two);
    board.hangUp(two, 16);
  }
}
