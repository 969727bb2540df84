import type { TrueCall } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';

/** From `from` until `to` the product could not see the line. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}
export interface Compared {
  /** Never out of sight, and equal in everything. */
  exact: number;
  /** Went on while the product could not see; what it tells is true, and equal all the same. */
  equalOverAGap: number;
  /** What it tells is true, but something happened unseen. */
  partOverAGap: number;
  /** Began and ended while nobody looked: AMI tells nothing of it afterwards. */
  unseen: number;
  /** A telephone's own line beside a client's conversation (a consultation), which truth counts within that one. */
  ownLines: number;
  readonly lost: string[];
  /** Both sides of every call that is not as it was, for the report. */
  readonly differing: { readonly truth?: TrueCall; readonly record?: CallReply }[];
}

type Essence = Readonly<Record<string, readonly string[]>>;
const ofTruth = (call: TrueCall): Essence => ({
  direction: [call.direction],
  answers: call.answers.map((each) => each.device),
  // Who is parked waits on hold as well, with nobody.
  holds: [...call.holds, ...call.parkings].map(() => 'held'),
  transfers: call.transfers.map((each) => `${each.kind} ${each.device} ${each.number}`),
  refusals: call.refusals.map(() => 'refused'),
  ended: call.ended ? [call.ended.by] : [],
});
const ofRecord = (call: CallReply): Essence => ({
  direction: [call.direction],
  // As they answered; on record they stand in the order in which they rang.
  answers: call.operators
    .flatMap(({ answeredAt, device }) => (answeredAt === null ? [] : [{ answeredAt, device }]))
    .toSorted((one, other) => one.answeredAt - other.answeredAt)
    .map(({ device }) => device),
  holds: call.holds.flatMap((each) => (each.heldAt === null ? [] : ['held'])),
  transfers: call.transfers.items.map((each) => `${each.kind} ${each.fromDevice} ${each.to}`),
  refusals: Array.from({ length: call.transfers.refused }, () => 'refused'),
  ended: call.ended ? [call.ended.by] : [],
});

/** Every call of the exchange against the product's history: each one once, and nothing told that was not so. */
export function compareCalls(
  truth: readonly TrueCall[],
  records: readonly CallReply[],
  gaps: readonly Gap[],
  lines: ReadonlySet<string>,
): Compared {
  const compared: Compared = {
    exact: 0,
    equalOverAGap: 0,
    partOverAGap: 0,
    unseen: 0,
    ownLines: 0,
    lost: [],
    differing: [],
  };
  const byId = new Map<string, CallReply>();
  for (const record of records) {
    if (byId.has(record.callId)) compared.lost.push(`${record.callId} is in the history twice`);
    byId.set(record.callId, record);
  }
  for (const call of truth) {
    const record = byId.get(`main/${call.call}`);
    byId.delete(`main/${call.call}`);
    judge(compared, call, record, gaps);
  }
  for (const [id, record] of byId) {
    if (lines.has(id.slice('main/'.length))) compared.ownLines += 1;
    else {
      compared.lost.push(`${id} never was`);
      compared.differing.push({ record });
    }
  }
  return compared;
}

function judge(compared: Compared, call: TrueCall, record: CallReply | undefined, gaps: readonly Gap[]): void {
  const endedAt = call.ended?.at ?? Infinity;
  const touched = gaps.filter(({ from, to }) => call.startedAt < to && endedAt > from);
  if (!record) {
    if (touched.some(({ from, to }) => call.startedAt >= from && endedAt <= to)) compared.unseen += 1;
    else {
      compared.differing.push({ truth: call });
      compared.lost.push(`${call.call} (${call.direction}) is missing`);
    }
    return;
  }
  const [was, told] = [ofTruth(call), ofRecord(record)];
  const wrong = Object.keys(was).filter((key) => was[key]?.join() !== told[key]?.join());
  if (wrong.length === 0) {
    if (touched.length === 0) compared.exact += 1;
    else compared.equalOverAGap += 1;
  } else if (touched.length > 0 && wrong.every((key) => isPartOf(key, told[key] ?? [], was[key] ?? []))) {
    compared.partOverAGap += 1;
  } else {
    const shown = wrong.map((key) => `${key}: was [${was[key]?.join(', ')}], told [${told[key]?.join(', ')}]`);
    compared.differing.push({ truth: call, record });
    compared.lost.push(`${call.call}${touched.length > 0 ? ' over a gap' : ''}: ${shown.join('; ')}`);
  }
}

/** Over a gap something may be missing, but nothing invented; who hung up unseen may be told as unknown. */
function isPartOf(key: string, told: readonly string[], was: readonly string[]): boolean {
  if (key === 'ended') return told.length === 1;
  const left = [...was];
  return told.every((each) => {
    const at = left.indexOf(each);
    if (at < 0) return false;
    left.splice(0, at + 1);
    return true;
  });
}
