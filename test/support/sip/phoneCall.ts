import type { MediaAddress } from './media.ts';
import type { MediaDirection, SipMessage } from './sipMessage.ts';
import { header, mediaAddress, methodOf, sdp, statusOf, tagOf, uriOf } from './sipMessage.ts';
import { Signal } from './signal.ts';
import type { SipPhone } from './sipPhone.ts';

export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly localUri: string;
  remoteTag: string;
  remoteUri: string;
  remoteTarget: string;
  cseq: number;
}

/** One call on one telephone. Every verb resolves when the exchange has answered it. */
export class PhoneCall {
  readonly dialog: Dialog;
  /** The client's side: resolves at 200 of our INVITE. The called side: resolves at the exchange's ACK. */
  readonly answered = new Signal();
  /** The exchange rings the other side (180 or 183), or this telephone rings. */
  readonly ringing = new Signal();
  readonly ended = new Signal<number>();
  /** Who calls, as the exchange told this telephone: `From` and, where the trunk sends it, `P-Asserted-Identity`. */
  readonly from: string;
  #media: MediaAddress | undefined;
  readonly #phone: SipPhone;
  readonly #invite: SipMessage | undefined;
  #version = 1;

  constructor(phone: SipPhone, dialog: Dialog, invite?: SipMessage) {
    this.#phone = phone;
    this.dialog = dialog;
    this.#invite = invite;
    this.from = invite === undefined ? '' : `${header(invite, 'from')} ${header(invite, 'p-asserted-identity')}`;
    if (invite !== undefined) this.#media = mediaAddress(invite.body);
  }

  ring(): void {
    if (this.#invite !== undefined) this.#phone.respond(this.#invite, 180, 'Ringing', this.dialog.localTag);
  }
  async answer(): Promise<void> {
    if (this.#invite === undefined) throw new Error('this call was dialled here');
    this.#phone.respond(this.#invite, 200, 'OK', this.dialog.localTag, this.#sdp('sendrecv'));
    this.#talk();
    await this.answered.promise;
  }
  reject(code = 486, words = 'Busy Here'): void {
    if (this.#invite !== undefined) this.#phone.respond(this.#invite, code, words, this.dialog.localTag);
    this.end(code);
  }
  /** Resolves with the exchange's answer: 200, or 481 when the call ended in that moment. */
  hold(): Promise<number> {
    return this.#reinvite('sendonly');
  }
  resume(): Promise<number> {
    return this.#reinvite('sendrecv');
  }
  /** Blind transfer by REFER. Resolves at 202; the exchange then ends this call itself, or tells of a failure. */
  async refer(number: string): Promise<number> {
    return statusOf(await this.#request('REFER', [['Refer-To', `<sip:${number}@${this.#phone.server}>`]]));
  }
  /** Attended transfer: joins the far ends of this call and `other`. */
  async referReplacing(other: PhoneCall, number: string): Promise<number> {
    const { callId, remoteTag, localTag } = other.dialog;
    const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
    const target = `<sip:${number}@${this.#phone.server}?Replaces=${replaces}>`;
    return statusOf(await this.#request('REFER', [['Refer-To', target]]));
  }
  /** Presses keys, one by one. */
  async keys(digits: string): Promise<void> {
    for (const digit of digits) {
      await this.#request('INFO', [['Content-Type', 'application/dtmf-relay']], `Signal=${digit}\r\nDuration=100\r\n`);
    }
  }
  async bye(): Promise<void> {
    await this.#request('BYE', []);
    this.end(16);
  }
  /** Gives up before the other side answered. */
  cancel(): void {
    this.#phone.cancel(this);
  }

  /** For the telephone: a request that arrived inside this call. */
  receive(request: SipMessage): void {
    const method = methodOf(request);
    if (method === 'ACK') return this.answered.give();
    if (method === 'BYE' || method === 'CANCEL') {
      this.#phone.respond(request, 200, 'OK', this.dialog.localTag);
      if (method === 'CANCEL' && this.#invite !== undefined) {
        this.#phone.respond(this.#invite, 487, 'Request Terminated', this.dialog.localTag);
      }
      return this.end(method === 'BYE' ? 16 : 487);
    }
    const body = method === 'INVITE' || (method === 'UPDATE' && request.body !== '') ? this.#sdp('sendrecv') : '';
    this.#phone.respond(request, 200, 'OK', this.dialog.localTag, body);
    // A telephone ends its own leg when the exchange says that the transfer is through.
    if (method !== 'NOTIFY') return;
    this.#phone.heardNotify(header(request, 'event'));
    if (request.body.startsWith('SIP/2.0 2')) void this.bye();
  }
  /** For the telephone: an answer to our INVITE. */
  established(response: SipMessage): void {
    this.dialog.remoteTag = tagOf(header(response, 'to'));
    this.dialog.remoteTarget = uriOf(header(response, 'contact')) || this.dialog.remoteTarget;
    this.#media = mediaAddress(response.body) ?? this.#media;
    if (statusOf(response) >= 200 && statusOf(response) < 300) this.#talk();
  }
  end(code: number): void {
    this.ended.give(code);
    this.#phone.voice.hushTo(this);
    this.#phone.forget(this);
  }
  offer(): string {
    return this.#sdp('sendrecv');
  }

  #talk(): void {
    if (this.#media !== undefined) this.#phone.voice.talkTo(this, this.#media);
  }
  async #reinvite(direction: MediaDirection): Promise<number> {
    const response = await this.#request('INVITE', [['Content-Type', 'application/sdp']], this.#sdp(direction));
    this.#phone.acknowledge(this, response);
    return statusOf(response);
  }
  #sdp(direction: MediaDirection): string {
    return sdp(this.#phone.ip, this.#phone.voice.port, this.#version++, direction);
  }
  #request(method: string, extra: [string, string][], body = ''): Promise<SipMessage> {
    return this.#phone.request(this.dialog, method, extra, body);
  }
}
