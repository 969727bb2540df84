import { createSocket, type Socket } from 'node:dgram';
import { Media } from './media.ts';
import { PhoneCall, type Dialog } from './phoneCall.ts';
import {
  header,
  headersNamed,
  methodOf,
  parseSip,
  statusOf,
  tagOf,
  uriOf,
  writeSip,
  type SipMessage,
} from './sipMessage.ts';

export interface PhoneOptions {
  readonly user: string;
  /** Shown to the called; UTF-8. */
  readonly name?: string;
  /** Loopback address of this telephone; the exchange tells trunks and telephones apart by it. */
  readonly ip: string;
  readonly serverIp: string;
  readonly serverPort: number;
}

/**
 * A telephone that a test works by hand: real SIP over UDP against a real exchange, each step awaited, so that no test
 * sleeps. sipp runs whole scenarios by the clock (`../asterisk/sipp.ts`); this one can also do what sipp cannot, such as
 * an attended transfer between two calls of one telephone.
 */
export class SipPhone {
  readonly server: string;
  readonly ip: string;
  readonly user: string;
  readonly voice: Media;
  /** Every message in and out, for a failed test to print. */
  readonly log: string[] = [];
  readonly #options: PhoneOptions;
  readonly #socket: Socket;
  readonly #calls = new Map<string, PhoneCall>();
  readonly #answers = new Map<string, string>();
  readonly #pending = new Map<string, { resolve: (m: SipMessage) => void; timer: NodeJS.Timeout }>();
  readonly #invites = new Map<PhoneCall, SipMessage>();
  readonly #incoming: PhoneCall[] = [];
  readonly #waiters: ((call: PhoneCall) => void)[] = [];
  readonly #cancelled = new WeakSet<PhoneCall>();
  readonly #notified = new Set<string>();
  readonly #notifyWaiters = new Map<string, () => void>();
  #counter = 0;
  #closed = false;

