import { as } from '../vocabulary/index.ts';
import type {
  CallFact,
  CallId,
  DeviceId,
  Direction,
  EndedBy,
  ExchangeId,
  Instant,
  Linkedid,
  Milliseconds,
  OperatorId,
  Party,
  QueueName,
  Target,
} from '../vocabulary/index.ts';

/** One telephone's share in the call, from its first ring to its leaving. */
export interface Segment {
  readonly device: DeviceId;
  /** Who sat at the device; absent when nobody was signed in there. */
  readonly operatorId?: OperatorId;
  readonly queue?: QueueName;
  readonly offeredAt?: Instant;
  readonly answeredAt?: Instant;
  readonly leftAt?: Instant;
  /** Set when it never answered. */
  readonly missed?: 'noAnswer' | 'busy' | 'rejected' | 'answeredElsewhere' | 'cancelled';
}
export interface HoldRecord {
  readonly device?: DeviceId;
  readonly operatorId?: OperatorId;
  readonly heldAt: Instant;
  readonly endedAt?: Instant;
}
export interface TransferRecord {
  readonly at: Instant;
  readonly kind: 'blind' | 'attended';
  readonly fromDevice: DeviceId;
  readonly fromOperatorId?: OperatorId;
  readonly target: Target;
}
export interface Consultation {
  readonly device: DeviceId;
  readonly target: Target;
  readonly since: Instant;
}

/** What is on record of one conversation. JSON; every list is bounded by what happened on the line. */
export interface CallRecord {
  readonly callId: CallId;
  readonly exchangeId: ExchangeId;
  /** First and, after merges, later linkedids of the conversation. */
  readonly linkedids: readonly Linkedid[];
  readonly direction: Direction;
  readonly client: Party;
  readonly dialled: string;
  readonly originateToken?: string;
  /** Who dialled, or had it dialled: busy with it before anybody has answered. */
  readonly startedBy?: OperatorId;
  readonly startedAt: Instant;
  readonly phaseSince: Instant;
  readonly queue?: QueueName;
  readonly queueEnteredAt?: Instant;
  readonly queueWaitMs?: Milliseconds;
  readonly answeredAt?: Instant;
  readonly segments: readonly Segment[];
  readonly holds: readonly HoldRecord[];
  readonly transfers: readonly TransferRecord[];
  readonly refusedTransfers: number;
  /** `undefined` again when it is over: the machine's context keeps a key that is only left out. */
  readonly consult?: Consultation | undefined;
  readonly recordings: readonly string[];
  readonly survey: Readonly<Record<string, string>>;
  readonly ended?: { readonly at: Instant; readonly by: EndedBy; readonly cause: number; readonly causeText: string };
  readonly wrapUpEndedAt?: Instant;
}

/** A fact with the person who sat at its device, which `server/people` adds before it is journalled. */
export type Attributed<F> = F & { readonly operatorId?: OperatorId };
export type CallEvent =
  | Attributed<CallFact>
  | { readonly type: 'call.linkLost'; readonly at: Instant }
  | { readonly type: 'wrapUp.closed'; readonly at: Instant };

export function newRecord(event: Extract<CallEvent, { type: 'call.started' }>): CallRecord {
  return {
    callId: event.callId,
    exchangeId: event.exchangeId,
    linkedids: [event.linkedid],
    direction: event.direction,
    client: event.client,
    dialled: event.dialled,
    ...(event.originateToken === undefined ? {} : { originateToken: event.originateToken }),
    ...(event.operatorId === undefined ? {} : { startedBy: event.operatorId }),
    startedAt: event.at,
    phaseSince: event.at,
    segments: [],
    holds: [],
    transfers: [],
    refusedTransfers: 0,
    recordings: [],
    survey: {},
  };
}

/**
 * The open segment of this telephone. After a lost link it may ring anew before it is told that it left: then it has two,
 * and who leaves leaves the one that was answered, who answers the one that rings.
 */
function openIndex({ segments }: CallRecord, device: DeviceId, answered: boolean): number {
  const isOpen = (each: Segment): boolean => each.device === device && each.leftAt === undefined;
  const exact = segments.findLastIndex((each) => isOpen(each) && (each.answeredAt !== undefined) === answered);
  return exact >= 0 ? exact : segments.findLastIndex(isOpen);
}

function patchSegment(record: CallRecord, device: DeviceId, patch: Partial<Segment>): readonly Segment[] {
  const index = openIndex(record, device, patch.leftAt !== undefined);
  if (index < 0) return [...record.segments, { device, ...patch }];
  return record.segments.with(index, { ...record.segments[index], device, ...patch });
}
const endHold = (holds: readonly HoldRecord[], at: Instant): readonly HoldRecord[] =>
  holds.at(-1)?.endedAt === undefined && holds.length > 0
    ? holds.with(-1, { ...(holds.at(-1) as HoldRecord), endedAt: at })
    : holds;
const leaveAll = (segments: readonly Segment[], at: Instant): readonly Segment[] =>
  segments.map((segment) => (segment.leftAt === undefined ? { ...segment, leftAt: at } : segment));
const person = (event: { operatorId?: OperatorId }): { operatorId?: OperatorId } =>
  event.operatorId === undefined ? {} : { operatorId: event.operatorId };

type Recorder<Type extends CallEvent['type']> = (
  record: CallRecord,
  event: Extract<CallEvent, { type: Type }>,
) => Partial<CallRecord>;

