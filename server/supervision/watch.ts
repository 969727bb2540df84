import type { HoldEffect } from '../../machines/promises/index.ts';
import { readinessTroubles, type ReadinessEffect, type ReadinessState } from '../../machines/operator/index.ts';
import type { TransferViolation } from '../../machines/transfers/index.ts';
import type {
  CallFact,
  CallId,
  InquiryId,
  Instant,
  Milliseconds,
  OperatorId,
} from '../../machines/vocabulary/index.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { CallListener, DeadlineBook } from '../calls/ports.ts';
import type { CallbackNotice } from '../callbacks/ports.ts';
import type { AlertRow, OperatorRow, OperatorState, QueueThresholds, RiskRow } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { PauseLimits } from './pauseLimits.ts';
import type { AlertsRoom } from './alertsRoom.ts';

export interface WatchSetup {
  readonly ledger: Ledger;
  readonly alerts: AlertsRoom;
  readonly deadlines: DeadlineBook;
  calls(): CallsRoom;
  thresholdsOf(queue: string | undefined): QueueThresholds;
  nameOf(operatorId: OperatorId): string;
  pauseLimitsOf(operatorId: OperatorId): PauseLimits;
  /** Undefined for who never took a seat. */
  readinessOf(operatorId: OperatorId): ReadinessState | undefined;
  clientOf(live: LiveCall): string;
}
type TransferRefused = Extract<CallFact, { type: 'call.transferRefused' }>;

const TROUBLES = {
  'operator.missedCalls': 'missedCalls',
  'operator.panelLost': 'panelLost',
  'operator.deviceLost': 'deviceLost',
} as const;

const troubleKey = (operatorId: OperatorId, code: string): string => `trouble/${operatorId}/${code}`;

/** Turns what goes wrong into alerts, each once per level, whether or not anybody watches the board. */
export class Watch implements CallListener {
  readonly #setup: WatchSetup;
  readonly #help = new Map<OperatorId, { readonly reason: string; readonly at: Instant }>();

  constructor(setup: WatchSetup) {
    this.#setup = setup;
  }
  helpOf(operatorId: OperatorId): OperatorRow['help'] {
    return this.#help.get(operatorId);
  }
  troubleOf(operatorId: OperatorId): readonly RiskRow[] {
    const help = this.#help.get(operatorId);
    const readiness = this.#setup.readinessOf(operatorId);
    return [
      ...(help ? [{ code: 'helpAsked', since: help.at, text: help.reason }] : []),
      ...(readiness ? readinessTroubles(readiness) : []).map((trouble) => ({ ...trouble, text: '' })),
    ].map(({ code, since, text }) => ({
      key: troubleKey(operatorId, code),
      kind: 'operatorTrouble',
      since,
      breachAt: since,
      warnAt: since,
      operatorId,
      operatorName: this.#setup.nameOf(operatorId),
      code,
      text,
    }));
  }

