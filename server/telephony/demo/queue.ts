import type { Instant, Milliseconds } from '../../../machines/vocabulary/index.ts';
import { secondsBetween, type Core } from './core.ts';
import type { Attempt, Dialling, Willingness } from './dialling.ts';
import { channelHeaders } from './headers.ts';
import type { BridgeEnd, Channel } from './model.ts';
import { QueueFigures } from './queueFigures.ts';
import { clientIsWith } from './gate.ts';
import { chooseMember, type Member } from './member.ts';
import type { SiteQueue } from './site.ts';
import type { Talking } from './talking.ts';

/** How `Queue()` ended for the caller: the dialplan goes on (`CONTINUE`), or nobody answered in time. */
export type QueueOutcome = 'CONTINUE' | 'TIMEOUT';

export interface Waiting {
  readonly channel: Channel;
  readonly joinedAt: Instant;
  readonly enteredAtPosition: number;
  readonly priority: number;
  readonly done: (outcome: QueueOutcome) => void;
  ringing: { attempt: Attempt; member: Member } | undefined;
  /** Members that turned the call down in this round. */
  readonly tried: Set<string>;
  cancelRetry: () => void;
  cancelTimeout: () => void;
}

/** One queue: its callers in order, its members, and the figures that Asterisk keeps of it. */
export class DemoQueue {
  readonly site: SiteQueue;
  readonly members: Member[];
  readonly waiting: Waiting[] = [];
  readonly figures: QueueFigures;
  readonly #core: Core;
  readonly #dialling: Dialling;
  readonly #talking: Talking;
  readonly parts: QueueParts;

  constructor(core: Core, dialling: Dialling, talking: Talking, site: SiteQueue, members: Member[], parts: QueueParts) {
    this.#core = core;
    this.#dialling = dialling;
    this.#talking = talking;
    this.site = site;
    this.figures = new QueueFigures(site);
    this.members = members;
    this.parts = parts;
  }

  /** `Queue()`: joins, is called through to members, and `done` comes when the dialplan goes on. */
  join(channel: Channel, priority: number, timeoutMs: Milliseconds, done: (outcome: QueueOutcome) => void): void {
    const { board, devices, clock } = this.#core;
    const at = this.waiting.findIndex((each) => each.priority < priority);
    const position = at === -1 ? this.waiting.length : at;
    const waiting: Waiting = {
      channel,
      joinedAt: clock.now(),
      enteredAtPosition: position + 1,
      priority,
      done,
      ringing: undefined,
      tried: new Set(),
      cancelRetry: () => undefined,
      cancelTimeout: () => undefined,
    };
    this.waiting.splice(position, 0, waiting);
    if (this.waiting.length === 1) devices.tell(`Queue:${this.site.name}`, 'RINGING');
    board.tell('QueueCallerJoin', channel, {
      Queue: this.site.name,
      Position: position + 1,
      Count: this.waiting.length,
    });
    board.music(channel, true);
    this.#core.happened(channel, { type: 'queued', queue: this.site.name });
    channel.program = { partyLeft: () => this.#abandon(waiting) };
    waiting.cancelTimeout = this.#core.after(timeoutMs, () => this.#giveUp(waiting));
    this.#call(waiting);
  }

  #call(waiting: Waiting): void {
    const { isFree, random } = this.parts;
    const untried = this.members.filter((each) => !waiting.tried.has(each.device));
    const member = chooseMember(untried, this.site, isFree, this.#core.clock.now(), random);
    if (member === undefined) {
      this.#later(waiting);
      return;
    }
    member.turn = this.parts.nextTurn();
    this.#ring(waiting, member);
  }
  /** A caller looks for a member again every `retry` seconds, not at once when one becomes free. */
  #later(waiting: Waiting): void {
    waiting.tried.clear();
    waiting.cancelRetry = this.#core.after(this.site.retryMs, () => this.#call(waiting));
  }

