import type { ReadinessEffect } from '../../machines/operator/index.ts';
import type { TransferViolation } from '../../machines/transfers/index.ts';
import type {
  CallFact,
  CallId,
  DeviceId,
  InquiryId,
  Instant,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { CallEvent, CallRecord } from '../../machines/call/index.ts';
import type { CallbackNotice } from '../callbacks/ports.ts';
import type { CallsRoom } from '../calls/callsRoom.ts';
import type { LiveCall } from '../calls/liveCall.ts';
import type { Operators } from '../people/operators.ts';
import { fullName, type Users } from '../people/users.ts';
import type { Watch } from '../supervision/watch.ts';
import type { Notices } from './notices.ts';

export interface TidingsSetup {
  readonly notices: Notices;
  readonly users: Users;
  /** Asked for with each: the rooms know of one another. */
  readonly rooms: () => { readonly calls: CallsRoom; readonly operators: Operators; readonly watch: Watch };
}

/** Words of a client who is back with who sent them on. */
const BACK = ['transfer.noConsult', 'transfer.refused', 'transfer.returned'] as const;

/** What goes wrong, and who hears of it: the operator on the panel, the supervisors on theirs, the board. */
export function createTidings({ notices, users, rooms }: TidingsSetup) {
  /** Everyone who works now; and those who answer for the promises of others. */
  const atWork = (): OperatorId[] => [...rooms().operators.all()].filter((id) => rooms().operators.isAtWork(id));
  const supervisors = (): OperatorId[] =>
    users
      .all()
      .filter((person) => person.roles.includes('supervisor'))
      .map(({ id }) => id);
  /** Of whose end the operator knows: ended by themselves, or a consultation refused in words of its own. */
  const ended = new Set<CallId>();
  const recordOf = (callId: CallId) => rooms().calls.get(callId)?.record;
  const warn = (code: string, { callId, at }: CallFact, device: DeviceId): void => {
    const operatorId = rooms().operators.operatorAt(device);
    if (operatorId) notices.tell(operatorId, at, { level: 'warning', code, key: `${code}-${callId}` });
  };
  return {
    /** Take it back when the exchange did not obey: then the end is not the operator's doing. */
    endsByHand(callId: CallId): () => void {
      ended.add(callId);
      return () => void ended.delete(callId);
    },
    /** A colleague is busy or does not answer: the client is back before anybody has read why. */
    onCallFact(fact: CallFact): void {
      const { callId } = fact;
      if (fact.type === 'call.ended') {
        // The exchange may have ended it with the call, without a word of its own.
        ended.delete(callId);
        // Their words are of a client who is back on the line.
        notices.forget(...BACK.map((code) => `${code}-${callId}`));
      }
      if (fact.type === 'call.transferRefused' && recordOf(callId)?.consult) ended.add(callId);
      if (fact.type === 'call.consultEnded' && !ended.delete(callId) && fact.outcome === 'failed')
        warn('transfer.noConsult', fact, fact.device);
      if (fact.type === 'call.offered' && fact.queue === undefined && isBack(recordOf(callId), fact.device))
        warn('transfer.returned', fact, fact.device);
    },
    onViolation(inquiryId: InquiryId, violation: TransferViolation): void {
      rooms().watch.onViolation(inquiryId, violation);
      const operatorId = rooms().calls.get(violation.callId)?.operatorId;
      const notice = { level: 'alert', code: violation.type, key: `${violation.type}-${violation.callId}` } as const;
      for (const id of new Set([...supervisors(), ...(operatorId ? [operatorId] : [])]))
        notices.tell(id, violation.at, notice);
    },
    onRefused(inquiryId: InquiryId, fact: Extract<CallFact, { type: 'call.transferRefused' }>): void {
      rooms().watch.onRefused(inquiryId, fact);
      warn('transfer.refused', fact, fact.fromDevice);
    },
    /** Whoever did not answer sees who called, until the next call is in hand or the pause that follows is told. */
    onOffer(live: LiveCall, event: Extract<CallEvent, { type: 'call.offerEnded' | 'call.answered' }>): void {
      const { operatorId } = event;
      if (!operatorId) return;
      const key = 'operator.missedCalls';
      if (event.type === 'call.answered') return notices.dismiss(operatorId, key);
      if (event.reason === 'answeredElsewhere' || event.reason === 'cancelled' || ended.has(live.callId)) return;
      if (notices.of(operatorId).some(({ code }) => code === key)) return;
      const client = live.callerName || live.record.client.number;
      const { direction, answeredAt } = live.record;
      // Once the client has answered it is a call like any other, and may be offered on.
      const isOwn = direction === 'outbound' && answeredAt === undefined;
      const code = isOwn ? 'operator.notLifted' : 'operator.missedCall';
      const notice = { level: 'info', code, key } as const;
      notices.tell(operatorId, event.at, { ...notice, ...(client === '' ? {} : { text: client }) });
    },
    onTrouble(
      effect: Exclude<ReadinessEffect, { type: 'operator.pauseMember' | 'operator.wrapUpEnded' }>,
      at: Instant,
    ): void {
      // Nobody is there to read that the screen is closed, and with its opening it is over.
      if (effect.type !== 'operator.panelLost')
        notices.tell(effect.operatorId, at, { level: 'warning', code: effect.type, key: effect.type });
      rooms().watch.onReadiness(effect, at);
    },
    notify(notice: CallbackNotice): void {
      const { id, at, level, code, owner, to, promiseId, client, dueAt } = notice;
      rooms().watch.onCallback(notice);
      const here = atWork();
      // An owner who is not here is reminded in vain: then it is everyone's.
      const mine = owner !== null && here.includes(owner) ? [owner] : here;
      const audience = { owner: mine, everyone: here, supervisor: supervisors() }[to];
      for (const each of audience)
        notices.tell(each, at, { level, code, key: id, callback: { promiseId, client, dueAt } });
    },
    taken(
      from: OperatorId,
      by: OperatorId,
      { at, ...callback }: Pick<CallbackNotice, 'at' | 'promiseId' | 'client' | 'dueAt'>,
    ): void {
      const who = users.get(by);
      const words = who ? { from: fullName(who) } : {};
      notices.tell(from, at, { level: 'info', code: 'callback.takenFromYou', ...words, callback });
    },
    forget: (promiseId: PromiseId): void => notices.forgetCallback(promiseId),
  };
}

/** Sent on blind by this telephone, met nobody, and rings there again. */
const isBack = (record: CallRecord | undefined, device: DeviceId): boolean => {
  const last = record?.transfers.at(-1);
  if (last?.kind !== 'blind' || last.fromDevice !== device || last.target.device === device) return false;
  return record?.segments.every(({ answeredAt = 0 }) => answeredAt <= last.at) ?? false;
};
