import { mayTransfer, transferCountView, type TransferViolation } from '../../machines/transfers/index.ts';
import type { Known } from '../../machines/script/index.ts';
import {
  AppError,
  DAY,
  as,
  type CallFact,
  type CallId,
  type Clock,
  type Direction,
  type InquiryId,
  type Instant,
  type OperatorId,
  type PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { InquiryBook } from '../calls/ports.ts';
import type { EarlierContact, InquiryView, TransferCountView } from '../contract/index.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { Collection, JournalEntry } from '../storage/port.ts';
import { applyInquiry, callNumberOf, type Inquiry, type InquiryEntry, type Learned } from './inquiry.ts';

/** A call within so many days of the same number may continue the same question. */
const PROPOSED_FOR = 14 * DAY;
const STORE_AGAIN_MS = 5_000;

export interface InquiryRoomSetup {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly limit: number;
  readonly collection: Collection<Inquiry>;
  /** The promise that an outgoing call keeps, with its inquiry. */
  callbackOf(promiseId: PromiseId): { readonly inquiryId: InquiryId } | undefined;
  /** What was before, for the panel: newest first, at most ten. */
  earlierCalls(number: string): Promise<readonly EarlierContact[]>;
  onViolation(inquiryId: InquiryId, violation: TransferViolation): void;
  /** The count changed: the exchange's own gate is told. */
  onCount(callIds: readonly CallId[], count: number, limit: number): void;
}

interface Beside {
  readonly proposed?: InquiryView['proposed'];
  readonly earlier: readonly EarlierContact[];
}

/**
 * Inquiries with a live call are in memory; the others are in the collection and come back when a call or a callback
 * continues them. An inquiry is written to the collection when its last live call ends, and stays in the checkpoint
 * until it is there.
 */
export class InquiryRoom implements Room, InquiryBook {
  readonly prefix = 'inquiry';
  readonly #setup: InquiryRoomSetup;
  readonly #inquiries = new Map<InquiryId, Inquiry>();
  /** Looked up beside the journal: what to propose and what was before. */
  readonly #beside = new Map<InquiryId, Beside>();

  constructor(setup: InquiryRoomSetup) {
    this.#setup = setup;
  }
  get(inquiryId: string): Inquiry | undefined {
    return this.#inquiries.get(inquiryId as InquiryId);
  }
  /** From memory or from the collection. */
  async find(inquiryId: string): Promise<Inquiry | undefined> {
    return this.get(inquiryId) ?? (await this.#setup.collection.get(inquiryId))?.document;
  }
  /** Brings an inquiry into memory, so that a call or a person can continue it. */
  async load(inquiryId: string, at: Instant): Promise<Inquiry | undefined> {
    const found = await this.find(inquiryId);
    if (found && !this.#inquiries.has(found.id)) this.#record(found.id, 'restored', at, found);
    return found;
  }

  begin(request: { callId: CallId; direction: Direction; number: string; at: Instant; callbackId?: PromiseId }): {
    inquiryId: InquiryId;
    callNumber: number;
    callbackId: PromiseId | null;
  } {
    const { callId, direction, number, at, callbackId } = request;
    const continued = callbackId && this.#setup.callbackOf(callbackId);
    const inquiryId = continued?.inquiryId ?? as<InquiryId>(`q-${callId}`);
    this.#record(inquiryId, 'call', at, { callId, at, direction, number });
    if (number && direction === 'inbound') void this.#lookBack(inquiryId, number, at);
    const inquiry = this.#inquiries.get(inquiryId);
    return {
      inquiryId,
      callNumber: inquiry ? callNumberOf(inquiry, callId) : 1,
      callbackId: continued && callbackId ? callbackId : null,
    };
  }
  async #lookBack(inquiryId: InquiryId, number: string, at: Instant): Promise<void> {
    const [earlier, same] = await Promise.all([
      this.#setup.earlierCalls(number).catch(() => []),
      this.#setup.collection
        .find({
          where: { number, lastCallAt: { gte: at - PROPOSED_FOR, lt: at } },
          orderBy: { column: 'lastCallAt', descending: true },
          limit: 1,
        })
        .then((page) => page.items[0]?.document)
        .catch(() => undefined),
    ]);
    const proposed = same && same.id !== inquiryId && !same.mergedInto ? proposalOf(same) : undefined;
    this.#beside.set(inquiryId, { earlier, ...(proposed ? { proposed } : {}) });
    this.#touch(inquiryId);
    void this.#setup.ledger.flush();
  }

  transferred(
    inquiryId: InquiryId,
    fact: Extract<CallFact, { type: 'call.transferred' | 'call.transferRefused' }>,
  ): void {
    this.#record(inquiryId, 'transfer', fact.at, fact);
    const inquiry = this.#inquiries.get(inquiryId);
    if (!inquiry) return;
    const { count, extra } = this.transfers(inquiryId);
    this.#setup.onCount(inquiry.live, count, this.#setup.limit + extra);
  }
  /** A supervisor allows one more; on record with the reason. */
  allowOneMore(inquiryId: InquiryId, by: OperatorId, reason: string, at: Instant): void {
    if (!this.#inquiries.has(inquiryId))
      throw new AppError('inquiry.unknown', 'no call of it is live', { kind: 'user' });
    this.#record(inquiryId, 'allowance', at, { at, by, reason });
    const { count, extra } = this.transfers(inquiryId);
    this.#setup.onCount(this.#inquiries.get(inquiryId)?.live ?? [], count, this.#setup.limit + extra);
  }
  merged(into: InquiryId, absorbed: InquiryId, at: Instant): void {
    const other = this.#inquiries.get(absorbed);
    if (!other || into === absorbed) return;
    this.#record(into, 'absorbed', at, other);
    this.#record(absorbed, 'merged', at, { into });
  }
  learn(inquiryId: InquiryId, learned: Learned, at: Instant): void {
    this.#record(inquiryId, 'learned', at, learned);
  }
  addCallback(inquiryId: InquiryId, promiseId: PromiseId, at: Instant): void {
    this.#record(inquiryId, 'callback', at, { promiseId });
  }
  close(inquiryId: InquiryId, satisfied: boolean, by: OperatorId | null, at: Instant): void {
    this.#record(inquiryId, 'closed', at, { satisfied, by });
  }
  callEnded(inquiryId: InquiryId, callId: CallId, at: Instant): void {
    this.#record(inquiryId, 'callEnded', at, { callId });
  }

  transfers(inquiryId: InquiryId): TransferCountView {
    const inquiry = this.#inquiries.get(inquiryId);
    return inquiry
      ? transferCountView(inquiry.tally, this.#setup.limit)
      : {
          count: 0,
          limit: this.#setup.limit,
          extra: 0,
          atLimit: !mayTransfer({ count: 0, limit: this.#setup.limit, extra: 0 }).ok,
        };
  }
  view(inquiryId: InquiryId, callId: CallId): InquiryView {
    const inquiry = this.#inquiries.get(inquiryId);
    const proposed = this.#beside.get(inquiryId)?.proposed;
    return {
      id: inquiryId,
      callNumber: inquiry ? callNumberOf(inquiry, callId) : 1,
      ...(inquiry?.learned.topic ? { topic: inquiry.learned.topic } : {}),
      ...(proposed ? { proposed } : {}),
    };
  }
  earlier(inquiryId: InquiryId): readonly EarlierContact[] {
    return this.#beside.get(inquiryId)?.earlier ?? [];
  }
  known(inquiryId: InquiryId): { name?: string; inquiry: Known['inquiry']; earlierCalls: number } {
    const inquiry = this.#inquiries.get(inquiryId);
    const { name, ...about } = inquiry?.learned ?? {};
    return {
      ...(name ? { name } : {}),
      inquiry: { callNumber: Math.max(1, inquiry?.calls.length ?? 1), ...about },
      earlierCalls: this.#beside.get(inquiryId)?.earlier.length ?? 0,
    };
  }

  #record<Kind extends InquiryEntry['kind']>(
    inquiryId: InquiryId,
    kind: Kind,
    at: Instant,
    body: Extract<InquiryEntry, { kind: Kind }>['body'],
  ): void {
    this.#setup.ledger.record(`inquiry/${inquiryId}`, kind, at, body);
  }
  #touch(inquiryId: InquiryId): void {
    for (const callId of this.#inquiries.get(inquiryId)?.live ?? []) this.#setup.ledger.touch(`call/${callId}`);
    this.#setup.ledger.touch(`inquiry/${inquiryId}`);
  }

  apply(entry: JournalEntry, mode: 'live' | 'replay'): void {
    const inquiryId = entry.stream.slice(this.prefix.length + 1) as InquiryId;
    const typed = { kind: entry.kind, body: entry.body } as InquiryEntry;
    const { inquiry, violation } = applyInquiry(
      this.#inquiries.get(inquiryId),
      inquiryId,
      typed,
      entry.at,
      this.#setup.limit,
    );
    this.#inquiries.set(inquiryId, inquiry);
    this.#touch(inquiryId);
    if (mode === 'replay') return;
    if (violation) this.#setup.onViolation(inquiryId, violation);
    if (inquiry.live.length === 0 && typed.kind !== 'restored') void this.#store(inquiry);
  }
  /** Writes what no call needs any more; it leaves memory when it is safe and unchanged since. */
  async #store(inquiry: Inquiry): Promise<void> {
    try {
      await this.#setup.collection.put(inquiry.id, inquiry);
    } catch {
      // Storage is away: the checkpoint and the journal have it; try again later.
      this.#setup.clock.setTimer(this.#setup.clock.now() + STORE_AGAIN_MS, () => {
        const now = this.#inquiries.get(inquiry.id);
        if (now?.live.length === 0) void this.#store(now);
      });
      return;
    }
    if (this.#inquiries.get(inquiry.id) !== inquiry) return;
    this.#inquiries.delete(inquiry.id);
    this.#beside.delete(inquiry.id);
    this.#setup.ledger.markDirty(`inquiry/${inquiry.id}`);
  }
  snapshot(id: string): Inquiry | undefined {
    return this.#inquiries.get(id as InquiryId);
  }
  restore(id: string, state: unknown): void {
    this.#inquiries.set(id as InquiryId, state as Inquiry);
  }
  replayed(): void {
    for (const inquiry of [...this.#inquiries.values()]) {
      if (inquiry.live.length === 0) void this.#store(inquiry);
      else if (inquiry.number) void this.#lookBack(inquiry.id, inquiry.number, inquiry.openedAt);
    }
  }
}

const proposalOf = (same: Inquiry): NonNullable<InquiryView['proposed']> => ({
  id: same.id,
  ...(same.learned.topic ? { topic: same.learned.topic } : {}),
  lastCallAt: same.calls.at(-1)?.at ?? same.openedAt,
});
