import { DEFAULT_CALLBACK_POLICY } from '../../machines/promises/index.ts';
import type { CallbackEvent, CallbackInput } from '../../machines/promises/index.ts';
import { as } from '../../machines/vocabulary/index.ts';
import type { CallId, InquiryId } from '../../machines/vocabulary/index.ts';
import { ANNA, BORIS, CALL, T0, promise } from './facts.ts';

const MIN = 60_000;
/** Minutes after T0. The promise is due at 120. */
export const at = (minutes: number): number => T0 + minutes * MIN;
export const TOKEN = 'c1';
export const LINE = as<CallId>('main/1690000000.77');
const OTHER_LINE = as<CallId>('main/1690000000.78');

export const callbackInput = (rest: Partial<CallbackInput> = {}): CallbackInput => ({
  promiseId: promise('c1'),
  inquiryId: as<InquiryId>('q1'),
  number: '+79065550101',
  clientName: 'Петрова Ольга Ивановна',
  clientKind: 'external',
  question: 'Когда придёт путёвка в детский сад?',
  createdAt: T0,
  createdBy: ANNA,
  callId: CALL,
  owner: ANNA,
  dueAt: at(120),
  latestAt: at(240),
  rule: 'callback',
  policy: DEFAULT_CALLBACK_POLICY,
  ...rest,
});

export const time = (minutes: number): CallbackEvent => ({ type: 'time', at: at(minutes) });
export const dialled = (minutes: number): CallbackEvent => ({
  type: 'callback.dialled',
  at: at(minutes),
  by: ANNA,
  token: TOKEN,
});
export const started = (minutes: number, callId = LINE): CallbackEvent => ({
  type: 'line.started',
  at: at(minutes),
  token: TOKEN,
  callId,
});
export const answered = (minutes: number): CallbackEvent => ({ type: 'line.answered', at: at(minutes), callId: LINE });
export const lineEnded = (minutes: number, cause = 16, by: 'client' | 'operator' = 'client'): CallbackEvent => ({
  type: 'line.ended',
  at: at(minutes),
  callId: LINE,
  by,
  cause,
  nextAttemptAt: at(minutes + 30),
});
export const confirmedBy = (minutes: number): CallbackEvent => ({
  type: 'callback.confirmed',
  at: at(minutes),
  by: ANNA,
});
export const denied = (minutes: number, outcome: 'noAnswer' | 'busy' | 'wrongNumber' = 'noAnswer'): CallbackEvent => ({
  type: 'callback.denied',
  at: at(minutes),
  by: ANNA,
  outcome,
  note: 'автоответчик',
  nextAttemptAt: at(minutes + 30),
});
export const attempted = (minutes: number, outcome: 'noAnswer' | 'busy' | 'wrongNumber'): CallbackEvent => ({
  type: 'callback.attempted',
  at: at(minutes),
  by: ANNA,
  outcome,
  note: '',
  nextAttemptAt: at(minutes + 30),
});
export const rescheduled = (minutes: number, due: number, clientInformed: boolean): CallbackEvent => ({
  type: 'callback.rescheduled',
  at: at(minutes),
  by: ANNA,
  dueAt: at(due),
  reason: 'ждём ответа районо',
  clientInformed,
});
export const cancelled = (minutes: number): CallbackEvent => ({
  type: 'callback.cancelled',
  at: at(minutes),
  by: ANNA,
  reason: 'клиент позвонил сам',
});
export const givenUp = (minutes: number): CallbackEvent => ({
  type: 'callback.givenUp',
  at: at(minutes),
  by: ANNA,
  reason: 'не отвечает',
});

/** Everything that can happen, before the term, near it and after it. */
export const CALLBACK_EVENTS: readonly CallbackEvent[] = [1, 95, 130, 210].flatMap((minutes): CallbackEvent[] => [
  time(minutes),
  dialled(minutes),
  started(minutes),
  answered(minutes),
  lineEnded(minutes),
  lineEnded(minutes, 1),
  lineEnded(minutes, 16, 'operator'),
  confirmedBy(minutes),
  denied(minutes),
  attempted(minutes, 'busy'),
  attempted(minutes, 'wrongNumber'),
  rescheduled(minutes, 200, true),
  rescheduled(minutes, 300, false),
  cancelled(minutes),
  givenUp(minutes),
  { type: 'callback.dialFailed', at: at(minutes), token: TOKEN, reason: 'telephony.linkLost' },
  { type: 'callback.taken', at: at(minutes), by: BORIS },
  { type: 'callback.handedOver', at: at(minutes), by: ANNA, to: null, reason: 'конец смены' },
  { type: 'callback.numberCorrected', at: at(minutes), by: ANNA, number: '+79065550102', reason: 'из обращения' },
]);

/** Of another call or another person, at the very term, and long after it. */
export const ODD_CALLBACK_EVENTS: readonly CallbackEvent[] = [1, 90, 120, 136, 400].flatMap(
  (minutes): CallbackEvent[] => [
    time(minutes),
    dialled(minutes),
    started(minutes, OTHER_LINE),
    { type: 'line.started', at: at(minutes), token: 'c2', callId: LINE },
    { type: 'line.answered', at: at(minutes), callId: OTHER_LINE },
    { ...lineEnded(minutes), callId: OTHER_LINE } as CallbackEvent,
    { ...lineEnded(minutes, 17), nextAttemptAt: null } as CallbackEvent,
    answered(minutes),
    confirmedBy(minutes),
    denied(minutes, 'wrongNumber'),
    attempted(minutes, 'noAnswer'),
    rescheduled(minutes, minutes + 1, true),
    cancelled(minutes),
    { type: 'callback.dialFailed', at: at(minutes), token: 'c2', reason: 'telephony.linkLost' },
    { type: 'callback.handedOver', at: at(minutes), by: ANNA, to: BORIS, reason: 'болезнь' },
  ],
);
