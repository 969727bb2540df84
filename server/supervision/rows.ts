import { isConfirmed, openHold, ringingSegments, type Phase } from '../../machines/call/index.ts';
import { holdViewOf } from '../../machines/promises/index.ts';
import type { Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { InquiryBook } from '../calls/ports.ts';
import type { ScriptSource } from '../calls/scriptWorld.ts';
import type { CallbacksRoom } from '../callbacks/callbacksRoom.ts';
import { ruleOf } from '../callbacks/desk.ts';
import type { CallPhase, OperatorRow, QueueThresholds, RiskRow } from '../contract/index.ts';
import type { PauseLimits } from './pauseLimits.ts';
import type { Operators } from '../people/operators.ts';

export interface RowSources {
  readonly calls: CallsRoom;
  readonly operators: Operators;
  readonly callbacks: CallbacksRoom;
  readonly inquiries: InquiryBook;
  readonly scripts: ScriptSource;
  readonly transferLimit: number;
  now(): Instant;
  thresholdsOf(queue: string | undefined): QueueThresholds;
  pauseLimitsOf(operatorId: OperatorId): PauseLimits;
  helpOf(operatorId: OperatorId): OperatorRow['help'];
  listeningTo(operatorId: OperatorId): OperatorRow['listening'];
  queuesOf(operatorId: OperatorId): readonly string[];
  todayOf(operatorId: OperatorId): { readonly handled: number; readonly talkMs: number };
}

const WARN_HOLD_MS = 30_000;
const WARN_CALLBACK_MS = 15 * 60_000;
const PHASES: Readonly<Partial<Record<Phase, CallPhase>>> = { arriving: 'ringing', parked: 'onHold' };

/** Name, or number, of the client as the board shows it. */
export function clientName(inquiries: InquiryBook, live: LiveCall): string {
  const { inquiryId } = live.rest;
  const name = inquiryId ? inquiries.known(inquiryId).name : undefined;
  return name || live.callerName || live.record.client.number;
}
const clientOf = (sources: RowSources, live: LiveCall): string => clientName(sources.inquiries, live);

export function operatorRow(sources: RowSources, operatorId: OperatorId): OperatorRow | undefined {
  const view = sources.operators.view(operatorId);
  if (!view) return undefined;
  const live = callInHand(sources, operatorId);
  const help = sources.helpOf(operatorId);
  const listening = sources.listeningTo(operatorId);
  return {
    key: operatorId,
    name: view.name,
    unit: view.unit,
    ...(view.device ? { device: view.device } : {}),
    state: view.state,
    since: view.since,
    ...(view.pauseReason ? { pauseReason: view.pauseReason } : {}),
    ...(sources.operators.isAtWork(operatorId) ? {} : { away: true }),
    ...(view.wrapUpUntil ? { wrapUpUntil: view.wrapUpUntil } : {}),
    queues: sources.queuesOf(operatorId),
    ...(live ? { call: callOf(sources, live, operatorId) } : {}),
    ...(help ? { help } : {}),
    ...(listening ? { listening } : {}),
    ...sources.todayOf(operatorId),
  };
}

function callInHand(sources: RowSources, operatorId: OperatorId): LiveCall | undefined {
  const calls = sources.calls.ofOperator(operatorId);
  return calls.find((live) => live.operatorId === operatorId) ?? calls[0];
}

function callOf(sources: RowSources, live: LiveCall, operatorId: OperatorId): NonNullable<OperatorRow['call']> {
  const { record, rest } = live;
  const script = sources.scripts.headline(live, operatorId, sources.now());
  const hold = holdViewOf(rest.holds, { language: 'ru', saved: true });
  return {
    callId: live.callId,
    ...(rest.inquiryId ? { inquiryId: rest.inquiryId } : {}),
    phase: PHASES[live.phase] ?? (live.phase as CallPhase),
    direction: record.direction,
    client: clientOf(sources, live),
    ...(record.queue ? { queue: record.queue } : {}),
    startedAt: record.answeredAt ?? record.startedAt,
    confirmed: isConfirmed(live.snapshot),
    ...(script ? { step: script.step, scriptTitle: script.title } : {}),
    ...(hold
      ? {
          hold: {
            state: hold.state,
            ...(hold.dueAt === undefined ? {} : { dueAt: hold.dueAt }),
            ...(hold.heldAt === undefined ? {} : { heldAt: hold.heldAt }),
          },
        }
      : {}),
    transfers: rest.inquiryId
      ? sources.inquiries.transfers(rest.inquiryId)
      : { count: 0, limit: sources.transferLimit, extra: 0, atLimit: false },
  };
}

/** What may break with one live call: the hold, the waiting in the queue, a talk without end, the transfers used up. */
export function callRisks(sources: RowSources, live: LiveCall): readonly RiskRow[] {
  return [
    holdRisk(sources, live),
    waitingRisk(sources, live),
    talkRisk(sources, live),
    limitRisk(sources, live),
  ].flatMap((risk) => risk ?? []);
}
const common = (
  sources: RowSources,
  live: LiveCall,
): Pick<RiskRow, 'callId' | 'client' | 'queue' | 'operatorId' | 'operatorName' | 'inquiryId'> => {
  const { operatorId } = live;
  const name = operatorId && sources.operators.view(operatorId)?.name;
  return {
    callId: live.callId,
    client: clientOf(sources, live),
    ...(live.record.queue ? { queue: live.record.queue } : {}),
    ...(operatorId ? { operatorId } : {}),
    ...(name ? { operatorName: name } : {}),
    ...(live.rest.inquiryId ? { inquiryId: live.rest.inquiryId } : {}),
  };
};

function holdRisk(sources: RowSources, live: LiveCall): RiskRow | undefined {
  const hold = holdViewOf(live.rest.holds, { language: 'ru', saved: true });
  const since = hold?.heldAt ?? openHold(live.record)?.heldAt;
  if (!hold || since === undefined || hold.state === 'named') return undefined;
  const promised = hold.dueAt !== undefined;
  return {
    ...common(sources, live),
    key: `hold/${live.callId}`,
    kind: promised ? 'hold' : 'unpromisedHold',
    since,
    breachAt: hold.dueAt ?? since,
    warnAt: (hold.dueAt ?? since) - WARN_HOLD_MS,
    ...(hold.promiseId ? { promiseId: hold.promiseId } : {}),
    ...(live.phase === 'parked' ? { code: 'parked' } : {}),
  };
}

function waitingRisk(sources: RowSources, live: LiveCall): RiskRow | undefined {
  const { record } = live;
  const waits = live.phase === 'queued' || (live.phase === 'ringing' && record.answeredAt === undefined);
  if (!waits || record.queueEnteredAt === undefined) return undefined;
  const { waitBreachMs, waitWarnMs } = sources.thresholdsOf(record.queue);
  const ringing = ringingSegments(record)[0]?.device;
  return {
    ...common(sources, live),
    key: `waiting/${live.callId}`,
    kind: 'waitingCaller',
    since: record.queueEnteredAt,
    breachAt: record.queueEnteredAt + waitBreachMs,
    warnAt: record.queueEnteredAt + waitWarnMs,
    ...(ringing ? { text: ringing } : {}),
  };
}

/** A talk is nobody's business until it is long; then it stays in the list to its end. */
function talkRisk(sources: RowSources, live: LiveCall): RiskRow | undefined {
  const { answeredAt, ended, queue } = live.record;
  const { talkWarnMs, talkBreachMs } = sources.thresholdsOf(queue);
  if (answeredAt === undefined || ended || sources.now() < answeredAt + talkWarnMs) return undefined;
  return {
    ...common(sources, live),
    key: `longTalk/${live.callId}`,
    kind: 'operatorTrouble',
    code: 'longTalk',
    since: answeredAt,
    breachAt: answeredAt + talkBreachMs,
    warnAt: answeredAt + talkWarnMs,
  };
}

/** A break that goes on too long. */
export function pauseRisk(sources: RowSources, operatorId: OperatorId): RiskRow | undefined {
  const view = sources.operators.view(operatorId);
  const { warnMs, breachMs } = sources.pauseLimitsOf(operatorId);
  if (view?.state !== 'paused' || sources.now() < view.since + warnMs) return undefined;
  return {
    key: `trouble/${operatorId}/longPause`,
    kind: 'operatorTrouble',
    code: 'longPause',
    since: view.since,
    breachAt: view.since + breachMs,
    warnAt: view.since + warnMs,
    operatorId,
    operatorName: view.name,
  };
}

function limitRisk(sources: RowSources, live: LiveCall): RiskRow | undefined {
  const { inquiryId } = live.rest;
  const transfers = inquiryId ? sources.inquiries.transfers(inquiryId) : undefined;
  if (!transfers?.atLimit || transfers.limit === 0 || live.phase === 'wrapUp' || live.phase === 'closed')
    return undefined;
  const at = live.record.transfers.at(-1)?.at ?? live.record.startedAt;
  return {
    ...common(sources, live),
    key: `limit/${live.callId}`,
    kind: 'transferLimit',
    since: at,
    breachAt: transfers.count > transfers.limit + transfers.extra ? at : Number.MAX_SAFE_INTEGER,
    warnAt: at,
    transfers,
  };
}

export function callbackRisk(sources: RowSources, promiseId: string): RiskRow | undefined {
  const state = sources.callbacks.get(promiseId);
  if (!state) return undefined;
  const view = sources.callbacks.view(state);
  const { context } = state;
  if (context.closedAt !== null) return undefined;
  return {
    key: `callback/${promiseId}`,
    kind: 'callback',
    since: context.createdAt,
    breachAt: context.dueAt,
    warnAt: context.dueAt - WARN_CALLBACK_MS,
    promiseId: context.promiseId,
    inquiryId: context.inquiryId,
    client: view.clientName || view.number,
    text: view.question,
    rule: ruleOf(context),
    ...(view.owner ? { operatorId: view.owner.id, operatorName: view.owner.name } : {}),
  };
}
