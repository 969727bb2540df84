import { z } from 'zod';
import type { HoldRecord as PromisedHold } from '../../machines/promises/index.ts';
import type { CallRecord } from '../../machines/call/index.ts';
import type { LiveCall, WrapUp } from '../calls/liveCall.ts';
import type { CollectionSpec } from '../storage/port.ts';

/** One closed call, whole: the record of the line, the way through the script, promises, result. */
export interface CallHistoryDocument {
  readonly record: CallRecord;
  readonly holds: readonly PromisedHold[];
  readonly scripts: readonly {
    readonly scriptId: string;
    readonly version: number;
    readonly openedAt: number;
    readonly state: unknown;
  }[];
  readonly inquiryId: string | null;
  readonly callNumber: number;
  readonly callbackId: string | null;
  readonly used: readonly { readonly articleId: string; readonly at: number }[];
  readonly unanswered: readonly { readonly stepId: string; readonly said: string; readonly at: number }[];
  readonly wrapUp: WrapUp;
  /** What the columns carry besides: names and units at the time of the call. */
  readonly facts: CallFigures;
  /** When the personal data went: number, names, note, what was said and learned. The figures stay. */
  readonly erasedAt?: number;
}

/** Figures of one call, worked out once at its end; each is defined in `server/reports/FIGURES.md`. */
export interface CallFigures {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly direction: string;
  readonly queue: string | null;
  readonly number: string;
  readonly clientName: string | null;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  readonly unit: string | null;
  readonly topic: string | null;
  readonly scriptId: string | null;
  readonly disposition: string | null;
  readonly satisfied: boolean | null;
  readonly answered: boolean;
  readonly abandoned: boolean;
  readonly queueWaitMs: number;
  readonly talkMs: number;
  readonly onHoldMs: number;
  readonly wrapUpMs: number;
  readonly holdCount: number;
  readonly holdsKept: number;
  readonly holdsBroken: number;
  readonly transferCount: number;
  readonly refusedTransfers: number;
  readonly repeat: boolean;
}

const loose = z.looseObject({ record: z.looseObject({ callId: z.string() }), facts: z.looseObject({}) });

export const callHistorySpec: CollectionSpec<CallHistoryDocument> = {
  name: 'calls',
  version: 1,
  packed: true,
  columns: {
    startedAt: { type: 'instant', of: ({ facts }) => facts.startedAt },
    endedAt: { type: 'instant', of: ({ facts }) => facts.endedAt },
    direction: { type: 'text', of: ({ facts }) => facts.direction },
    queue: { type: 'text', of: ({ facts }) => facts.queue },
    number: { type: 'text', of: ({ facts }) => facts.number },
    operatorId: { type: 'text', of: ({ facts }) => facts.operatorId },
    unit: { type: 'text', of: ({ facts }) => facts.unit },
    topic: { type: 'text', of: ({ facts }) => facts.topic },
    scriptId: { type: 'text', of: ({ facts }) => facts.scriptId },
    inquiryId: { type: 'text', of: ({ inquiryId }) => inquiryId },
    disposition: { type: 'text', of: ({ facts }) => facts.disposition },
    satisfied: { type: 'boolean', of: ({ facts }) => facts.satisfied },
    answered: { type: 'boolean', of: ({ facts }) => facts.answered },
    abandoned: { type: 'boolean', of: ({ facts }) => facts.abandoned },
    queueWaitMs: { type: 'integer', of: ({ facts }) => facts.queueWaitMs },
    talkMs: { type: 'integer', of: ({ facts }) => facts.talkMs },
    onHoldMs: { type: 'integer', of: ({ facts }) => facts.onHoldMs },
    wrapUpMs: { type: 'integer', of: ({ facts }) => facts.wrapUpMs },
    holdCount: { type: 'integer', of: ({ facts }) => facts.holdCount },
    holdsKept: { type: 'integer', of: ({ facts }) => facts.holdsKept },
    holdsBroken: { type: 'integer', of: ({ facts }) => facts.holdsBroken },
    transferCount: { type: 'integer', of: ({ facts }) => facts.transferCount },
    refusedTransfers: { type: 'integer', of: ({ facts }) => facts.refusedTransfers },
    unanswered: { type: 'integer', of: ({ unanswered }) => unanswered.length },
    clientName: { type: 'text', of: ({ facts }) => facts.clientName?.toLowerCase() ?? null },
    erased: { type: 'boolean', of: ({ erasedAt }) => erasedAt !== undefined },
    repeat: { type: 'boolean', of: ({ facts }) => facts.repeat },
  },
  indexes: [
    {
      columns: ['startedAt'],
      // What lists of calls are narrowed by: a rare pair of filters over a year is looked for in the index alone.
      carries: [
        ...['queue', 'topic', 'disposition', 'unit', 'scriptId', 'direction', 'satisfied', 'answered', 'abandoned'],
        ...['repeat', 'transferCount', 'holdsBroken'],
      ],
    },
    { columns: ['number', 'startedAt'] },
    { columns: ['clientName'] },
    { columns: ['operatorId', 'startedAt'] },
    { columns: ['inquiryId'] },
    { columns: ['unanswered', 'startedAt'] },
  ],
  check: (document) => loose.parse(document) as unknown as CallHistoryDocument,
};

