import type { CallId, DeviceId, Instant } from '../vocabulary/index.ts';
import { holdPromise } from './holdPromise.ts';
import type { HoldState } from './holdPromise.ts';
import { WARN_FIRST_MS, WARN_LAST_MS, askAt, isKeying } from './holdRules.ts';
import type { HoldEffect, HoldEvent, HoldNamed, HoldRecord } from './holdTypes.ts';
import { waitBegunBy } from './holdWait.ts';

/** All holds of one conversation. Plain JSON. */
export interface HoldBook {
  readonly callId: CallId;
  readonly current: HoldState | null;
  /** In the order in which they ended. */
  readonly finished: readonly HoldRecord[];
  /** The client put us on hold: nobody's promise, kept for the record. */
  readonly byClient: readonly {
    readonly from: Instant;
    readonly to: Instant | null;
    readonly device: DeviceId | null;
  }[];
}
export interface SteppedHolds {
  readonly book: HoldBook;
  readonly effects: readonly HoldEffect[];
}

export const emptyHoldBook = (callId: CallId): HoldBook => ({ callId, current: null, finished: [], byClient: [] });

const noteClientsHold = (book: HoldBook, event: HoldEvent): HoldBook => {
  const open = book.byClient.at(-1);
  const isOpen = open !== undefined && open.to === null;
  if (event.type === 'call.held' && event.by === 'client' && !isOpen) {
    return { ...book, byClient: [...book.byClient, { from: event.at, to: null, device: event.device ?? null }] };
  }
  const closes = (event.type === 'call.resumed' && event.by === 'client') || event.type === 'call.ended';
  return closes && isOpen ? { ...book, byClient: [...book.byClient.slice(0, -1), { ...open, to: event.at }] } : book;
};

/** The state before this event: a new waiting is begun when a time is named or the client is found waiting. */
const currentFor = (book: HoldBook, event: HoldEvent): HoldState | null => {
  if (book.current !== null) return book.current;
  return waitBegunBy(event) === undefined ? null : holdPromise.start({ callId: book.callId }).state;
};

const nameNow = (book: HoldBook, named: HoldNamed, prolongs?: HoldRecord['promiseId']): HoldBook => ({
  ...book,
  current: holdPromise.start({
    callId: book.callId,
    named,
    ...(prolongs === undefined || prolongs === null ? {} : { prolongs }),
  }).state,
});

/** After the end: what was named anew, or wished for while the client waited, becomes the next promise. */
const afterEnd = (book: HoldBook, ended: HoldState, record: HoldRecord, event: HoldEvent): HoldBook => {
  if (record.outcome === 'replaced' && event.type === 'hold.named') return nameNow(book, event, record.prolongs);
  const { extension } = ended.context;
  if (extension === null || record.ending !== 'returned') return book;
  return nameNow(book, { type: 'hold.named', at: event.at, ...extension }, record.promiseId);
};

/** One event of the call, in order. Events that concern no hold change nothing. */
export const stepHolds = (book: HoldBook, event: HoldEvent): SteppedHolds => {
  const noted = noteClientsHold(book, event);
  const before = currentFor(noted, event);
  if (before === null) {
    return { book: event.type === 'hold.named' ? nameNow(noted, event) : noted, effects: [] };
  }
  const { state, effects } = holdPromise.step(before, event);
  const end = effects.find((effect) => effect.type === 'hold.ended');
  if (end === undefined) return { book: { ...noted, current: state }, effects };
  const closed: HoldBook = { ...noted, current: null, finished: [...noted.finished, end.record] };
  return { book: afterEnd(closed, state, end.record, event), effects };
};

/** May be named now; while the client waits under a promise, a longer time is an extension and needs a return first. */
export const holdNameability = (book: HoldBook): 'free' | 'replacesNamed' | 'lateForThisHold' | 'returnFirst' => {
  if (book.current === null) return 'free';
  if (book.current.value === 'named') return 'replacesNamed';
  return book.current.context.promiseId === null ? 'lateForThisHold' : 'returnFirst';
};

/** When the client waited on hold, the open interval last with `to: null`. */
export const clientOnHold = (book: HoldBook): readonly { from: Instant; to: Instant | null }[] => {
  const past = book.finished
    .filter((record) => record.heldAt !== null)
    .map((record) => ({ from: record.heldAt!, to: record.heldAt! + record.onHoldMs }));
  const { heldAt, handedOverAt } = book.current?.context ?? { heldAt: null, handedOverAt: null };
  return heldAt === null ? past : [...past, { from: heldAt, to: handedOverAt }];
};

/** The operator keys in a transfer on the telephone, and nothing is asked of anybody yet. */
export const isKeyingTransfer = ({ current }: HoldBook): boolean =>
  current !== null &&
  current.context.promiseId === null &&
  isKeying(current.context.wait) &&
  !holdPromise.hasTag(current, 'askForTime');

export interface DueInstant {
  readonly key: string;
  readonly at: Instant;
}

/**
 * The instants at which this call wants a `time` event. Keys are stable within the call (`hold.30`, `hold.10`,
 * `hold.0`, `hold.ask`); what is no longer listed is to be cancelled.
 */
export const holdDueInstants = (book: HoldBook): readonly DueInstant[] => {
  const { current } = book;
  if (current === null || current.context.heldAt === null) return [];
  const { heldAt, dueAt, handedOverAt } = current.context;
  if (dueAt === null) {
    return holdPromise.hasTag(current, 'askForTime') ? [] : [{ key: 'hold.ask', at: askAt(current.context) }];
  }
  if (holdPromise.hasTag(current, 'overdue')) return [];
  const atEnd: DueInstant = { key: 'hold.0', at: dueAt };
  if (handedOverAt !== null) return [atEnd];
  const running = stageOf(current);
  return [
    ...(running === 'calm' && dueAt - WARN_FIRST_MS > heldAt ? [{ key: 'hold.30', at: dueAt - WARN_FIRST_MS }] : []),
    ...(running !== 'warned10' && dueAt - WARN_LAST_MS > heldAt ? [{ key: 'hold.10', at: dueAt - WARN_LAST_MS }] : []),
    atEnd,
  ];
};

const stageOf = (state: HoldState): 'calm' | 'warned30' | 'warned10' => {
  const text = JSON.stringify(state.value);
  if (text.includes('warned10')) return 'warned10';
  return text.includes('warned30') ? 'warned30' : 'calm';
};
