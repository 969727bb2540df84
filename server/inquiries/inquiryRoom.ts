import { emptyTally, transferCountView } from '../../machines/transfers/index.ts';
import type { Known } from '../../machines/script/index.ts';
import {
  AppError,
  MINUTE,
  as,
  type CallFact,
  type CallId,
  type Direction,
  type InquiryId,
  type Instant,
  type OperatorId,
  type PromiseId,
} from '../../machines/vocabulary/index.ts';
import type { InquiryBook } from '../calls/ports.ts';
import type { EarlierContact, InquiryView, TransferCountView } from '../contract/index.ts';
import type { Room } from '../ledger/ledger.ts';
import type { JournalEntry } from '../storage/port.ts';
import { applyInquiry } from './applyInquiry.ts';
import { begins, callNumberOf, type Inquiry, type InquiryEntry, type Learned } from './inquiry.ts';
import { InMemory } from './inMemory.ts';
import { Linking } from './linking.ts';
import { linkOf, withoutLinks } from './links.ts';
import { LookBack, briefOf } from './lookBack.ts';
import type { InquiryRoomSetup } from './ports.ts';

const STORE_AGAIN_MS = 5_000;
/** Brought back for a call that never came: it leaves memory again after this. */
const WAIT_FOR_CALL_MS = 10 * MINUTE;
/** After these the transfers of a live call may be others than the exchange's gate was told. */
const COUNTED: ReadonlySet<InquiryEntry['kind']> = new Set(['call', 'transfer', 'allowance', 'absorbed', 'linked']);
/** After these it may have been told of more than there are, so that none is news as well. */
const FEWER: ReadonlySet<InquiryEntry['kind']> = new Set(['unlinked', 'restored']);

/**
 * Inquiries with a live call are in memory; the others are in the collection and come back when a call or a callback
 * continues them. An inquiry is written to the collection when the wrap-up of its last live call is closed, and stays
 * in the checkpoint until it is there.
 */
export class InquiryRoom implements Room, InquiryBook {
  readonly prefix = 'inquiry';
  readonly linking: Linking;
  readonly #setup: InquiryRoomSetup;
  readonly #inquiries = new InMemory();
  /** Looked up beside the journal: what to propose and what was before. */
  readonly #lookBack: LookBack;

