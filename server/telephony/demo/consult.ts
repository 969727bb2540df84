import { handedTo, type Core } from './core.ts';
import type { Dialplan } from './dialplan.ts';
import { PRESENTATION } from './dialling.ts';
import { countTransfer } from './gate.ts';
import { bridgeHeaders, channelHeaders } from './headers.ts';
import { askingOf, type Bridge, type Channel } from './model.ts';
import { LocalHalves } from './localHalves.ts';
import type { Talking } from './talking.ts';

/** Until the keys of `Atxfer` were played into the channel: `*2`, then the number with a key every 160 ms. */
const KEYS_MS = 245;
const NUMBER_MS = 135;
/** One consultation by feature key, as AMI's `Atxfer` begins it: the client waits in its bridge with music. */
interface Consultation {
  readonly operator: Channel;
  readonly client: Channel;
  readonly number: string;
  readonly home: Bridge;
  readonly room: Bridge;
  readonly one: Channel;
  readonly two: Channel;
  answered: boolean;
}

export class Consultations {
  readonly #core: Core;
  readonly #dialplan: Dialplan;
  readonly #byOperator = new Map<string, Consultation>();
  /** Operators who still talk with the one they asked, after the client has hung up. */
  readonly #rests = new Set<Channel>();
  readonly #halves: LocalHalves;

  constructor(core: Core, dialplan: Dialplan, talking: Talking) {
    this.#core = core;
    this.#dialplan = dialplan;
    this.#halves = new LocalHalves(core, dialplan, talking);
  }

  reset(): void {
    this.#byOperator.clear();
    this.#rests.clear();
  }
  of(operator: Channel): { number: string; answered: boolean } | undefined {
    return this.#byOperator.get(operator.uniqueid);
  }