  askHelp(operatorId: OperatorId, reason: string, at: Instant): void {
    this.#help.set(operatorId, { reason, at });
    this.#setup.ledger.touch(`operator/${operatorId}`);
    this.#setup.alerts.raise(
      {
        key: `help/${operatorId}/${at}`,
        level: 'breach',
        code: 'helpAsked',
        text: reason,
        riskKey: troubleKey(operatorId, 'helpAsked'),
        ...this.#who(operatorId),
      },
      at,
    );
  }
  /** Whoever comes has answered the alert, and whoever answers the alert has come. */
  helpTaken(operatorId: OperatorId, by: string, done: string, at: Instant): void {
    const help = this.#help.get(operatorId);
    if (help) this.#setup.alerts.acknowledge(`help/${operatorId}/${help.at}`, by, done, at);
    this.#help.delete(operatorId);
    this.#setup.ledger.touch(`operator/${operatorId}`);
  }
  /** After a restart: times of calls that go on, and who still waits for help. */
  replayed(): void {
    for (const { code, operatorId, text = '', at, acknowledged } of this.#setup.alerts.all()) {
      if (code !== 'helpAsked' || !operatorId || acknowledged) continue;
      this.#help.set(operatorId, { reason: text, at });
      this.#setup.ledger.touch(`operator/${operatorId}`);
    }
    this.limitsChanged();
  }
  /** Calls that go on are measured by the limits of now. */
  limitsChanged(): void {
    for (const live of this.#setup.calls().all()) {
      this.#armTimes(live);
      this.#setup.ledger.touch(`call/${live.callId}`);
    }
  }
  onReadiness(effect: ReadinessEffect, at: Instant): void {
    if (effect.type === 'operator.pauseMember' || effect.type === 'operator.wrapUpEnded') return;
    const code = TROUBLES[effect.type];
    this.#setup.alerts.raise(
      {
        key: `${code}/${effect.operatorId}/${at}`,
        level: 'warning',
        code,
        riskKey: troubleKey(effect.operatorId, code),
        ...this.#who(effect.operatorId),
      },
      at,
    );
  }
  /** On a break: for two levels of time. */
  onState(operatorId: OperatorId, state: OperatorState, at: Instant): void {
    const { warnMs, breachMs } = this.#setup.pauseLimitsOf(operatorId);
    this.#arm(`pause/${operatorId}`, state === 'paused' ? at : undefined, warnMs, breachMs);
  }
  #who(operatorId: OperatorId | undefined): { operatorId?: OperatorId; operatorName?: string } {
    return operatorId ? { operatorId, operatorName: this.#setup.nameOf(operatorId) } : {};
  }

  onEffects(live: LiveCall, effects: ReturnType<LiveCall['apply']>, at: Instant): void {
    for (const effect of effects.holds) this.#onHold(live, effect, at);
    this.#armTimes(live);
  }
  onClosed(live: LiveCall): void {
    for (const kind of ['wait', 'talk']) this.#setup.deadlines.arm(`${kind}/${live.callId}`, []);
  }
  #onHold(live: LiveCall, effect: HoldEffect, at: Instant): void {
    const about = {
      callId: live.callId,
      text: this.#setup.clientOf(live),
      riskKey: `hold/${live.callId}`,
      ...this.#who(live.operatorId),
    };
    if (effect.type === 'hold.warned' && effect.secondsLeft !== 10) {
      const level = effect.secondsLeft === 0 ? 'breach' : 'warning';
      this.#setup.alerts.raise(
        { key: `hold/${effect.promiseId}/${level}`, level, code: `hold.${level}`, ...about },
        at,
      );
    }
    if (effect.type === 'hold.unpromised')
      this.#setup.alerts.raise(
        { key: `hold/${live.callId}/${effect.heldAt}`, level: 'warning', code: 'hold.unpromised', ...about },
        at,
      );
  }
  /** The caller waits, then is talked to: two instants each, by the queue's thresholds. */
  #armTimes({ callId, record }: LiveCall): void {
    const { queueEnteredAt, answeredAt, queue, ended } = record;
    const limits = this.#setup.thresholdsOf(queue);
    const waits = answeredAt === undefined && !ended ? queueEnteredAt : undefined;
    this.#arm(`wait/${callId}`, waits, limits.waitWarnMs, limits.waitBreachMs);
    this.#arm(`talk/${callId}`, ended ? undefined : answeredAt, limits.talkWarnMs, limits.talkBreachMs);
  }
  #arm(owner: string, since: Instant | undefined, warnMs: Milliseconds, breachMs: Milliseconds): void {
    const due = [
      { key: 'warning', at: (since ?? 0) + warnMs },
      { key: 'breach', at: (since ?? 0) + breachMs },
    ];
    this.#setup.deadlines.arm(owner, since === undefined ? [] : due);
  }
  owns(owner: string): boolean {
    return /^(wait|talk|pause)\//.test(owner);
  }
  onDue(owner: string, key: string, at: Instant): void {
    const [kind = '', ...rest] = owner.split('/');
    const id = rest.join('/');
    const level = key === 'breach' ? 'breach' : 'warning';
    if (kind === 'pause') this.#onLongPause(id as OperatorId, level, at);
    else this.#onLongCall(kind === 'talk' ? 'longTalk' : 'waiting', id as CallId, level, at);
    void this.#setup.ledger.flush();
  }
  #onLongPause(operatorId: OperatorId, level: AlertRow['level'], at: Instant): void {
    const riskKey = troubleKey(operatorId, 'longPause');
    const key = `${riskKey}/${this.#setup.readinessOf(operatorId)?.context.since ?? 0}/${level}`;
    this.#setup.alerts.raise({ key, level, code: `longPause.${level}`, riskKey, ...this.#who(operatorId) }, at);
    this.#setup.ledger.touch(`operator/${operatorId}`);
  }
  #onLongCall(code: 'waiting' | 'longTalk', callId: CallId, level: AlertRow['level'], at: Instant): void {
    const live = this.#setup.calls().get(callId);
    if (!live || live.record.ended || (code === 'waiting' && live.record.answeredAt !== undefined)) return;
    this.#setup.alerts.raise(
      {
        key: `${code}/${callId}/${level}`,
        level,
        code: `${code}.${level}`,
        callId,
        riskKey: `${code}/${callId}`,
        text: this.#setup.clientOf(live),
        ...this.#who(live.operatorId),
      },
      at,
    );
    this.#setup.ledger.touch(`call/${callId}`);
  }

  onCallback({ id, at, level, code, to, owner, promiseId, client }: CallbackNotice): void {
    if (to !== 'supervisor') return;
    this.#setup.alerts.raise(
      {
        key: `callback/${id}`,
        level: level === 'alert' ? 'breach' : 'warning',
        code,
        riskKey: `callback/${promiseId}`,
        text: client,
        ...this.#who(owner ?? undefined),
      },
      at,
    );
  }
  onViolation(inquiryId: InquiryId, { callId, at, count, limit }: TransferViolation): void {
    const what = { level: 'breach', code: 'transfer.limitExceeded', text: `${count} / ${limit}` } as const;
    this.#onLimit(`${inquiryId}/${count}`, callId, what, at);
  }
  onRefused(inquiryId: InquiryId, { callId, at, target }: TransferRefused): void {
    const what = { level: 'warning', code: 'transfer.refused', text: target.number } as const;
    this.#onLimit(`${inquiryId}/refused/${at}`, callId, what, at);
  }
  #onLimit(key: string, callId: CallId, what: Pick<AlertRow, 'level' | 'code' | 'text'>, at: Instant): void {
    const who = this.#who(this.#setup.calls().get(callId)?.operatorId);
    this.#setup.alerts.raise({ key: `limit/${key}`, ...what, callId, riskKey: `limit/${callId}`, ...who }, at);
  }
}
