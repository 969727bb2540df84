import { z } from 'zod';
import { isConfirmed } from '../../../machines/call/index.ts';
import { stayedOn, type PathEntry, type ScriptState } from '../../../machines/script/index.ts';
import type { LiveCall } from '../../calls/liveCall.ts';
import { historyOf, type CallHistoryDocument, type CallNames } from '../../reports/callHistory.ts';

const instant = z.number().int().meta({ description: 'ms since 1970-01-01T00:00:00Z' });
const milliseconds = z.number().int();

/** A call as other systems read it. Everything that leaves is listed here. */
export const callReply = z.object({
  callId: z.string(),
  state: z.enum(['live', 'ended']),
  phase: z.string(),
  confirmed: z
    .boolean()
    .meta({ description: 'false: the link to the exchange was lost since, nobody knows whether the call goes on' }),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  client: z.object({ number: z.string(), callerName: z.string(), name: z.string().nullable() }),
  dialled: z.string(),
  queue: z.string().nullable(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  ended: z.object({ by: z.string(), cause: z.number(), causeText: z.string() }).nullable(),
  queueWaitMs: milliseconds,
  talkMs: milliseconds,
  onHoldMs: milliseconds,
  wrapUpMs: milliseconds,
  inquiryId: z.string().nullable(),
  callNumber: z.number().int().meta({ description: 'which call of its inquiry, from 1' }),
  callbackId: z.string().nullable().meta({ description: 'the callback promise that this call keeps' }),
  operators: z.array(
    z.object({
      operatorId: z.string().nullable(),
      device: z.string(),
      offeredAt: instant.nullable(),
      answeredAt: instant.nullable(),
      leftAt: instant.nullable(),
      missed: z.string().nullable(),
    }),
  ),
  scripts: z.array(
    z.object({
      scriptId: z.string(),
      version: z.number().int(),
      openedAt: instant,
      path: z.array(
        z.object({
          step: z.string(),
          at: instant,
          via: z.string(),
          heard: z
            .enum(['first', 'second'])
            .optional()
            .meta({ description: 'which of two wordings on trial the client heard' }),
        }),
      ),
      fields: z.record(z.string(), z.unknown()),
    }),
  ),
  holds: z.array(
    z.object({
      heldAt: instant.nullable(),
      promisedMs: milliseconds.nullable(),
      realMs: milliseconds,
      outcome: z.string(),
      operatorId: z.string().nullable(),
    }),
  ),
  transfers: z.object({
    count: z.number().int(),
    items: z.array(
      z.object({ at: instant, kind: z.enum(['blind', 'attended']), fromDevice: z.string(), to: z.string() }),
    ),
    refused: z.number().int(),
  }),
  disposition: z.string().nullable(),
  satisfied: z.boolean().nullable(),
  note: z.string(),
  articles: z.array(z.object({ articleId: z.string(), at: instant })),
  recordings: z.array(z.string()),
});
export type CallReply = z.infer<typeof callReply>;

export const presentCall = (live: LiveCall, names: CallNames): CallReply => ({
  ...presentHistory(live.callId, historyOf(live, names)),
  state: 'live',
  phase: live.phase,
  confirmed: isConfirmed(live.snapshot),
});

export function presentHistory(callId: string, document: CallHistoryDocument): CallReply {
  const { record, facts, wrapUp } = document;
  return {
    callId,
    state: 'ended',
    phase: 'closed',
    confirmed: true,
    direction: record.direction,
    client: { number: record.client.number, callerName: record.client.name, name: facts.clientName },
    dialled: record.dialled,
    queue: facts.queue,
    startedAt: record.startedAt,
    answeredAt: record.answeredAt ?? null,
    endedAt: record.ended?.at ?? null,
    ended: record.ended ? { by: record.ended.by, cause: record.ended.cause, causeText: record.ended.causeText } : null,
    queueWaitMs: facts.queueWaitMs,
    talkMs: facts.talkMs,
    onHoldMs: facts.onHoldMs,
    wrapUpMs: facts.wrapUpMs,
    inquiryId: document.inquiryId,
    callNumber: document.callNumber,
    callbackId: document.callbackId,
    operators: record.segments.map((each) => ({
      operatorId: each.operatorId ?? null,
      device: each.device,
      offeredAt: each.offeredAt ?? null,
      answeredAt: each.answeredAt ?? null,
      leftAt: each.leftAt ?? null,
      missed: each.missed ?? null,
    })),
    scripts: document.scripts.map(presentScript),
    holds: document.holds.map((hold) => ({
      heldAt: hold.heldAt,
      promisedMs: hold.promisedMs,
      realMs: hold.onHoldMs,
      outcome: hold.outcome,
      operatorId: hold.by,
    })),
    transfers: {
      count: record.transfers.length,
      items: record.transfers.map(({ at, kind, fromDevice, target }) => ({ at, kind, fromDevice, to: target.number })),
      refused: record.refusedTransfers,
    },
    disposition: wrapUp.disposition,
    satisfied: wrapUp.satisfied,
    note: wrapUp.note,
    articles: document.used.map(({ articleId, at }) => ({ articleId, at })),
    recordings: [...record.recordings],
  };
}

function presentScript(script: CallHistoryDocument['scripts'][number]): CallReply['scripts'][number] {
  const state = script.state as ScriptState;
  return {
    scriptId: script.scriptId,
    version: script.version,
    openedAt: script.openedAt,
    path: stayedOn(state.path).map(({ step, at, via, trial }: PathEntry) => ({
      ...{ step, at, via },
      ...(trial ? { heard: trial.heard } : {}),
    })),
    fields: { ...state.fields },
  };
}
