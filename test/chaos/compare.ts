import type { Instant } from '../../machines/vocabulary/index.ts';
import type { TrueCall } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import { FIELDS, type Field, type FieldName, type Happened } from './fields.ts';

/** From `from` until `to` the product could not see the line. */
export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
}
export interface Compared {
  /** Never out of sight, and equal in everything. */
  exact: number;
  /** Went on while the product could not see; what it tells is true, and equal all the same. */
  equalOverAGap: number;
  /** What it tells is true, and all that it lacks began and was over unseen. */
  partOverAGap: number;
  /** Began and ended while nobody looked: AMI tells nothing of it afterwards. */
  unseen: number;
  /** A telephone's own line beside a client's conversation (a consultation), which truth counts within that one. */
  ownLines: number;
  /** What is lacking in those told in part, by field. */
  readonly lacking: Partial<Record<FieldName, number>>;
  readonly lost: string[];
  /** Both sides of every call that is not as it was, for the report. */
  readonly differing: { readonly truth?: TrueCall; readonly record?: CallReply }[];
}

/** Every call of the exchange against the product's history: each one once, and nothing told that was not so. */
export function compareCalls(
  truth: readonly TrueCall[],
  records: readonly CallReply[],
  gaps: readonly Gap[],
  lines: ReadonlySet<string>,
): Compared {
  const compared: Compared = {
    ...{ exact: 0, equalOverAGap: 0, partOverAGap: 0, unseen: 0, ownLines: 0 },
    ...{ lacking: {}, lost: [], differing: [] },
  };
  const blind = joined(gaps);
  const byId = new Map<string, CallReply>();
  for (const record of records) {
    if (byId.has(record.callId)) compared.lost.push(`${record.callId} is in the history twice`);
    byId.set(record.callId, record);
  }
  for (const call of truth) {
    const record = byId.get(`main/${call.call}`);
    byId.delete(`main/${call.call}`);
    judge(compared, call, record, blind);
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
  const over = gaps.filter(({ from, to }) => call.startedAt < to && endedAt > from);
  const unseen = (spans: Happened['spans']): boolean =>
    spans.some(([begun, ended]) => over.some(({ from, to }) => begun >= from && ended <= to));
  if (!record) {
    if (unseen([[call.startedAt, endedAt]])) compared.unseen += 1;
    else {
      compared.differing.push({ truth: call });
      compared.lost.push(`${call.call} (${call.direction}) is missing`);
    }
    return;
  }
  const lacking = new Map<FieldName, number>();
  const wrong: string[] = [];
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    const field: Field = FIELDS[name];
    const isFree = field.anyOrderOverAGap === true && over.length > 0;
    const was = isFree ? field.was(call).toSorted(byWhat) : field.was(call);
    const told = isFree ? field.told(record).toSorted() : field.told(record);
    const missing = lackingOf(was, told, unseen);
    if (missing === undefined)
      wrong.push(`${name}: was [${was.map(({ what }) => what).join(', ')}], told [${told.join(', ')}]`);
    else if (missing > 0) lacking.set(name, missing);
  }
  if (wrong.length > 0) {
    compared.differing.push({ truth: call, record });
    compared.lost.push(`${call.call}${over.length > 0 ? ' over a gap' : ''}: ${wrong.join('; ')}`);
  } else if (lacking.size > 0) {
    compared.partOverAGap += 1;
    for (const [name, count] of lacking) compared.lacking[name] = (compared.lacking[name] ?? 0) + count;
  } else if (over.length > 0) compared.equalOverAGap += 1;
  else compared.exact += 1;
}

/**
 * How many of these happenings are not told; undefined when something is told that was not so, or not in this order, or
 * when something is not told that was to be seen.
 */
function lackingOf(
  was: readonly Happened[],
  told: readonly string[],
  unseen: (spans: Happened['spans']) => boolean,
): number | undefined {
  const [first, ...later] = was;
  if (first === undefined) return told.length === 0 ? 0 : undefined;
  if (first.what === told[0]) {
    const rest = lackingOf(later, told.slice(1), unseen);
    if (rest !== undefined) return rest;
  }
  const rest = unseen(first.spans) ? lackingOf(later, told, unseen) : undefined;
  return rest === undefined ? undefined : rest + 1;
}

const byWhat = (one: Happened, other: Happened): number => (one.what < other.what ? -1 : Number(one.what > other.what));

/** Gaps that touch are one. */
function joined(gaps: readonly Gap[]): readonly Gap[] {
  const all: Gap[] = [];
  for (const gap of gaps.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last && gap.from <= last.to) all.splice(-1, 1, { from: last.from, to: Math.max(last.to, gap.to) });
    else all.push(gap);
  }
  return all;
}
