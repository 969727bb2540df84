import { AppError, type CallId, type InquiryId, type Instant } from '../../machines/vocabulary/index.ts';
import type { Inquiry, InquiryEntry } from './inquiry.ts';
import { linkOf, takeOut } from './links.ts';
import type { InquiryRoomSetup } from './ports.ts';

/** The call in which somebody links or undoes a link. */
export interface LinkingCall {
  readonly callId: CallId;
  readonly rest: { readonly inquiryId: InquiryId | null };
}
export interface LinkingSetup extends Pick<
  InquiryRoomSetup,
  'moveCall' | 'moveCallback' | 'moveClosed' | 'onStorageFault'
> {
  /** In memory, under this name or as part of the one that it was linked to. */
  readonly get: (inquiryId: InquiryId) => Inquiry | undefined;
  readonly record: (inquiryId: InquiryId, at: Instant, entry: InquiryEntry) => void;
  /** Looks for what there was with the client before. */
  readonly lookBack: (inquiry: Inquiry) => void;
}

/** Makes one inquiry of two, and two of one when it was a mistake; calls and promises go with theirs. */
export class Linking {
  readonly #setup: LinkingSetup;

  constructor(setup: LinkingSetup) {
    this.#setup = setup;
  }

  merge(into: InquiryId, absorbed: InquiryId, at: Instant, callId?: CallId): void {
    const { get, record } = this.#setup;
    const [kept, other] = [get(into), get(absorbed)];
    if (!kept || !other || kept.id === other.id) return;
    record(kept.id, at, { kind: 'absorbed', body: { ...other, ...(callId ? { callId } : {}) } });
    this.#goesInto(kept.id, other, at);
  }
  /** Found by a person, who may undo it until this call is written up. */
  link(into: InquiryId, { callId, rest }: LinkingCall, at: Instant): void {
    const { get, record } = this.#setup;
    const [kept, other] = [get(into), rest.inquiryId ? get(rest.inquiryId) : undefined];
    if (!kept || !other || kept.id === other.id) return;
    // Written up while it was looked for: nobody could undo it any more.
    if (!other.live.includes(callId)) return this.merge(kept.id, other.id, at);
    record(kept.id, at, { kind: 'linked', body: { callId, other } });
    this.#goesInto(kept.id, other, at);
    this.#setup.lookBack(kept);
  }
  #goesInto(kept: InquiryId, other: Inquiry, at: Instant): void {
    this.#setup.record(other.id, at, { kind: 'merged', body: { into: kept } });
    this.#move(other, kept, at);
  }

  /** Throws `inquiry.notLinked`. */
  unlink({ callId, rest }: LinkingCall, at: Instant): void {
    const { get, record } = this.#setup;
    const inquiry = rest.inquiryId ? get(rest.inquiryId) : undefined;
    const found = inquiry && linkOf(inquiry, callId);
    const undone = found && takeOut(inquiry, found.part.was.id);
    if (!undone)
      throw new AppError('inquiry.notLinked', 'nobody linked this call to another inquiry', { kind: 'user' });
    const { kept, apart } = undone;
    record(kept.id, at, { kind: 'unlinked', body: { inquiryId: apart.id } });
    record(apart.id, at, { kind: 'restored', body: apart });
    this.#move(apart, apart.id, at);
    // Which call of it they are may have changed.
    for (const each of kept.live) this.#setup.moveCall(each, kept.id, at);
    this.#setup.lookBack(apart);
    this.#setup.moveClosed(apart, kept.id).catch((fault: unknown) => this.#setup.onStorageFault(fault));
  }
  #move({ live, callbacks }: Inquiry, to: InquiryId, at: Instant): void {
    for (const callId of live) this.#setup.moveCall(callId, to, at);
    for (const promiseId of callbacks) this.#setup.moveCallback(promiseId, to, at);
  }
}
