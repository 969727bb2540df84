import type { Instant } from '../../machines/vocabulary/index.ts';
import type { TrueCall, TrueHold } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';

type Span = readonly [from: Instant, to: Instant];
/** Something that happened in a call. It may be missing on record when one of the spans was wholly out of sight. */
export interface Happened {
  readonly what: string;
  readonly spans: readonly Span[];
}
export interface Field {
  readonly anyOrderOverAGap?: true;
  readonly was: (call: TrueCall) => readonly Happened[];
  readonly told: (call: CallReply) => readonly string[];
}

const endOf = (call: TrueCall): Instant => call.ended?.at ?? Infinity;
/** Over in a moment: no look at the exchange shows it afterwards. */
const atOnce = (what: string, at: Instant): Happened => ({ what, spans: [[at, at]] });
/** The first of these, or the end of the call, after `at`. */
const nextOf = (call: TrueCall, at: Instant, ...lists: readonly (readonly { readonly at: Instant }[])[]): Instant =>
  Math.min(endOf(call), ...lists.flat().flatMap((each) => (each.at > at ? [each.at] : [])));
/** Until when the telephone that answered then was with the client. */
const leftAt = (call: TrueCall, at: Instant): Instant =>
  nextOf(call, at, call.answers, call.transfers, call.refusals, call.parkings);
/** Until when this hold lasted. */
const heldUntil = (call: TrueCall, { heldAt, resumedAt }: TrueHold): Instant => resumedAt ?? leftAt(call, heldAt);

const parkedFor = (call: TrueCall, at: Instant, backAt?: Instant): Span[] => [
  [at, backAt ?? nextOf(call, at, call.answers)],
];

/** The same again, after a pause that was out of sight, looks as if it had never been otherwise. */
const sinceLast = (last: Instant | undefined, at: Instant): Span[] => (last === undefined ? [] : [[last, at]]);

/** So long after an attended transfer the exchange takes the Local channel out of the way. */
const OPTIMISED_MS = 1_000;
/**
 * Whether a resync surely finds this hold: it asks whether the client's channel waits. A hold pressed while a Local
 * channel stands between the two is not to be seen there any more when that has gone.
 */
const isAskedFor = (call: TrueCall, { heldAt }: TrueHold): boolean =>
  !call.transfers.some(({ kind, at }) => kind === 'attended' && heldAt >= at && heldAt - at < OPTIMISED_MS);
/** On record are the holds of those who serve a client; that one who called holds a colleague is none of them. */
const isServing = (call: TrueCall, { device }: TrueHold): boolean =>
  call.direction !== 'internal' || call.answers.some((each) => each.device === device);

const holdsOf = (call: TrueCall): { at: Instant; spans: Span[] }[] =>
  call.holds
    .filter((each) => isServing(call, each))
    .map((each, index, all) => {
      const last = all[index - 1];
      const until = isAskedFor(call, each) ? heldUntil(call, each) : each.heldAt;
      const again = last?.device === each.device ? heldUntil(call, last) : undefined;
      return { at: each.heldAt, spans: [[each.heldAt, until], ...sinceLast(again, each.heldAt)] };
    });

/** Everything of a call that is compared with what it truly was. */
export const FIELDS = {
  direction: { was: (call) => [{ what: call.direction, spans: [] }], told: (call) => [call.direction] },
  number: { was: (call) => [{ what: call.number, spans: [] }], told: (call) => [call.client.number] },
  queue: {
    // Who was answered is in no list of who waits.
    was: (call) => call.queues.slice(-1).map(({ queue, at }) => ({ what: queue, spans: [[at, leftAt(call, at)]] })),
    told: (call) => (call.queue === null ? [] : [call.queue]),
  },
  answers: {
    was: (call) =>
      call.answers.map(({ device, at }, index) => {
        const last = call.answers[index - 1];
        const again = last?.device === device ? leftAt(call, last.at) : undefined;
        return { what: device, spans: [[at, leftAt(call, at)], ...sinceLast(again, at)] };
      }),
    // As they answered; on record they stand in the order in which they rang.
    told: (call) =>
      call.operators
        .flatMap(({ answeredAt, device }) => (answeredAt === null ? [] : [{ answeredAt, device }]))
        .toSorted((one, other) => one.answeredAt - other.answeredAt)
        .map(({ device }) => device),
  },
  holds: {
    was: (call) =>
      // Who is parked waits on hold as well, with nobody.
      [...holdsOf(call), ...call.parkings.map(({ at, backAt }) => ({ at, spans: parkedFor(call, at, backAt) }))]
        .toSorted((one, other) => one.at - other.at)
        .map(({ spans }) => ({ what: 'held', spans })),
    told: (call) => call.holds.flatMap((each) => (each.heldAt === null ? [] : ['held'])),
  },
  transfers: {
    // One that was seen while the lists came is on record before those that the exchange tells of afterwards.
    anyOrderOverAGap: true,
    was: (call) => call.transfers.map((each) => atOnce(`${each.kind} ${each.device} ${each.number}`, each.at)),
    told: (call) => call.transfers.items.map((each) => `${each.kind} ${each.fromDevice} ${each.to}`),
  },
  refusals: {
    was: (call) => call.refusals.map(({ at }) => atOnce('refused', at)),
    told: (call) => Array.from({ length: call.transfers.refused }, () => 'refused'),
  },
  ended: {
    was: (call) => (call.ended ? [atOnce(`by ${call.ended.by}`, call.ended.at)] : []),
    // Of a call that ended out of sight no more is known.
    told: (call) => (call.ended?.by === 'unknown' ? [] : [call.ended ? `by ${call.ended.by}` : 'not ended']),
  },
} satisfies Readonly<Record<string, Field>>;
export type FieldName = keyof typeof FIELDS;
