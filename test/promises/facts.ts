import type { HoldEvent } from '../../machines/promises/index.ts';
import { as } from '../../machines/vocabulary/index.ts';
import type {
  CallFact,
  CallId,
  ConfirmedState,
  DeviceId,
  ExchangeId,
  OperatorId,
  PromiseId,
} from '../../machines/vocabulary/index.ts';

/** Monday 23 November 2026, 10:00 in Moscow. */
export const T0 = Date.UTC(2026, 10, 23, 7, 0, 0);
export const CALL = as<CallId>('main/1690000000.10');
export const EXCHANGE = as<ExchangeId>('main');
export const ANNA = as<OperatorId>('anna');
export const BORIS = as<OperatorId>('boris');
export const PHONE = as<DeviceId>('PJSIP/101');
export const OTHER_PHONE = as<DeviceId>('PJSIP/102');
export const promise = (name: string): PromiseId => as<PromiseId>(name);

/** Seconds after T0. */
export const at = (seconds: number): number => T0 + seconds * 1_000;

type Rest<Type extends CallFact['type']> = Omit<
  Extract<CallFact, { type: Type }>,
  'type' | 'at' | 'callId' | 'exchangeId'
>;
/** A fact of the call, `seconds` after T0. */
export const fact = <Type extends CallFact['type']>(
  type: Type,
  seconds: number,
  rest: Rest<Type>,
  callId: CallId = CALL,
): Extract<CallFact, { type: Type }> =>
  ({ type, at: at(seconds), callId, exchangeId: EXCHANGE, ...rest }) as unknown as Extract<CallFact, { type: Type }>;

export const held = (seconds: number, device = PHONE) => fact('call.held', seconds, { by: 'operator', device });
export const heldForTransfer = (seconds: number) =>
  fact('call.held', seconds, { by: 'operator', device: PHONE, forTransfer: true });
export const resumed = (seconds: number, device = PHONE) => fact('call.resumed', seconds, { by: 'operator', device });
export const heldByClient = (seconds: number) => fact('call.held', seconds, { by: 'client' });
export const resumedByClient = (seconds: number) => fact('call.resumed', seconds, { by: 'client' });
export const ended = (seconds: number, by: 'client' | 'operator' | 'exchange' | 'unknown', notBefore?: number) =>
  fact('call.ended', seconds, {
    by,
    cause: 16,
    causeText: 'Normal Clearing',
    ...(notBefore === undefined ? {} : { notBefore: at(notBefore) }),
  });
export const answered = (seconds: number, device = OTHER_PHONE) => fact('call.answered', seconds, { device });
export const transferred = (seconds: number, kind: 'blind' | 'attended') =>
  fact('call.transferred', seconds, { kind, fromDevice: PHONE, target: { number: '102', device: OTHER_PHONE } });
export const transferRefused = (seconds: number) =>
  fact('call.transferRefused', seconds, { fromDevice: PHONE, target: { number: '103' }, count: 2 });
export const consultStarted = (seconds: number) =>
  fact('call.consultStarted', seconds, { device: PHONE, target: { number: '102' } });
export const consultEnded = (seconds: number, outcome: 'returned' | 'failed' | 'transferred') =>
  fact('call.consultEnded', seconds, { device: PHONE, outcome });
export const confirmed = (seconds: number, state: ConfirmedState) =>
  fact('call.confirmed', seconds, { devices: [{ device: PHONE, state }] });
export const parked = (seconds: number) => fact('call.parked', seconds, { space: '701' });
export const unparked = (seconds: number) => fact('call.unparked', seconds, { device: PHONE });
export const linkLost = (seconds: number): HoldEvent => ({
  type: 'link.lost',
  at: at(seconds),
  exchangeId: EXCHANGE,
  reason: 'closed',
});

export const named = (seconds: number, promisedSeconds: number, id = 'h1'): HoldEvent => ({
  type: 'hold.named',
  at: at(seconds),
  promiseId: promise(id),
  promisedMs: promisedSeconds * 1_000,
  by: ANNA,
});
export const extended = (seconds: number, promisedSeconds: number, id = 'h2'): HoldEvent => ({
  type: 'hold.extended',
  at: at(seconds),
  promiseId: promise(id),
  promisedMs: promisedSeconds * 1_000,
  by: ANNA,
});
export const converted = (seconds: number): HoldEvent => ({
  type: 'hold.converted',
  at: at(seconds),
  callbackId: promise('c1'),
});
export const withdrawn = (seconds: number): HoldEvent => ({ type: 'hold.withdrawn', at: at(seconds) });
export const time = (seconds: number): HoldEvent => ({ type: 'time', at: at(seconds) });