/** What each event writes. A table, so that a new fact is one line here and one in the chart. */
const recorders: { [Type in CallEvent['type']]?: Recorder<Type> } = {
  'call.queueEntered': (_, { queue, at }) => ({ queue, queueEnteredAt: at }),
  'call.queueLeft': (_, { queueWaitMs }) => ({ queueWaitMs }),
  'call.offered': (record, event) => ({
    segments: [
      ...record.segments,
      {
        device: event.device,
        ...person(event),
        ...(event.queue === undefined ? {} : { queue: event.queue }),
        offeredAt: event.at,
      },
    ],
  }),
  'call.offerEnded': (record, event) => {
    // A telephone that was offered the call anew has another segment, perhaps answered by now.
    const index = record.segments.findLastIndex(
      ({ device, answeredAt, leftAt }) => device === event.device && answeredAt === undefined && leftAt === undefined,
    );
    const segment = record.segments[index];
    return segment === undefined
      ? {}
      : { segments: record.segments.with(index, { ...segment, missed: event.reason, leftAt: event.at }) };
  },
  'call.answered': (record, event) => ({
    answeredAt: record.answeredAt ?? event.at,
    holds: endHold(record.holds, event.at),
    segments: patchSegment(record, event.device, { ...person(event), answeredAt: event.at }),
  }),
  'call.held': (record, event) =>
    event.by === 'client'
      ? {}
      : {
          holds: [
            ...endHold(record.holds, event.at),
            { ...(event.device === undefined ? {} : { device: event.device }), ...person(event), heldAt: event.at },
          ],
        },
  'call.resumed': (record, event) => (event.by === 'client' ? {} : { holds: endHold(record.holds, event.at) }),
  'call.consultStarted': (_, { device, target, at }) => ({ consult: { device, target, since: at } }),
  'call.transferred': (record, event) => ({
    holds: endHold(record.holds, event.at),
    transfers: [
      ...record.transfers,
      {
        at: event.at,
        kind: event.kind,
        fromDevice: event.fromDevice,
        ...(event.operatorId === undefined ? {} : { fromOperatorId: event.operatorId }),
        target: event.target,
      },
    ],
  }),
  'call.transferRefused': (record) => ({ refusedTransfers: record.refusedTransfers + 1 }),
  'call.operatorLeft': (record, event) => ({
    // A feature code holds the client while the keys are pressed and never resumes: the transfer ends it, or this.
    ...(openHold(record)?.device === event.device ? { holds: endHold(record.holds, event.at) } : {}),
    ...(openIndex(record, event.device, true) < 0
      ? {}
      : { segments: patchSegment(record, event.device, { leftAt: event.at }) }),
  }),
  'call.merged': (record, event) => ({ linkedids: [...record.linkedids, linkedidOf(event.absorbed)] }),
  'call.recorded': (record, event) => ({ recordings: [...record.recordings, event.file] }),
  'call.surveyAnswered': (record, event) => ({ survey: { ...record.survey, [event.question]: event.digit } }),
  'call.confirmed': (record, event) => confirm(record, event),
  'call.ended': (record, event) => ({
    holds: endHold(record.holds, event.at),
    segments: leaveAll(record.segments, event.at),
    ended: { at: event.at, by: event.by, cause: event.cause, causeText: event.causeText },
  }),
  'wrapUp.closed': (_, { at }) => ({ wrapUpEndedAt: at }),
};

const linkedidOf = (callId: CallId): Linkedid => as<Linkedid>(callId.slice(callId.indexOf('/') + 1));

/** After a lost link: whoever the exchange does not name any more, or finds ringing, has left the talk meanwhile. */
function confirm(record: CallRecord, event: Extract<CallEvent, { type: 'call.confirmed' }>): Partial<CallRecord> {
  const isThere = ({ device, answeredAt }: Segment): boolean =>
    event.devices.some((each) => each.device === device && (answeredAt === undefined || each.state !== 'ringing'));
  const segments = record.segments.map((segment) =>
    segment.leftAt === undefined && !isThere(segment) ? { ...segment, leftAt: event.at } : segment,
  );
  const waits = event.devices.some((each) => each.state === 'onHold' || each.state === 'consulting');
  return { segments, holds: waits ? record.holds : endHold(record.holds, event.at) };
}

export function recorded(record: CallRecord, event: CallEvent): CallRecord {
  const recorder = recorders[event.type] as Recorder<CallEvent['type']> | undefined;
  const next = recorder ? { ...record, ...recorder(record, event) } : record;
  const isOver = event.type === 'call.consultEnded' || event.type === 'call.transferred' || event.type === 'call.ended';
  return isOver && next.consult !== undefined ? { ...next, consult: undefined } : next;
}

/** The segment of who has the call in hand: talking (or holding) last. */
export const inHand = (record: CallRecord): Segment | undefined =>
  record.segments.findLast((segment) => segment.answeredAt !== undefined && segment.leftAt === undefined);
export const ringingSegments = (record: CallRecord): readonly Segment[] =>
  record.segments.filter((segment) => segment.answeredAt === undefined && segment.leftAt === undefined);
export const lastAnswered = (record: CallRecord): Segment | undefined =>
  record.segments.findLast((segment) => segment.answeredAt !== undefined);
export const openHold = (record: CallRecord): HoldRecord | undefined => {
  const last = record.holds.at(-1);
  return last?.endedAt === undefined ? last : undefined;
};
