import type { Clock, Instant, Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { PacketFields } from '../connection/wire.ts';
import type { ClientScript, TelephoneScript } from './client.ts';
import { Consultations } from './consult.ts';
import type { Core } from './core.ts';
import { Devices } from './devices.ts';
import { Dialling, type Willingness } from './dialling.ts';
import { Dialplan } from './dialplan.ts';
import { classOf, type AmiClass } from './events.ts';
import type { Happening, HappeningAt, OnHappening } from './happenings.ts';
import { mainOf, type Channel, type PartyId } from './model.ts';
import { Originating } from './originate.ts';
import { Parking } from './parking.ts';
import { Queues } from './queues.ts';
import { ScriptedClients } from './scriptedClients.ts';
import { isTrunk, TRUNK, type Site } from './site.ts';
import { Switchboard } from './switchboard.ts';
import { Talking } from './talking.ts';
import { Transfers } from './transfers.ts';

/** Who listens to the events: a session of the AMI server. */
export interface Listener {
  wants(eventClass: AmiClass, event: string): boolean;
  event(event: string, eventClass: AmiClass, fields: PacketFields, at: Instant): void;
}

export interface CallIn {
  readonly number: string;
  readonly name: string;
  /** What the client dialled: a number of the city, as `Site` knows it. */
  readonly dialled: string;
  readonly script?: ClientScript;
}

/** How long Asterisk has been up when the demonstration begins. */
const UPTIME_AT_START_MS = 3_600_000;

/**
 * A simulated Asterisk: telephones, queues, clients and the shipped dialplan, told by AMI events as Asterisk 22 tells
 * them. Its verbs are what people do with telephones. It has no sockets: `DemoAmiServer` gives it a port.
 */
export class DemoExchange {
  readonly core: Core;
  readonly queues: Queues;
  readonly parking: Parking;
  readonly dialling: Dialling;
  readonly dialplan: Dialplan;
  readonly transfers: Transfers;
  readonly consultations: Consultations;
  readonly originating: Originating;
  readonly talking: Talking;
  readonly database = new Map<string, string>();
  /** What telephones and people called by number do by themselves. */
  readonly telephoneScripts = new Map<string, TelephoneScript>();
  readonly clients: ScriptedClients;
  bootedAt: Instant;
  processedCalls = 0;
  readonly #listeners = new Set<Listener>();
  readonly #witnesses = new Set<OnHappening>();
  readonly #changed = new Set<() => void>();
  readonly #timers = new Set<() => void>();
  #unfiltered = false;
  #ids = 0;

  constructor(site: Site, clock: Clock) {
    this.bootedAt = clock.now() - UPTIME_AT_START_MS;
    const emit = (event: string, fields: () => PacketFields): void => this.#emit(event, fields);
    const board = new Switchboard({
      clock,
      emit,
      newId: () => uuidOf(this.#ids++),
      language: site.language,
      unfiltered: () => this.#unfiltered,
      onDevice: (device) => devices.refresh(device),
      onClientGone: (channel, cause) => this.#clientGone(channel, cause),
    });
    const devices = new Devices({
      emit,
      channelsOf: (device) => board.of(device),
      hintOf: (device) => site.telephones.find((each) => each.device === device)?.number,
      onChange: (device) => this.queues.onDevice(device),
    });
    devices.know([...site.telephones.map((each) => each.device), TRUNK]);
    const core: Core = {
      site,
      clock,
      board,
      devices,
      emit,
      globals: new Map([['TRANSFER_LIMIT', String(site.transferLimit)]]),
      after: (delayMs, run) => this.#after(delayMs, run),
      happened: (channel, happening) =>
        this.#witness({ ...happening, call: toldOf(channel, happening), at: clock.now() }),
    };
    this.core = core;
    this.clients = new ScriptedClients(core, (client) => this.hangUpParty(client));
    this.talking = new Talking(core);
    this.parking = new Parking(core);
    const willing = (device: string, channel: Channel): Willingness => this.#willing(device, channel);
    const identityOf = (device: string): PartyId | undefined => this.identityOf(device);
    this.dialling = new Dialling(core, { willing, onRinging: (dialled) => this.#onRinging(dialled) });
    this.queues = new Queues(core, this.dialling, this.talking, {
      willing,
      identityOf,
      nameOf: (device) => this.identityOf(device)?.name ?? device,
    });
    this.dialplan = new Dialplan(core, {
      dialling: this.dialling,
      talking: this.talking,
      queues: this.queues,
      parking: this.parking,
      identityOf,
      surveyDigit: (channel, question) => this.clients.surveyDigit(channel, question),
    });
    this.parking.onTimeout((channel, device) => this.dialplan.returnFromParking(channel, device));
    this.transfers = new Transfers(core, this.dialplan, this.talking, this.parking);
    this.consultations = new Consultations(core, this.dialplan, this.talking);
    this.originating = new Originating(core, this.dialling, this.dialplan, willing, identityOf);
  }

  // -------------------------------------------------------------------------------- who listens
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#seeWhoListens();
    return () => {
      this.#listeners.delete(listener);
      this.#seeWhoListens();
    };
  }
  #seeWhoListens(): void {
    this.#unfiltered = [...this.#listeners].some((each) => each.wants('dialplan', 'VarSet'));
  }
  /** Tells what truly happened, as the model knows it. */
  witness(onHappening: OnHappening): () => void {
    this.#witnesses.add(onHappening);
    return () => void this.#witnesses.delete(onHappening);
  }
  /** Something that a person at the page may see has changed. May come many times within one moment. */
  onChange(run: () => void): () => void {
    this.#changed.add(run);
    return () => void this.#changed.delete(run);
  }
  get uptimeMs(): Milliseconds {
    return this.core.clock.now() - this.bootedAt;
  }
  identityOf(device: string): PartyId | undefined {
    if (isTrunk(device)) return undefined;
    const telephone = this.core.site.telephones.find((each) => each.device === device);
    return telephone && { number: telephone.number, name: telephone.name };
  }

  // -------------------------------------------------------------------------------- clients
  /** A citizen calls. The id of the client's channel, or `undefined` when the number is not in service. */
  callIn(call: CallIn): string | undefined {
    const { board, devices } = this.core;
    if (!this.dialplan.knows('from-trunk', call.dialled)) return undefined;
    const channel = board.newChannel({
      device: TRUNK,
      state: 4,
      caller: { number: call.number, name: call.name },
      context: 'from-trunk',
      exten: call.dialled,
    });
    board.makeClient(channel);
    this.processedCalls += 1;
    this.core.happened(channel, {
      type: 'started',
      direction: 'inbound',
      number: call.number,
      dialled: call.dialled,
    });
    if (call.script !== undefined) this.clients.follow(channel, call.script);
    this.dialplan.run(channel, 'from-trunk', call.dialled);
    devices.refresh(TRUNK);
    return channel.uniqueid;
  }
  /** The client hangs up, or rejects when it is being called. */
  clientHangsUp(uniqueid: string): boolean {
    const channel = this.core.board.channels.get(uniqueid);
    if (channel === undefined) return false;
    this.hangUpParty(channel);
    return true;
  }
  clientAnswers(uniqueid: string): boolean {
    const attempt = this.dialling.attempts.get(uniqueid);
    attempt?.answer();
    return attempt !== undefined;
  }
  clientIsBusy(uniqueid: string): boolean {
    const attempt = this.dialling.attempts.get(uniqueid);
    attempt?.refuse();
    return attempt !== undefined;
  }

  /** Whoever's channel this is hangs up: in a conversation, ringing, waiting or dialling. */
  hangUpParty(channel: Channel): void {
    if (channel.gone) return;
    if (this.consultations.complete(channel) || this.consultations.restEnded(channel)) return;
    if (channel.bridge !== undefined && channel.program === undefined) {
      this.talking.partyLeft(channel);
      if (channel.isClient) this.consultations.clientGone(channel);
    } else channel.program?.partyLeft();
  }

  /** AMI's `Hangup` of one channel. */
  hangUpByAmi(channel: Channel): void {
    if (channel.gone) return;
    const consulting = this.consultations.of(channel) !== undefined;
    if (channel.bridge === undefined || channel.program !== undefined || consulting) this.hangUpParty(channel);
    else {
      this.talking.hungUpByAmi(channel);
      if (channel.isClient) this.consultations.clientGone(channel);
    }
  }

  // -------------------------------------------------------------------------------- the whole exchange
  /** The process ends and begins anew: all calls are gone without a word, ids begin anew, the uptime is zero. */
  restart(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    const { board, devices, clock, globals, site } = this.core;
    const clients = [...board.clients.values()];
    board.reset();
    this.dialling.attempts.clear();
    this.consultations.reset();
    this.parking.reset();
    this.clients.reset();
    globals.clear();
    globals.set('TRANSFER_LIMIT', String(site.transferLimit));
    devices.reset();
    this.queues.reset();
    this.bootedAt = clock.now();
    for (const client of clients) this.core.happened(client, { type: 'ended', by: 'exchange', cause: 0 });
    this.#tellChanged();
  }

  /** Nothing happens any more: every timer is forgotten. */
  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  // -------------------------------------------------------------------------------- within
  #emit(event: string, fields: () => PacketFields): void {
    const eventClass = classOf(event);
    let made: PacketFields | undefined;
    const at = this.core.clock.now();
    for (const listener of this.#listeners)
      if (listener.wants(eventClass, event)) listener.event(event, eventClass, (made ??= fields()), at);
    if (eventClass !== 'dialplan') this.#tellChanged();
  }
  #tellChanged(): void {
    for (const run of this.#changed) run();
  }
  #after(delayMs: Milliseconds, run: () => void): () => void {
    const cancel = this.core.clock.setTimer(this.core.clock.now() + delayMs, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }
  #witness(happening: HappeningAt): void {
    for (const each of this.#witnesses) each(happening);
    this.clients.on(happening, this.core.board.clients.get(happening.call));
  }

  clientOf(conversation: string): Channel | undefined {
    return this.core.board.clients.get(conversation);
  }
  #clientGone(channel: Channel, cause: number): void {
    this.clients.forget(channel);
    this.core.happened(channel, { type: 'ended', by: channel.endedBy ?? 'exchange', cause });
  }
  #willing(device: string, channel: Channel): Willingness {
    if (isTrunk(device)) return this.clients.willing(channel);
    if (this.core.devices.stateOf(device) === 'UNAVAILABLE') return 'gone';
    const busy = this.telephoneScripts.get(device)?.busy ?? 'never';
    const others = this.core.board.of(device).some((each) => each !== channel);
    return busy === 'always' || (busy === 'inCall' && others) ? 'busy' : 'rings';
  }
  #onRinging(dialled: Channel): void {
    const afterMs = isTrunk(dialled.device)
      ? this.clients.answersAfter(dialled)
      : this.telephoneScripts.get(dialled.device)?.answersAfterMs;
    if (afterMs !== undefined) this.#after(afterMs, () => this.dialling.attempts.get(dialled.uniqueid)?.answer());
  }
}

/** A telephone that the exchange itself rings for a consultation rings within the client's conversation. */
const toldOf = (channel: Channel, { type }: Happening): string =>
  channel.device.startsWith('Local/') && (type === 'offered' || type === 'offerEnded')
    ? mainOf(channel.conversation)
    : channel.conversation;

/** Bridge ids look like UUIDs; they count up, so that the same demonstration gives the same stream. */
const uuidOf = (sequence: number): string => `${sequence.toString(16).padStart(8, '0')}-5ca0-4dc1-b23d-31146b711539`;