/** Names that a call's record does not carry. */
export interface CallNames {
  person(operatorId: string): { readonly name: string; readonly unit: string } | undefined;
  inquiry(inquiryId: string): { readonly topic?: string; readonly clientName?: string } | undefined;
}

export function historyOf(live: LiveCall, names: CallNames): CallHistoryDocument {
  const { record, rest } = live;
  return {
    // Answers of the survey are kept apart from the call and its number (regulation, V).
    record: { ...record, survey: {} },
    holds: rest.holds.finished,
    scripts: [...rest.earlierScripts, ...(rest.script ? [rest.script] : [])],
    inquiryId: rest.inquiryId,
    callNumber: rest.callNumber,
    callbackId: rest.callbackId,
    used: rest.used,
    unanswered: rest.unanswered,
    wrapUp: rest.wrapUp,
    facts: figuresOf(live, names),
  };
}

function figuresOf(live: LiveCall, names: CallNames): CallFigures {
  const { record, rest } = live;
  const endedAt = record.ended?.at ?? record.phaseSince;
  const operatorId = live.operatorId ?? null;
  const person = operatorId ? names.person(operatorId) : undefined;
  const inquiry = rest.inquiryId ? names.inquiry(rest.inquiryId) : undefined;
  const onHoldMs = rest.holds.finished.reduce((sum, hold) => sum + hold.onHoldMs, 0);
  const answered = record.answeredAt !== undefined;
  return {
    startedAt: record.startedAt,
    endedAt,
    direction: record.direction,
    queue: record.queue ?? null,
    number: record.client.number,
    clientName: inquiry?.clientName ?? null,
    operatorId,
    operatorName: person?.name ?? null,
    unit: person?.unit ?? null,
    topic: inquiry?.topic ?? null,
    scriptId: rest.script?.scriptId ?? null,
    disposition: rest.wrapUp.disposition,
    satisfied: rest.wrapUp.satisfied,
    answered,
    abandoned: !answered && record.queueEnteredAt !== undefined,
    queueWaitMs:
      record.queueWaitMs ??
      (record.queueEnteredAt === undefined ? 0 : (record.answeredAt ?? endedAt) - record.queueEnteredAt),
    talkMs: record.answeredAt === undefined ? 0 : Math.max(0, endedAt - record.answeredAt - onHoldMs),
    onHoldMs,
    wrapUpMs:
      record.ended && record.wrapUpEndedAt
        ? (rest.wrapUp.spentMs ?? 0) + Math.max(0, record.wrapUpEndedAt - (rest.wrapUp.runsFrom ?? record.ended.at))
        : 0,
    holdCount: rest.holds.finished.filter((hold) => hold.heldAt !== null).length,
    holdsKept: rest.holds.finished.filter((hold) => hold.outcome === 'kept').length,
    holdsBroken: rest.holds.finished.filter((hold) => hold.outcome === 'broken').length,
    transferCount: record.transfers.length,
    refusedTransfers: record.refusedTransfers,
    repeat: rest.callNumber > 1,
  };
}