  constructor(setup: InquiryRoomSetup) {
    this.#setup = setup;
    this.#lookBack = new LookBack({
      collection: setup.collection,
      inMemory: (number) => this.#inquiries.ofNumber(number),
      earlierCalls: (number) => setup.earlierCalls(number),
      onFault: (fault) => setup.onStorageFault(fault),
    });
    this.linking = new Linking({
      ...setup,
      get: (inquiryId) => this.#inquiries.get(this.#continues(inquiryId)),
      record: (inquiryId, at, { kind, body }) => setup.ledger.record(`inquiry/${inquiryId}`, kind, at, body),
      lookBack: ({ id, number, openedAt }) => void this.#findBefore(id, number, openedAt),
    });
  }
  get(inquiryId: string): Inquiry | undefined {
    return this.#inquiries.get(inquiryId as InquiryId);
  }
  /** From memory or from the collection. */
  async find(inquiryId: string): Promise<Inquiry | undefined> {
    return this.get(inquiryId) ?? (await this.#setup.collection.get(inquiryId))?.document;
  }
  /**
   * Brings an inquiry into memory, so that a call or a person can continue it; of one that was found to be another's
   * question, that other.
   */
  async load(inquiryId: string, at: Instant): Promise<Inquiry | undefined> {
    const found = await this.find(inquiryId);
    if (!found) return undefined;
    if (!this.#inquiries.has(found.id)) {
      this.#record(found.id, 'restored', at, found);
      this.#dropUnlessUsed(found.id);
    }
    return found.mergedInto === null ? found : this.load(found.mergedInto, at);
  }
  #dropUnlessUsed(inquiryId: InquiryId): void {
    const { clock } = this.#setup;
    clock.setTimer(clock.now() + WAIT_FOR_CALL_MS, () => {
      const inquiry = this.#inquiries.get(inquiryId);
      if (inquiry?.live.length === 0) void this.#store(inquiry);
    });
  }

  begin(request: { callId: CallId; direction: Direction; number: string; at: Instant; callbackId?: PromiseId }): {
    inquiryId: InquiryId;
    callNumber: number;
    callbackId: PromiseId | null;
    calledName?: string;
  } {
    const { callId, direction, number, at, callbackId } = request;
    const continued = callbackId && this.#setup.callbackOf(callbackId);
    const inquiryId = continued ? this.#continues(continued.inquiryId) : as<InquiryId>(`q-${callId}`);
    const wasHere = this.#inquiries.has(inquiryId);
    this.#record(inquiryId, 'call', at, {
      ...{ callId, at, direction, number },
      ...(continued && callbackId ? { callbackId } : {}),
    });
    if (continued && !wasHere) void this.#completeFromStorage(inquiryId, at);
    if (number && direction !== 'internal') void this.#findBefore(inquiryId, number, at);
    const inquiry = this.#inquiries.get(inquiryId);
    return {
      inquiryId,
      callNumber: inquiry ? callNumberOf(inquiry, callId) : 1,
      callbackId: continued && callbackId ? callbackId : null,
      ...(continued?.clientName ? { calledName: continued.clientName } : {}),
    };
  }
  #continues(inquiryId: InquiryId): InquiryId {
    const into = this.#inquiries.get(inquiryId)?.mergedInto ?? null;
    return into === null ? inquiryId : this.#continues(into);
  }
  /** A call continued an inquiry before anybody loaded it (a restart came between): what it had is added. */
  async #completeFromStorage(inquiryId: InquiryId, at: Instant): Promise<void> {
    try {
      const stored = (await this.#setup.collection.get(inquiryId))?.document;
      if (stored) this.#record(inquiryId, 'absorbed', at, { ...stored, live: [] });
    } catch (fault) {
      this.#setup.onStorageFault(fault);
      return;
    }
    void this.#setup.ledger.flush();
  }
  async #findBefore(inquiryId: InquiryId, number: string, at: Instant): Promise<void> {
    await this.#lookBack.begin(inquiryId, number, at);
    // It may have left memory meanwhile.
    if (!this.#inquiries.has(inquiryId)) return this.#lookBack.forget(inquiryId);
    this.#touch(inquiryId);
    void this.#setup.ledger.flush();
  }

  transferred(
    inquiryId: InquiryId,
    fact: Extract<CallFact, { type: 'call.transferred' | 'call.transferRefused' }>,
  ): void {
    this.#record(inquiryId, 'transfer', fact.at, fact);
  }
  /** A supervisor allows one more; on record with the reason. */
  allowOneMore(inquiryId: InquiryId, by: OperatorId, reason: string, at: Instant, callId?: CallId): void {
    if (!this.#inquiries.has(inquiryId))
      throw new AppError('inquiry.unknown', 'no call of it is live', { kind: 'user' });
    this.#record(inquiryId, 'allowance', at, { at, by, reason, ...(callId ? { callId } : {}) });
  }
  /** Two turn out to be one question, in this call; every call of the absorbed one goes on as part of the other. */
  merged(into: InquiryId, absorbed: InquiryId, at: Instant, callId?: CallId): void {
    this.linking.merge(into, absorbed, at, callId);
  }
  /** The exchange is back: what changed while it was away it has not heard. */
  tellGate(): void {
    for (const inquiry of this.#inquiries.all()) this.#tellGate(inquiry);
  }
  #tellGate({ tally, live, apart }: Inquiry, isFewer = apart !== undefined): void {
    const { count, limit, extra } = transferCountView(tally, this.#setup.limit);
    if (live.length > 0 && (isFewer || count + extra > 0)) this.#setup.onCount(live, count, limit + extra);
  }
  learn(inquiryId: InquiryId, learned: Learned, at: Instant, callId?: CallId): void {
    this.#record(inquiryId, 'learned', at, { ...learned, ...(callId ? { callId } : {}) });
  }
  /** What is not known yet; what was learned before stays. */
  learnMissing(inquiryId: InquiryId, learned: Learned, at: Instant, callId: CallId): void {
    const told = Object.fromEntries(Object.entries(learned).filter(([, text]) => text !== ''));
    this.#record(inquiryId, 'learnedMissing', at, { ...told, callId });
  }
  addCallback(inquiryId: InquiryId, promiseId: PromiseId, at: Instant, callId: CallId | null): void {
    this.#record(inquiryId, 'callback', at, { promiseId, ...(callId ? { callId } : {}) });
  }
  close(inquiryId: InquiryId, satisfied: boolean, by: OperatorId | null, at: Instant, callId?: CallId): void {
    this.#record(inquiryId, 'closed', at, { satisfied, by, ...(callId ? { callId } : {}) });
  }
  callClosed(
    inquiryId: InquiryId,
    callId: CallId,
    { satisfied, by }: { readonly satisfied: boolean | null; readonly by: OperatorId | null },
    at: Instant,
  ): void {
    const inquiry = this.#inquiries.get(inquiryId);
    if (!inquiry) return;
    const isPromised = inquiry.callbacks.some((promiseId) => {
      const open = this.#setup.callbackOf(promiseId);
      // The call that keeps it may be written up before the word that it was the client.
      return open !== undefined && open.line?.callId !== callId;
    });
    if (satisfied !== null && !isPromised && inquiry.closed === null) this.close(inquiryId, satisfied, by, at, callId);
    this.#record(inquiryId, 'callEnded', at, { callId });
  }

  transfers(inquiryId: InquiryId): TransferCountView {
    return transferCountView(this.#inquiries.get(inquiryId)?.tally ?? emptyTally, this.#setup.limit);
  }
  view(inquiryId: InquiryId, callId: CallId): InquiryView {
    const inquiry = this.#inquiries.get(inquiryId);
    const isAlone = (inquiry?.calls.length ?? 1) === 1;
    const proposed = isAlone ? this.#lookBack.proposed(inquiryId, inquiry?.learned.topic, inquiry?.apart) : undefined;
    const linked = inquiry && linkOf(inquiry, callId);
    return {
      id: inquiryId,
      callNumber: inquiry ? callNumberOf(inquiry, callId) : 1,
      ...(inquiry?.learned.topic ? { topic: inquiry.learned.topic } : {}),
      ...(proposed ? { proposed } : {}),
      ...(linked ? { linked: briefOf(linked.into) } : {}),
    };
  }
  earlier(inquiryId: InquiryId): readonly EarlierContact[] {
    return this.#lookBack.earlier(inquiryId);
  }
  known(inquiryId: InquiryId): { name?: string; inquiry: Known['inquiry']; earlierCalls: number } {
    const inquiry = this.#inquiries.get(inquiryId);
    const { name, ...about } = inquiry?.learned ?? {};
    return {
      ...(name ? { name } : {}),
      inquiry: { callNumber: Math.max(1, inquiry?.calls.length ?? 1), ...about },
      earlierCalls: this.#lookBack.earlier(inquiryId).length,
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
    for (const callId of this.#inquiries.get(inquiryId)?.live ?? []) {
      this.#setup.ledger.touch(`call/${callId}`);
      for (const operatorId of this.#setup.watchersOf(callId)) this.#setup.ledger.touch(`operator/${operatorId}`);
    }
    this.#setup.ledger.touch(`inquiry/${inquiryId}`);
  }

  apply(entry: JournalEntry, mode: 'live' | 'replay'): void {
    const inquiryId = entry.stream.slice(this.prefix.length + 1) as InquiryId;
    const typed = { kind: entry.kind, body: entry.body } as InquiryEntry;
    const before = this.#inquiries.get(inquiryId);
    if (before === undefined && !begins(typed)) return;
    const { inquiry, violation } = applyInquiry(before, inquiryId, typed, entry.at, this.#setup.limit);
    this.#inquiries.set(inquiry);
    this.#touch(inquiryId);
    if (mode === 'replay') return;
    if (COUNTED.has(typed.kind)) this.#tellGate(inquiry);
    if (FEWER.has(typed.kind)) this.#tellGate(inquiry, true);
    if (violation) this.#setup.onViolation(inquiryId, violation);
    if (typed.kind === 'transfer' && typed.body.type === 'call.transferRefused')
      this.#setup.onRefused(inquiryId, typed.body);
    // One that comes back with its calls was somebody else's question by mistake, and the collection says that it is.
    if ((inquiry.live.length === 0) !== (typed.kind === 'restored')) void this.#store(inquiry);
  }
  /** What no call needs any more leaves memory when it is safe and unchanged since. */
  async #store(inquiry: Inquiry): Promise<void> {
    try {
      await this.#setup.collection.put(inquiry.id, { ...withoutLinks(inquiry), live: [] });
    } catch (fault) {
      // The checkpoint and the journal have it.
      this.#setup.onStorageFault(fault);
      this.#setup.clock.setTimer(this.#setup.clock.now() + STORE_AGAIN_MS, () => {
        const now = this.#inquiries.get(inquiry.id);
        if (now?.live.length === 0) void this.#store(now);
      });
      return;
    }
    if (this.#inquiries.get(inquiry.id) !== inquiry || inquiry.live.length > 0) return;
    this.#inquiries.delete(inquiry.id);
    this.#lookBack.forget(inquiry.id);
    this.#setup.ledger.markDirty(`inquiry/${inquiry.id}`);
  }
  snapshot(id: string): Inquiry | undefined {
    return this.#inquiries.get(id as InquiryId);
  }
  restore(_id: string, state: unknown): void {
    this.#inquiries.set(state as Inquiry);
  }
  replayed(): void {
    const live: Inquiry[] = [];
    for (const inquiry of [...this.#inquiries.all()]) {
      for (const callId of inquiry.live) if (!this.#setup.isLiveCall(callId)) this.#forgetCall(inquiry.id, callId);
      const now = this.#inquiries.get(inquiry.id) ?? inquiry;
      if (now.live.length === 0) void this.#store(now);
      else if (now.number) live.push(now);
    }
    void this.#findAllBefore(live);
  }
  /** One after the other: a start waits for none of it, and what it reads meanwhile is not behind a thousand of these. */
  async #findAllBefore(inquiries: readonly Inquiry[]): Promise<void> {
    for (const { id, number, openedAt } of inquiries) await this.#findBefore(id, number, openedAt);
  }
  #forgetCall(inquiryId: InquiryId, callId: CallId): void {
    this.#record(inquiryId, 'callEnded', this.#setup.clock.now(), { callId });
  }
}
