import type { CallId, DeviceId, ExchangeId, Fact, Instant, QueueName } from '../../machines/vocabulary/index.ts';

/** What every screen shows of the link to one exchange. */
export interface LinkState {
  readonly exchangeId: ExchangeId;
  readonly status: 'connecting' | 'resyncing' | 'up' | 'lost' | 'refused';
  /** The last instant at which our picture of the exchange was known to be true. */
  readonly trueAt: Instant;
  /** Why it is not up, in plain words for the log; empty when up. */
  readonly reason: string;
}

export type SpyMode = 'listen' | 'whisper' | 'join';

/**
 * One Asterisk. All that the product knows of telephony passes here; what is inside can be exchanged.
 * Each command resolves when Asterisk accepted it; what then happens on the line comes as facts.
 * Commands reject with `AppError`: `telephony.linkLost`, `telephony.timeout`, `telephony.refused` (details.message is
 * Asterisk's own), `telephony.unknownCall`, `telephony.badValue` (a CR, LF or an over-long value).
 */
export interface Exchange {
  readonly id: ExchangeId;
  /** Begins to connect. Facts arrive in order, in batches of what one read of the socket brought. */
  start(onFacts: (facts: readonly Fact[]) => void, onLink: (state: LinkState) => void): void;
  stop(): Promise<void>;
  readonly link: LinkState;
  /** Counts for the metrics: by name, and for events that the product does not know by event name. */
  readonly counts: {
    readonly totals: Readonly<Record<string, number>>;
    readonly unknownEvents: ReadonlyMap<string, number>;
    /** When the exchange sent the newest event that was read, by its own clock; 0 before the first. */
    readonly readUntil: Instant;
  };

  /** Puts the client of this call on hold at `device`. Telephones that ignore the NOTIFY need their own key. */
  hold(callId: CallId, device: DeviceId): Promise<void>;
  resume(callId: CallId, device: DeviceId): Promise<void>;
  hangUp(callId: CallId, device: DeviceId): Promise<void>;
  blindTransfer(callId: CallId, device: DeviceId, number: string): Promise<void>;
  /** Starts an attended transfer: the client waits while `device` talks to `number`. */
  consult(callId: CallId, device: DeviceId, number: string): Promise<void>;
  completeConsult(callId: CallId, device: DeviceId): Promise<void>;
  cancelConsult(callId: CallId, device: DeviceId): Promise<void>;
  /** Rings `device`, then calls `number`. `token` comes back in `call.started`. */
  originate(request: { device: DeviceId; number: string; token: string; callerId: string }): Promise<void>;
  pauseMember(request: { device: DeviceId; queue?: QueueName; paused: boolean; reason: string }): Promise<void>;
  /** Rings the supervisor's telephone and, answered, opens its ear (and mouth) on `device`. */
  spy(request: { supervisorDevice: DeviceId; device: DeviceId; mode: SpyMode }): Promise<void>;
  stopSpy(supervisorDevice: DeviceId): Promise<void>;
  /** When the operator hangs up, the client goes on to the survey on the keypad instead of being cut off. */
  inviteToSurvey(callId: CallId): Promise<void>;
  /** Tells the exchange's own transfer gate how many transfers this inquiry has had and may have. */
  setTransferCount(callId: CallId, count: number, limit: number): Promise<void>;
}
