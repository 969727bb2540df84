import {
  extensionOf,
  AppError,
  type CallId,
  type Clock,
  type DeviceId,
  type Fact,
  type Instant,
  type Milliseconds,
  type QueueName,
} from '../../machines/vocabulary/index.ts';
import type { AmiConnection } from './connection/connection.ts';
import type { Correlator } from './correlate/correlator.ts';
import type { SpyMode } from './exchange.ts';

/** Contexts of the shipped dialplan. */
const GATE = 'transfer-gate';
const OPERATORS = 'from-operators';
const LISTENING = 'listening';
/** How long a telephone rings at the product's command. */
const RING_MS: Milliseconds = 30_000;
/** The exchange's own count of an attended transfer is in by then. */
const COUNTED_AFTER_MS: Milliseconds = 300;
const NUMBER = /^\+?[0-9*#]{1,40}$/;
/** It becomes a part of the channel's id. */
export const ORIGINATE_TOKEN = /^[\w.-]{1,100}$/;

export interface CommandParts {
  readonly connection: AmiConnection;
  readonly correlator: Correlator;
  readonly clock: Clock;
  /** Facts that a command itself brings to light. */
  readonly tell: (facts: readonly Fact[]) => void;
}

/** The product's commands as AMI actions. Rejections are those of `Exchange`. */
export class AsteriskCommands {
  readonly #parts: CommandParts;
  /** Counts for calls whose client has no channel yet (an outbound call that still rings). */
  readonly #counts = new Map<CallId, { count: number; limit: number }>();
  #originates = 0;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** In-dialog NOTIFY, as BroadSoft's telephones know it. The AMI user needs the class `system` for it. */
  async notify(callId: CallId, device: DeviceId, event: 'hold' | 'talk'): Promise<void> {
    await this.#act('PJSIPNotify', { Channel: this.#leg(callId, device), Variable: { Event: event } });
  }
  async hangUp(callId: CallId, device: DeviceId): Promise<void> {
    await this.#act('Hangup', { Channel: this.#leg(callId, device), Cause: 16 });
  }
  async blindTransfer(callId: CallId, device: DeviceId, number: string): Promise<void> {
    const Channel = this.#leg(callId, device);
    await this.#act('BlindTransfer', { Channel, Context: GATE, Exten: await this.#known(GATE, number) });
  }
  async consult(callId: CallId, device: DeviceId, number: string): Promise<void> {
    const Channel = this.#leg(callId, device);
    await this.#act('Atxfer', { Channel, Context: GATE, Exten: await this.#known(GATE, number) });
  }
  /** The exchange completes its own consultation when the operator's telephone leaves it. */
  async completeConsult(callId: CallId, device: DeviceId): Promise<void> {
    const { leg, second } = this.#consult(callId, device);
    if (second === undefined) return this.#act('Hangup', { Channel: leg, Cause: 16 });
    const client = this.#parts.correlator.clientChannelOf(callId);
    if (client === undefined || second.reached === undefined) throw unknownCall(callId, device);
    // Two calls of one telephone: what its own transfer key would do, done by the exchange.
    await this.#act('Bridge', { Channel1: client, Channel2: second.reached, Tone: 'no' });
  }
  async cancelConsult(callId: CallId, device: DeviceId): Promise<void> {
    const { leg, second } = this.#consult(callId, device);
    if (second === undefined) await this.#act('CancelAtxfer', { Channel: leg });
    else if (second.leg !== undefined) await this.#act('Hangup', { Channel: second.leg, Cause: 16 });
  }

  async originate(request: { device: DeviceId; number: string; token: string; callerId: string }): Promise<void> {
    const { device, token, callerId } = request;
    const number = await this.#known(OPERATORS, request.number);
    if (!ORIGINATE_TOKEN.test(token)) throw badValue('token');
    const channelId = `tr-${this.#unique()}-${token}`;
    const { correlator } = this.#parts;
    correlator.expect(channelId, { kind: 'call', token, number });
    await this.#originate(device, channelId, {
      Context: OPERATORS,
      Exten: number,
      CallerID: `<${number}>`,
      ...(callerId === '' ? {} : { Variable: { OUTBOUND_NUMBER: numberOf(callerId) } }),
    });
  }
  async spy(request: { supervisorDevice: DeviceId; device: DeviceId; mode: SpyMode }): Promise<void> {
    const { supervisorDevice, device, mode } = request;
    const channelId = `spy-${this.#unique()}`;
    this.#parts.correlator.expect(channelId, { kind: 'listening', mode });
    await this.#originate(supervisorDevice, channelId, {
      Context: LISTENING,
      Exten: mode,
      CallerID: `<${extensionOf(device)}>`,
      Variable: { SPY_DEVICE: device, SPY_MODE: mode },
    });
  }
  async stopSpy(supervisorDevice: DeviceId): Promise<void> {
    const channels = this.#parts.correlator.listeningChannels(supervisorDevice);
    await Promise.all(channels.map((Channel) => this.#act('Hangup', { Channel, Cause: 16 })));
  }
  async pauseMember(request: { device: DeviceId; queue?: QueueName; paused: boolean; reason: string }): Promise<void> {
    const { device, queue, paused, reason } = request;
    await this.#act('QueuePause', {
      Interface: device,
      Paused: paused,
      Reason: reason,
      ...(queue === undefined ? {} : { Queue: queue }),
    });
  }

  async inviteToSurvey(callId: CallId): Promise<void> {
    const Channel = this.#parts.correlator.clientChannelOf(callId);
    if (Channel === undefined) throw unknownCall(callId);
    await this.#act('Setvar', { Channel, Variable: 'SURVEY_WANTED', Value: 'yes' });
  }

  /**
   * The gate adds what it let through itself (`GATE_COUNT`) to what we tell (`GATE_BEFORE`), so the two are told apart
   * here: an update that crosses a transfer cannot lose it. An attended transfer is counted by the exchange only when
   * the operator's channel has hung up, a few milliseconds after we hear of it; so what follows one waits for that.
   */
  async setTransferCount(callId: CallId, count: number, limit: number): Promise<void> {
    const Channel = this.#parts.correlator.clientChannelOf(callId);
    if (Channel === undefined) {
      if (!this.#parts.correlator.isLive(callId)) throw unknownCall(callId);
      this.#counts.set(callId, { count, limit });
      return;
    }
    await this.#until((this.#parts.correlator.attendedAt(callId) ?? 0) + COUNTED_AFTER_MS);
    const { value } = await this.#parts.connection.action('Getvar', { Channel, Variable: 'SHARED(GATE_COUNT)' });
    const own = Number.parseInt(value ?? '', 10) || 0;
    const before = Math.max(0, count - own);
    await this.#act('Setvar', { Channel, Variable: 'SHARED(GATE_BEFORE)', Value: before });
    await this.#act('Setvar', { Channel, Variable: 'SHARED(GATE_LIMIT)', Value: limit });
    // What the exchange could not see of an attended transfer it finds out by who has the client: told, it is no news.
    const operator = this.#parts.correlator.attendedTo(callId);
    if (operator !== undefined)
      await this.#act('Setvar', { Channel, Variable: 'SHARED(GATE_OPERATOR)', Value: operator });
  }
  /** What waited for the client's channel. The promise is for the caller's log. */
  async tellWaitingCounts(facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) {
      if (fact.type === 'call.ended') this.#counts.delete(fact.callId);
      const waiting = fact.type === 'call.answered' ? this.#counts.get(fact.callId) : undefined;
      if (waiting === undefined || fact.type !== 'call.answered') continue;
      this.#counts.delete(fact.callId);
      await this.setTransferCount(fact.callId, waiting.count, waiting.limit);
    }
  }

  async #originate(
    device: DeviceId,
    channelId: string,
    fields: Parameters<AmiConnection['originate']>[0],
  ): Promise<void> {
    const { connection, correlator, clock, tell } = this.#parts;
    const given = { Channel: device, ChannelId: channelId, Priority: 1, Timeout: RING_MS, ...fields };
    try {
      const { outcome } = await connection.originate(given);
      void outcome.then(({ kind }) => {
        if (kind === 'failed') tell(correlator.originateFailed(channelId, device, clock.now()));
        return undefined;
      });
    } catch (fault) {
      correlator.forgetExpected(channelId);
      throw fault;
    }
  }
  /**
   * The number, if a call can get there. AMI sends a client anywhere at once, and a place that no dialplan knows is the end
   * of the call; an operator's telephone would ring for nothing. An exchange that refuses to say (an account without the
   * right to ask) is left to find out.
   */
  async #known(context: string, raw: string): Promise<string> {
    const number = numberOf(raw);
    const Variable = `DIALPLAN_EXISTS(${context},${number},1)`;
    const answer = await this.#parts.connection.action('Getvar', { Variable }).catch((fault: unknown) => {
      if (fault instanceof AppError && fault.code === 'telephony.refused') return undefined;
      throw fault;
    });
    if (answer?.['value'] !== '0') return number;
    const details = { number };
    throw new AppError('telephony.noSuchNumber', 'The exchange knows no such number.', { kind: 'user', details });
  }
  async #until(at: Instant): Promise<void> {
    const { clock } = this.#parts;
    if (at > clock.now()) await new Promise<void>((resolve) => clock.setTimer(at, resolve));
  }
  async #act(name: string, fields: Parameters<AmiConnection['action']>[1]): Promise<void> {
    await this.#parts.connection.action(name, fields);
  }
  #leg(callId: CallId, device: DeviceId): string {
    const channel = this.#parts.correlator.channelOf(callId, device);
    if (channel === undefined) throw unknownCall(callId, device);
    return channel;
  }
  #consult(callId: CallId, device: DeviceId): NonNullable<ReturnType<Correlator['consultOf']>> {
    const consult = this.#parts.correlator.consultOf(callId);
    if (consult === undefined || consult.device !== device) throw unknownCall(callId, device);
    return consult;
  }
  /** Unlike any other of this exchange, also after a restart of ours. */
  #unique(): string {
    this.#originates += 1;
    return `${this.#parts.clock.now().toString(36)}${this.#originates.toString(36)}`;
  }
}

const numberOf = (raw: string): string => {
  const number = raw.replace(/[\s()-]/g, '');
  if (!NUMBER.test(number)) throw badValue('number');
  return number;
};
const badValue = (what: string): AppError =>
  new AppError('telephony.badValue', `This ${what} cannot be given to Asterisk.`, { kind: 'user', details: { what } });
const unknownCall = (callId: CallId, device?: DeviceId): AppError =>
  new AppError('telephony.unknownCall', 'The exchange has no such call, or this telephone is not in it.', {
    details: { callId, ...(device === undefined ? {} : { device }) },
  });