  private constructor(options: PhoneOptions, socket: Socket, voice: Media) {
    this.#options = options;
    this.#socket = socket;
    this.voice = voice;
    this.ip = options.ip;
    this.user = options.user;
    this.server = `${options.serverIp}:${options.serverPort}`;
    socket.on('message', (bytes) => this.#receive(bytes.toString('utf8')));
  }

  static async open(options: PhoneOptions, port = 0): Promise<SipPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port, options.ip, resolve));
    return new SipPhone(options, socket, await Media.open(options.ip));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** The next call that rings here; it is told to ring at once. */
  async nextCall(): Promise<PhoneCall> {
    const waiting = this.#incoming.shift();
    return waiting ?? new Promise((resolve) => this.#waiters.push(resolve));
  }
  /** The exchange sent this telephone a NOTIFY with this `Event` since the last time that was asked. */
  async notified(event: string): Promise<void> {
    if (this.#notified.delete(event)) return;
    await new Promise<void>((resolve) => this.#notifyWaiters.set(event, resolve));
  }
  /** For PhoneCall. */
  heardNotify(event: string): void {
    const waiter = this.#notifyWaiters.get(event);
    if (waiter === undefined) this.#notified.add(event);
    else {
      this.#notifyWaiters.delete(event);
      waiter();
    }
  }
  async answerNext(): Promise<PhoneCall> {
    const call = await this.nextCall();
    await call.answer();
    return call;
  }

  /** Calls `number`. Await `answered` or `ended` of what comes back. */
  dial(number: string): PhoneCall {
    const dialog: Dialog = {
      callId: `${this.#unique()}@${this.ip}`,
      localTag: this.#unique(),
      localUri: `sip:${this.user}@${this.ip}:${this.port}`,
      remoteTag: '',
      remoteUri: `sip:${number}@${this.server}`,
      remoteTarget: `sip:${number}@${this.server}`,
      cseq: 0,
    };
    const call = new PhoneCall(this, dialog);
    this.#calls.set(dialog.callId, call);
    const invite = this.#compose(dialog, 'INVITE', [['Content-Type', 'application/sdp']], call.offer());
    this.#invites.set(call, invite);
    void this.#transact(invite, (early) => {
      call.established(early);
      call.ringing.give();
    }).then((response) => {
      call.established(response);
      this.acknowledge(call, response);
      if (statusOf(response) >= 300) return call.end(statusOf(response));
      call.answered.give();
      // Our CANCEL and the other side's answer crossed: what nobody wants any more is ended.
      return this.#cancelled.has(call) ? call.bye() : undefined;
    });
    return call;
  }

  /** Ends whatever still goes on here, so that one test leaves nothing to the next. */
  async hangUpAll(): Promise<void> {
    this.#incoming.length = 0;
    this.#waiters.length = 0;
    await Promise.all(
      [...this.#calls.values()].map(async (call) => {
        if (call.answered.given) await call.bye();
        else if (this.#invites.has(call)) call.cancel();
        else call.reject();
      }),
    );
  }
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const { timer } of this.#pending.values()) clearInterval(timer);
    await this.voice.close();
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  // --- for PhoneCall

  respond(request: SipMessage, code: number, words: string, tag: string, body = ''): void {
    const to = header(request, 'to');
    const text = writeSip({
      start: `SIP/2.0 ${code} ${words}`,
      headers: [
        ...headersNamed(request, 'via'),
        ['From', header(request, 'from')],
        ['To', tagOf(to) === '' ? `${to};tag=${tag}` : to],
        ['Call-ID', header(request, 'call-id')],
        ['CSeq', header(request, 'cseq')],
        ['Contact', `<sip:${this.user}@${this.ip}:${this.port}>`],
        ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
      ],
      body,
    });
    this.#answers.set(transactionOf(request), text);
    this.#send(text);
  }
  request(dialog: Dialog, method: string, extra: [string, string][], body: string): Promise<SipMessage> {
    return this.#transact(this.#compose(dialog, method, extra, body));
  }
  acknowledge(call: PhoneCall, response: SipMessage): void {
    const cseq = header(response, 'cseq').split(' ')[0] ?? '1';
    const refused = statusOf(response) >= 300;
    const via = headersNamed(response, 'via')[0]?.[1] ?? '';
    const ack = this.#compose({ ...call.dialog, cseq: Number(cseq) - 1 }, 'ACK', [], '');
    // The ACK of a refusal belongs to the INVITE's own transaction: same branch, same address.
    const headers = refused
      ? ack.headers.map(([name, value]): readonly [string, string] => [name, name === 'Via' ? via : value])
      : ack.headers;
    this.#send(writeSip({ ...ack, headers }));
  }
  cancel(call: PhoneCall): void {
    const invite = this.#invites.get(call);
    if (invite === undefined) return;
    this.#cancelled.add(call);
    const cseq = header(invite, 'cseq').split(' ')[0] ?? '1';
    this.#send(
      writeSip({
        start: invite.start.replace('INVITE', 'CANCEL'),
        headers: [
          ['Via', header(invite, 'via')],
          ['From', header(invite, 'from')],
          ['To', header(invite, 'to')],
          ['Call-ID', header(invite, 'call-id')],
          ['CSeq', `${cseq} CANCEL`],
          ['Max-Forwards', '70'],
        ],
        body: '',
      }),
    );
  }
  forget(call: PhoneCall): void {
    this.#calls.delete(call.dialog.callId);
    this.#invites.delete(call);
  }

  // --- the wire

  #receive(text: string): void {
    if (text.trim() === '') return;
    this.log.push(`<< ${text}`);
    const message = parseSip(text);
    if (statusOf(message) > 0) return this.#received(message);
    const again = this.#answers.get(transactionOf(message));
    if (again !== undefined && methodOf(message) !== 'ACK') return this.#send(again);
    const call = this.#calls.get(header(message, 'call-id'));
    if (call !== undefined) return call.receive(message);
    if (methodOf(message) === 'INVITE') return this.#rings(message);
    if (methodOf(message) !== 'ACK') this.respond(message, 200, 'OK', this.#unique());
  }
  #received(response: SipMessage): void {
    const key = transactionOf(response);
    const pending = this.#pending.get(key);
    if (pending === undefined) return;
    clearInterval(pending.timer);
    pending.resolve(response);
  }
  #rings(invite: SipMessage): void {
    const call = new PhoneCall(
      this,
      {
        callId: header(invite, 'call-id'),
        localTag: this.#unique(),
        localUri: uriOf(header(invite, 'to')),
        remoteTag: tagOf(header(invite, 'from')),
        remoteUri: uriOf(header(invite, 'from')),
        remoteTarget: uriOf(header(invite, 'contact')),
        cseq: 100,
      },
      invite,
    );
    this.#calls.set(call.dialog.callId, call);
    call.ring();
    call.ringing.give();
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#incoming.push(call);
    else waiter(call);
  }
  #compose(dialog: Dialog, method: string, extra: readonly (readonly [string, string])[], body: string): SipMessage {
    dialog.cseq += 1;
    const name = this.#options.name === undefined ? '' : `"${this.#options.name}" `;
    const to = dialog.remoteTag === '' ? '' : `;tag=${dialog.remoteTag}`;
    return {
      start: `${method} ${dialog.remoteTarget} SIP/2.0`,
      headers: [
        ['Via', `SIP/2.0/UDP ${this.ip}:${this.port};branch=z9hG4bK${this.#unique()};rport`],
        ['Max-Forwards', '70'],
        ['From', `${name}<${dialog.localUri}>;tag=${dialog.localTag}`],
        ['To', `<${dialog.remoteUri}>${to}`],
        ['Call-ID', dialog.callId],
        ['CSeq', `${dialog.cseq} ${method}`],
        ['Contact', `<sip:${this.user}@${this.ip}:${this.port}>`],
        ['Allow', 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY, REFER, UPDATE'],
        ...extra,
      ],
      body,
    };
  }
  #transact(request: SipMessage, onEarly?: (early: SipMessage) => void): Promise<SipMessage> {
    const text = writeSip(request);
    const key = transactionOf(request);
    return new Promise((resolve) => {
      const timer = setInterval(() => this.#send(text), 500);
      const settle = (response: SipMessage): void => {
        if (statusOf(response) >= 200) {
          this.#pending.delete(key);
          resolve(response);
        } else if (statusOf(response) > 100) onEarly?.(response);
      };
      this.#pending.set(key, { resolve: settle, timer });
      this.#send(text);
    });
  }
  #send(text: string): void {
    if (this.#closed) return;
    this.log.push(`>> ${text}`);
    const { serverIp, serverPort } = this.#options;
    this.#socket.send(text, serverPort, serverIp);
  }
  #unique(): string {
    this.#counter += 1;
    return `${this.user}x${this.port}x${process.hrtime.bigint().toString(36)}x${this.#counter}`;
  }
}

/** One transaction: the sender's branch and the method of its CSeq. */
const transactionOf = (message: SipMessage): string =>
  `${/branch=([^;\s]+)/.exec(header(message, 'via'))?.[1] ?? ''} ${header(message, 'cseq').split(' ')[1] ?? ''}`;