  #ring(waiting: Waiting, member: Member): void {
    const { board, devices, emit } = this.#core;
    const caller = waiting.channel;
    const dialled = board.newChannel({
      device: member.device,
      state: 0,
      caller: this.parts.identityOf(member.device),
      context: 'from-operators',
      exten: 's',
      from: caller,
    });
    const asRung = { ...dialled, connected: caller.caller, exten: caller.exten };
    const who = { Queue: this.site.name, Interface: member.device, MemberName: member.name };
    emit('AgentCalled', () => ({ ...channelHeaders(caller), ...channelHeaders(asRung, 'Dest'), ...who }));
    board.tellDial('DialBegin', caller, dialled, { DialString: member.device });
    board.setConnected(caller, dialled.caller);
    dialled.connected = asRung.connected;
    dialled.exten = asRung.exten;
    const willing = this.parts.willing(member.device, dialled);
    if (willing !== 'rings') {
      this.#turnedDown(waiting, member, dialled, willing === 'busy' ? 17 : 20);
      return;
    }
    board.tellDial('DialState', caller, dialled, { DialStatus: 'RINGING' });
    board.setState(dialled, 5);
    board.tell('NewConnectedLine', dialled);
    this.#core.happened(caller, { type: 'offered', device: member.device, queue: this.site.name });
    const ringing = { member } as { attempt: Attempt; member: Member };
    waiting.ringing = ringing;
    ringing.attempt = this.#dialling.ring(dialled, {
      timeoutMs: this.site.ringMs,
      answer: () => this.#answered(waiting, member, dialled, ringing.attempt.startedAt),
      refuse: (cause) => this.#turnedDown(waiting, member, dialled, cause),
      expire: () => this.#noAnswer(waiting, member, dialled),
      cancel: () => {
        // Asterisk 22 tells this end twice.
        board.tellDial('DialEnd', caller, dialled, { DialStatus: 'CANCEL' });
        board.tellDial('DialEnd', caller, dialled, { DialStatus: 'CANCEL' });
        waiting.ringing = undefined;
      },
    });
    devices.refresh(member.device);
  }

  #noAnswer(waiting: Waiting, member: Member, dialled: Channel): void {
    this.#ringNoAnswer(waiting, member, dialled, this.site.ringMs);
    const { board } = this.#core;
    board.tellDial('DialEnd', waiting.channel, dialled, { DialStatus: 'NOANSWER' });
    board.tellDial('DialEnd', waiting.channel, dialled, { DialStatus: 'CANCEL' });
    waiting.ringing = undefined;
    board.hangUp(dialled, 0);
    this.#core.happened(waiting.channel, { type: 'offerEnded', device: member.device, reason: 'noAnswer' });
    this.#later(waiting);
  }
  /** Busy, rejected or out of reach. Somebody else is called at once; who let it ring makes the caller wait. */
  #turnedDown(waiting: Waiting, member: Member, dialled: Channel, cause: number): void {
    const { board } = this.#core;
    const rang = waiting.ringing === undefined ? 0 : this.#core.clock.now() - waiting.ringing.attempt.startedAt;
    const offered = waiting.ringing !== undefined;
    waiting.ringing = undefined;
    if (cause !== 20) board.requestHangup(dialled, cause);
    board.tellDial('DialEnd', waiting.channel, dialled, { DialStatus: 'NOANSWER' });
    this.#ringNoAnswer(waiting, member, dialled, rang);
    board.hangUp(dialled, cause);
    if (offered) this.#core.happened(waiting.channel, { type: 'offerEnded', device: member.device, reason: 'busy' });
    waiting.tried.add(member.device);
    this.#call(waiting);
  }
  #ringNoAnswer(waiting: Waiting, member: Member, dialled: Channel, ringMs: Milliseconds): void {
    this.#core.board.tellDial('AgentRingNoAnswer', waiting.channel, dialled, {
      Queue: this.site.name,
      Interface: member.device,
      MemberName: member.name,
      RingTime: Math.round(ringMs / 1000) * 1000,
    });
  }

  #answered(waiting: Waiting, member: Member, dialled: Channel, rangAt: Instant): void {
    const { board, devices, clock } = this.#core;
    const caller = waiting.channel;
    const now = clock.now();
    waiting.ringing = undefined;
    board.setState(dialled, 6);
    board.tellDial('DialEnd', caller, dialled, { DialStatus: 'ANSWER' });
    board.music(caller, false);
    this.#leave(waiting);
    const holdTime = secondsBetween(waiting.joinedAt, now);
    clientIsWith(caller, member.device);
    board.setVariable(caller, 'QUEUEPOSITION', '1');
    board.setVariable(caller, 'QUEUEWAIT', String(holdTime));
    board.setVariable(caller, 'QUEUEWAIT_MS', String(holdTime * 1000));
    const who = { Queue: this.site.name, Interface: member.device, MemberName: member.name };
    board.tellDial('AgentConnect', caller, dialled, {
      ...who,
      HoldTime: holdTime,
      RingTime: secondsBetween(rangAt, now),
    });
    devices.refresh(member.device);
    this.figures.onAnswered(now - waiting.joinedAt, holdTime);
    member.inCall = true;
    this.#talking.connect(caller, dialled, {
      onEnd: (reason) => this.#completed(caller, dialled, member, { ...who, HoldTime: holdTime }, now, reason),
      afterwards: () => waiting.done('CONTINUE'),
    });
    this.#core.happened(caller, { type: 'answered', device: member.device });
  }
  #completed(
    caller: Channel,
    dialled: Channel,
    member: Member,
    who: Readonly<Record<string, string | number>>,
    answeredAt: Instant,
    reason: BridgeEnd,
  ): void {
    const now = this.#core.clock.now();
    const talkTime = secondsBetween(answeredAt, now);
    const end = { ...who, TalkTime: talkTime, Reason: reason };
    if (dialled.gone) this.#core.board.tell('AgentComplete', caller, end);
    else this.#core.board.tellDial('AgentComplete', caller, dialled, end);
    this.figures.onCompleted(talkTime);
    member.inCall = false;
    this.parts.onCompleted(member.device, now);
  }

  #abandon(waiting: Waiting): void {
    const { board } = this.#core;
    const { channel } = waiting;
    channel.endedBy = channel.isClient ? 'client' : 'operator';
    board.requestHangup(channel);
    board.music(channel, false);
    const ringing = waiting.ringing;
    ringing?.attempt.cancel(0);
    this.#tellAbandon(waiting);
    if (ringing)
      this.#core.happened(channel, { type: 'offerEnded', device: ringing.member.device, reason: 'cancelled' });
    this.#core.happened(channel, { type: 'abandoned', queue: this.site.name });
    board.softHangup(channel);
    if (ringing) board.hangUp(ringing.attempt.dialled, 0);
    board.hangUp(channel, 0);
  }
  #giveUp(waiting: Waiting): void {
    if (waiting.ringing !== undefined) {
      const { attempt, member } = waiting.ringing;
      this.#ringNoAnswer(waiting, member, attempt.dialled, this.#core.clock.now() - attempt.startedAt);
      this.#core.happened(waiting.channel, { type: 'offerEnded', device: member.device, reason: 'noAnswer' });
      attempt.cancel(0);
      this.#core.board.hangUp(attempt.dialled, 0);
    }
    this.#tellAbandon(waiting);
    this.#core.board.music(waiting.channel, false);
    waiting.channel.program = undefined;
    waiting.done('TIMEOUT');
  }
  #tellAbandon(waiting: Waiting): void {
    this.#core.board.tell('QueueCallerAbandon', waiting.channel, {
      Queue: this.site.name,
      Position: this.waiting.indexOf(waiting) + 1,
      OriginalPosition: waiting.enteredAtPosition,
      HoldTime: secondsBetween(waiting.joinedAt, this.#core.clock.now()),
    });
    this.figures.abandoned += 1;
    this.#leave(waiting);
  }
  #leave(waiting: Waiting): void {
    const { board, devices } = this.#core;
    waiting.cancelRetry();
    waiting.cancelTimeout();
    const position = this.waiting.indexOf(waiting) + 1;
    this.waiting.splice(position - 1, 1);
    if (this.waiting.length === 0) devices.tell(`Queue:${this.site.name}`, 'NOT_INUSE');
    board.tell('QueueCallerLeave', waiting.channel, {
      Queue: this.site.name,
      Position: position,
      Count: this.waiting.length,
    });
  }
  /** The caller was taken away (an AMI `Redirect` of who waits). */
  withdraw(channel: Channel): void {
    const waiting = this.waiting.find((each) => each.channel === channel);
    if (waiting === undefined) return;
    const ringing = waiting.ringing;
    ringing?.attempt.cancel(0);
    if (ringing) this.#core.board.hangUp(ringing.attempt.dialled, 0);
    this.#core.board.music(channel, false);
    this.#leave(waiting);
  }
}

/** What a queue needs of all queues together. */
export interface QueueParts {
  readonly willing: (device: string, channel: Channel) => Willingness;
  readonly identityOf: (device: string) => { number: string; name: string } | undefined;
  /** Not in use and not already offered a call. */
  readonly isFree: (device: string) => boolean;
  readonly nextTurn: () => number;
  readonly onCompleted: (device: string, at: Instant) => void;
  readonly random: () => number;
}
