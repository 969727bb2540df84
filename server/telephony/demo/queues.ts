import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { PacketFields } from '../connection/wire.ts';
import type { Core } from './core.ts';
import type { Dialling } from './dialling.ts';
import { memberEvent, memberItem, newMember, type Member } from './member.ts';
import type { Channel, DeviceStateName } from './model.ts';
import { DemoQueue, type QueueParts } from './queue.ts';
import { queueEntries, queueParams, queueSummary } from './queueItems.ts';
import type { Talking } from './talking.ts';

/** All queues, and what is common to them: their members, pauses, and who is free to be called. */
export class Queues {
  readonly byName = new Map<string, DemoQueue>();
  readonly #core: Core;
  #turn = 0;
  #random = 1;

  constructor(
    core: Core,
    dialling: Dialling,
    talking: Talking,
    parts: Pick<QueueParts, 'willing' | 'identityOf'> & { readonly nameOf: (device: string) => string },
  ) {
    this.#core = core;
    const shared: QueueParts = {
      willing: parts.willing,
      identityOf: parts.identityOf,
      isFree: (device) => core.devices.stateOf(device) === 'NOT_INUSE',
      nextTurn: () => ++this.#turn,
      onCompleted: (device, at) => this.#completed(device, at),
      random: () => this.#nextRandom(),
    };
    const now = core.clock.now();
    for (const site of core.site.queues) {
      const members = site.members.map((each) =>
        newMember(each.device, parts.nameOf(each.device), now, { penalty: each.penalty }),
      );
      this.byName.set(site.name, new DemoQueue(core, dialling, talking, site, members, shared));
    }
  }

  /** Whether this caller waits somewhere; then it is taken out. */
  withdraw(channel: Channel): void {
    for (const queue of this.byName.values()) queue.withdraw(channel);
  }

  /** The telephone's state changed: Asterisk tells it once per queue. */
  onDevice(device: string): void {
    for (const [queue, member] of this.#memberships(device)) this.#tell('QueueMemberStatus', queue, member);
  }

  /** Why this telephone takes no calls of any queue; `undefined` when it takes them. */
  pauseReasonOf(device: string): string | undefined {
    const found = this.#memberships(device);
    return found.length > 0 && found.every(([, member]) => member.paused)
      ? (found[0]?.[1].pauseReason ?? '')
      : undefined;
  }
  /** How many of its members take its calls now, free or talking. */
  servingOf(queueName: string): number {
    const members = this.byName.get(queueName)?.members ?? [];
    return members.filter(({ paused, device }) => !paused && this.#core.devices.stateOf(device) !== 'UNAVAILABLE')
      .length;
  }
  /** Where this caller waits, and which telephone rings for it. */
  placeOf(channel: Channel): { readonly queue: string; readonly ringing: string | undefined } | undefined {
    for (const queue of this.byName.values()) {
      const waiting = queue.waiting.find((each) => each.channel === channel);
      if (waiting !== undefined) return { queue: queue.site.name, ringing: waiting.ringing?.member.device };
    }
    return undefined;
  }
  has(device: string, queueName?: string): boolean {
    return this.#memberships(device).some(([queue]) => queueName === undefined || queue.site.name === queueName);
  }
  isDynamic(device: string, queueName: string): boolean {
    return this.#memberships(device).some(([queue, member]) => queue.site.name === queueName && member.dynamic);
  }
  resetFigures(queueName: string): void {
    for (const queue of this.#some(queueName)) queue.figures.reset();
  }

  /** False when there is no such member. Without a queue: in all of them. */
  pause(device: string, paused: boolean, reason: string, queueName?: string): boolean {
    const found = this.#memberships(device).filter(
      ([queue]) => queueName === undefined || queue.site.name === queueName,
    );
    for (const [queue, member] of found) {
      member.paused = paused;
      member.pauseReason = paused ? reason : '';
      if (paused) member.lastPauseAt = this.#core.clock.now();
      this.#core.devices.tell(`Queue:${queue.site.name}_pause_${device}`, paused ? 'INUSE' : 'NOT_INUSE');
      this.#tell('QueueMemberPause', queue, member);
    }
    return found.length > 0;
  }
  add(queueName: string, device: string, options: { name: string; penalty: number; paused: boolean }): void {
    const queue = this.byName.get(queueName);
    if (queue === undefined || this.has(device, queueName)) return;
    const member = newMember(device, options.name, this.#core.clock.now(), { ...options, dynamic: true });
    queue.members.push(member);
    this.#tell('QueueMemberAdded', queue, member);
  }
  remove(queueName: string, device: string): void {
    const queue = this.byName.get(queueName);
    const at = queue?.members.findIndex((each) => each.device === device && each.dynamic) ?? -1;
    const [member] = at === -1 ? [] : (queue?.members.splice(at, 1) ?? []);
    if (queue !== undefined && member !== undefined) this.#tell('QueueMemberRemoved', queue, member);
  }

  /** The items of `QueueStatus`, in Asterisk's order: each queue, its members, its callers. */
  status(queueName?: string): { event: string; fields: PacketFields }[] {
    const now = this.#core.clock.now();
    const items: { event: string; fields: PacketFields }[] = [];
    for (const queue of this.#some(queueName)) {
      items.push({ event: 'QueueParams', fields: queueParams(queue) });
      for (const member of queue.members) {
        const state = this.#core.devices.stateOf(member.device);
        items.push({ event: 'QueueMember', fields: memberItem(queue.site.name, member, state) });
      }
      for (const entry of queueEntries(queue, now)) items.push({ event: 'QueueEntry', fields: entry });
    }
    return items;
  }
  summary(queueName?: string): PacketFields[] {
    return this.#some(queueName).map((queue) => queueSummary(queue, this.#core.clock.now()));
  }

  /** A restart: nobody waits; static members keep their places, pauses live on (`persistentmembers`). */
  reset(): void {
    const now = this.#core.clock.now();
    for (const queue of this.byName.values()) {
      queue.waiting.length = 0;
      queue.figures.reset();
      const kept = queue.members.map((each) =>
        newMember(each.device, each.name, now, { ...each, reason: each.pauseReason }),
      );
      queue.members.splice(0, queue.members.length, ...kept);
    }
  }

  #some(queueName: string | undefined): DemoQueue[] {
    const all = [...this.byName.values()];
    return queueName === undefined || queueName === '' ? all : all.filter((queue) => queue.site.name === queueName);
  }
  #memberships(device: string): [DemoQueue, Member][] {
    const found: [DemoQueue, Member][] = [];
    for (const queue of this.byName.values())
      for (const member of queue.members) if (member.device === device) found.push([queue, member]);
    return found;
  }
  #tell(event: string, queue: DemoQueue, member: Member): void {
    const state: DeviceStateName = this.#core.devices.stateOf(member.device);
    this.#core.emit(event, () => memberEvent(queue.site.name, { ...member, inCall: false }, state));
  }
  /** `shared_lastcall`: a call in one queue counts in all queues of the member. */
  #completed(device: string, at: Instant): void {
    for (const [, member] of this.#memberships(device)) {
      member.callsTaken += 1;
      member.lastCallAt = at;
    }
  }
  /** A small generator of its own, so that the same demonstration goes the same way. */
  #nextRandom(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random / 2_147_483_647;
  }
}