  /** False when this channel talks with nobody. The keys take their time, so that the rest comes later. */
  begin(operator: Channel, number: string): boolean {
    const { board, after } = this.#core;
    const client = board.peerOf(operator);
    if (client === undefined || this.#byOperator.has(operator.uniqueid)) return false;
    after(KEYS_MS, () => {
      if (board.peerOf(operator) !== client) return;
      if (board.hold(operator, false)) this.#core.happened(client, { type: 'held', device: operator.device });
      after(NUMBER_MS, () => {
        if (board.peerOf(operator) === client) this.#call(operator, client, number);
      });
    });
    return true;
  }

  #call(operator: Channel, client: Channel, number: string): void {
    const { board, emit } = this.#core;
    const home = operator.bridge;
    if (home === undefined) return;
    const { one, two } = board.newLocal('transfer-gate', number, operator);
    const room = board.createBridge();
    one.conversation = askingOf(client.conversation);
    two.conversation = one.conversation;
    two.caller = operator.caller;
    board.tell('NewCallerid', two, PRESENTATION);
    emit('LocalBridge', () => ({
      ...channelHeaders(one, 'LocalOne'),
      ...channelHeaders(two, 'LocalTwo'),
      Context: 'transfer-gate',
      Exten: number,
      LocalOptimization: 'Yes',
    }));
    const consultation: Consultation = { operator, client, number, home, room, one, two, answered: false };
    this.#byOperator.set(operator.uniqueid, consultation);
    board.setConnected(one, operator.caller);
    board.enter(room, one);
    board.leave(operator);
    board.enter(room, operator);
    board.setConnected(operator, undefined);
    two.onUp = () => this.#answered(consultation);
    two.onGone = (cause) => this.#targetGone(consultation, cause);
    two.variables.set('ATTENDEDTRANSFER', operator.name);
    const clientChannel = client.variables.get('CLIENT_CHANNEL') ?? client.name;
    two.variables.set('CLIENT_CHANNEL', clientChannel);
    this.#core.happened(client, { type: 'consultStarted', device: operator.device, number });
    if (!this.#dialplan.run(two, 'transfer-gate', number)) this.#dialplan.finish(two, 3);
    if (!two.gone) this.#ringing(consultation);
  }
  #ringing({ one, operator, two, answered }: Consultation): void {
    const { board } = this.#core;
    if (answered) return;
    board.setState(one, 5);
    one.caller = two.connected;
    board.tell('NewCallerid', one, PRESENTATION);
    board.tellDial('DialState', undefined, one, { DialStatus: 'RINGING' });
    board.setConnected(operator, two.connected);
  }
  #answered(consultation: Consultation): void {
    const { board } = this.#core;
    if (consultation.answered) return;
    consultation.answered = true;
    board.setState(consultation.one, 6);
    board.tellDial('DialEnd', undefined, consultation.one, { DialStatus: 'ANSWER' });
  }

  /** The one who was asked hung up, was busy or was never reached: the client comes back to the operator. */
  #targetGone(consultation: Consultation, cause: number): void {
    const { operator, one, answered } = consultation;
    if (this.#byOperator.get(operator.uniqueid) !== consultation) return;
    this.#core.board.requestHangup(one, cause);
    this.#core.board.leave(one);
    this.#comeBack(consultation);
    this.#core.board.hangUp(one, cause);
    this.#told(consultation, answered ? 'returned' : 'failed');
  }
  /** The operator gives up (`CancelAtxfer`). */
  cancel(operator: Channel): boolean {
    const consultation = this.#byOperator.get(operator.uniqueid);
    if (consultation === undefined) return false;
    const { one, two } = consultation;
    this.#core.after(KEYS_MS, () => {
      if (this.#byOperator.get(operator.uniqueid) !== consultation) return;
      this.#comeBack(consultation);
      this.#core.board.hangUp(one, 16);
      this.#halves.endOther(two);
      this.#told(consultation, consultation.answered ? 'returned' : 'failed');
    });
    return true;
  }
  #comeBack({ operator, client, home, room }: Consultation): void {
    const { board } = this.#core;
    this.#byOperator.delete(operator.uniqueid);
    board.leave(operator);
    if (!client.gone) board.enter(home, operator);
    board.music(client, false);
    operator.holding = false;
    board.tell('Unhold', operator);
    this.#core.happened(client, { type: 'resumed', device: operator.device });
    board.freeOfHold(client);
    for (const each of room.channels.slice()) board.leave(each);
    board.destroyBridge(room);
    board.setConnected(operator, client.caller);
  }
  #told({ operator, client }: Consultation, outcome: 'returned' | 'failed' | 'transferred'): void {
    this.#core.happened(client, { type: 'consultEnded', device: operator.device, outcome });
  }

  /** The operator hung up while asking: that completes the transfer, whether the other has answered or not. */
  complete(operator: Channel): boolean {
    const consultation = this.#byOperator.get(operator.uniqueid);
    if (consultation === undefined) return false;
    const { client, home, room, one, two, number } = consultation;
    const { board, emit } = this.#core;
    this.#byOperator.delete(operator.uniqueid);
    board.requestHangup(operator, operator.byQueue ? undefined : 16);
    board.leave(operator);
    board.music(client, false);
    emit('BridgeMerge', () => ({ ...prefixed('To', home), ...prefixed('From', room) }));
    board.leave(one);
    board.enter(home, one);
    this.#tellTransfer(consultation);
    board.endBridge(home, 'transfer');
    board.setConnected(one, client.caller);
    board.freeOfHold(client);
    board.setConnected(client, one.caller);
    board.destroyBridge(room);
    board.hangUp(operator, 16);
    this.#halves.meet(client, one, two);
    this.#told(consultation, 'transferred');
    this.#core.happened(client, { type: 'transferred', kind: 'attended', device: operator.device, number });
    countTransfer(client, operator.device, number);
    this.#joined(client, one, two);
    return true;
  }
  /** From now on it is the client's conversation in which the one who was asked talks, or still rings. */
  #joined(client: Channel, one: Channel, two: Channel): void {
    const { board } = this.#core;
    const asking = one.conversation;
    two.caller = client.caller;
    for (const each of board.channels.values()) {
      if (each.conversation !== asking) continue;
      each.conversation = client.conversation;
      if (each !== one && each !== two) board.setConnected(each, client.caller);
    }
    const target = board.peerOf(two);
    if (target !== undefined) handedTo(this.#core, client, target);
  }
  #tellTransfer({ operator, client, home, room, one }: Consultation): void {
    this.#core.emit('AttendedTransfer', () => ({
      Result: 'Success',
      ...channelHeaders(operator, 'OrigTransferer'),
      ...bridgeHeaders(home, 'Orig'),
      ...channelHeaders(operator, 'SecondTransferer'),
      ...bridgeHeaders(room, 'Second'),
      ...channelHeaders(client, 'Transferee'),
      ...channelHeaders(one, 'TransferTarget'),
      IsExternal: 'No',
      DestType: 'Bridge',
      DestBridgeUniqueid: home.id,
    }));
  }
  /** The client hung up while it waited: the two who consult go on alone, and it is no consultation any more. */
  clientGone(client: Channel): void {
    for (const [key, each] of this.#byOperator)
      if (each.client === client) {
        this.#byOperator.delete(key);
        this.#rests.add(each.operator);
        each.two.onGone = () => this.#targetGoneLater(each);
        this.#core.board.destroyBridge(each.home);
        this.#told(each, each.answered ? 'returned' : 'failed');
      }
  }
  #targetGoneLater({ operator, one, room }: Consultation): void {
    const { board } = this.#core;
    board.leave(one);
    board.hangUp(one, 16);
    if (!this.#rests.delete(operator)) return;
    board.leave(operator);
    board.destroyBridge(room);
    board.hangUp(operator, 16);
  }
  /** The operator of such a rest hung up. */
  restEnded(operator: Channel): boolean {
    const one = this.#core.board.peerOf(operator);
    if (one === undefined || !this.#rests.delete(operator)) return false;
    const two = [...this.#core.board.channels.values()].find((each) => each.name === one.name.replace(/;1$/, ';2'));
    const { bridge } = operator;
    const { board } = this.#core;
    board.requestHangup(operator, 16);
    board.leave(operator);
    board.hangUp(operator, 16);
    board.leave(one);
    if (bridge !== undefined) board.destroyBridge(bridge);
    board.hangUp(one, 16);
    if (two !== undefined) this.#halves.endOther(two);
    return true;
  }
}

const prefixed = (prefix: string, bridge: Bridge): ReturnType<typeof bridgeHeaders> => bridgeHeaders(bridge, prefix);
