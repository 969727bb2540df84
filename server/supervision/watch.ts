import type { HoldEffect } from '../../machines/promises/index.ts';
import type { ReadinessEffect } from '../../machines/operator/index.ts';
import type { TransferViolation } from '../../machines/transfers/index.ts';
import type { CallId, InquiryId, Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { CallListener, DeadlineBook } from '../calls/ports.ts';
import type { CallbackNotice } from '../callbacks/ports.ts';
import type { OperatorRow, QueueThresholds, RiskRow } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { AlertsRoom } from './alertsRoom.ts';

export interface WatchSetup {
  readonly ledger: Ledger;
  readonly alerts: AlertsRoom;
  readonly deadlines: DeadlineBook;
  calls(): CallsRoom;
  thresholdsOf(queue: string | undefined): QueueThresholds;
  nameOf(operatorId: OperatorId): string;
  clientOf(live: LiveCall): string;
}
interface Trouble {
  readonly code: string;
  readonly since: Instant;
  readonly text: string;
}

/** Turns what goes wrong into alerts, each once per level, whether or not anybody watches the board. */
export class Watch implements CallListener {
  readonly #setup: WatchSetup;
  readonly #help = new Map<OperatorId, { readonly reason: string; readonly at: Instant }>();
  readonly #trouble = new Map<OperatorId, Map<string, Trouble>>();

  constructor(setup: WatchSetup) {
    this.#setup = setup;
  }
  helpOf(operatorId: OperatorId): OperatorRow['help'] {
    return this.#help.get(operatorId);
  }
  troubleOf(operatorId: OperatorId): readonly RiskRow[] {
    return [...(this.#trouble.get(operatorId)?.values() ?? [])].map(({ code, since, text }) => ({
      key: `trouble/${operatorId}/${code}`,
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
    this.#setTrouble(operatorId, { code: 'helpAsked', since: at, text: reason });
    this.#setup.alerts.raise(
      { key: `help/${operatorId}/${at}`, level: 'breach', code: 'helpAsked', text: reason, ...this.#who(operatorId) },
      at,
    );
  }
  helpTaken(operatorId: OperatorId): void {
    this.#help.delete(operatorId);
    this.#clearTrouble(operatorId, 'helpAsked');
  }
  onReadiness(effect: ReadinessEffect, at: Instant): void {
    if (effect.type !== 'operator.missedCalls' && effect.type !== 'operator.deviceLost') return;
    const code = effect.type === 'operator.missedCalls' ? 'missedCalls' : 'deviceLost';
    this.#setTrouble(effect.operatorId, { code, since: at, text: '' });
    this.#setup.alerts.raise(
      { key: `${code}/${effect.operatorId}/${at}`, level: 'warning', code, ...this.#who(effect.operatorId) },
      at,
    );
  }
  /** An operator is ready again: the telephone rings, calls are taken. */
  onReady(operatorId: OperatorId): void {
    this.#clearTrouble(operatorId, 'missedCalls');
    this.#clearTrouble(operatorId, 'deviceLost');
  }
  #setTrouble(operatorId: OperatorId, trouble: Trouble): void {
    const theirs = this.#trouble.get(operatorId) ?? new Map<string, Trouble>();
    theirs.set(trouble.code, trouble);
    this.#trouble.set(operatorId, theirs);
    this.#setup.ledger.touch(`operator/${operatorId}`);
  }
  #clearTrouble(operatorId: OperatorId, code: string): void {
    if (this.#trouble.get(operatorId)?.delete(code)) this.#setup.ledger.touch(`operator/${operatorId}`);
  }
  #who(operatorId: OperatorId | undefined): { operatorId?: OperatorId; operatorName?: string } {
    return operatorId ? { operatorId, operatorName: this.#setup.nameOf(operatorId) } : {};
  }

  onEffects(live: LiveCall, effects: ReturnType<LiveCall['apply']>, at: Instant): void {
    for (const effect of effects.holds) this.#onHold(live, effect, at);
    this.#armWaiting(live);
  }
  onClosed(live: LiveCall): void {
    this.#setup.deadlines.arm(`wait/${live.callId}`, []);
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
  /** The caller waits: two instants by the queue's thresholds, from its entry on. */
  #armWaiting(live: LiveCall): void {
    const { queueEnteredAt, answeredAt, queue, ended } = live.record;
    const owner = `wait/${live.callId}`;
    if (queueEnteredAt === undefined || answeredAt !== undefined || ended) {
      this.#setup.deadlines.arm(owner, []);
      return;
    }
    const { waitWarnMs, waitBreachMs } = this.#setup.thresholdsOf(queue);
    this.#setup.deadlines.arm(owner, [
      { key: 'warning', at: queueEnteredAt + waitWarnMs },
      { key: 'breach', at: queueEnteredAt + waitBreachMs },
    ]);
  }
  onDue(owner: string, key: string, at: Instant): void {
    const callId = owner.slice('wait/'.length) as CallId;
    const live = this.#setup.calls().get(callId);
    if (!live || live.record.answeredAt !== undefined) return;
    const level = key === 'breach' ? 'breach' : 'warning';
    this.#setup.alerts.raise(
      {
        key: `${owner}/${level}`,
        level,
        code: `waiting.${level}`,
        callId,
        riskKey: `waiting/${callId}`,
        text: this.#setup.clientOf(live),
      },
      at,
    );
    void this.#setup.ledger.flush();
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
  onViolation(inquiryId: InquiryId, violation: TransferViolation): void {
    const { callId, at, count, limit } = violation;
    this.#setup.alerts.raise(
      {
        key: `limit/${inquiryId}/${count}`,
        level: 'breach',
        code: 'transfer.limitExceeded',
        callId,
        riskKey: `limit/${callId}`,
        text: `${count} / ${limit}`,
      },
      at,
    );
  }
}
