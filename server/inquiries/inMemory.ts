import { numberForms, type InquiryId } from '../../machines/vocabulary/index.ts';
import type { Inquiry } from './inquiry.ts';

/** The inquiries that live calls are about, by id and by the client's number: none is looked for among all. */
export class InMemory {
  readonly #byId = new Map<InquiryId, Inquiry>();
  readonly #byNumber = new Map<string, Set<InquiryId>>();

  get(id: InquiryId): Inquiry | undefined {
    return this.#byId.get(id);
  }
  has(id: InquiryId): boolean {
    return this.#byId.has(id);
  }
  all(): Iterable<Inquiry> {
    return this.#byId.values();
  }
  /** However the number is written. */
  ofNumber(number: string): readonly Inquiry[] {
    return numberForms(number).flatMap((form) =>
      [...(this.#byNumber.get(form) ?? [])].flatMap((id) => this.#byId.get(id) ?? []),
    );
  }

  set(inquiry: Inquiry): void {
    const { id, number } = inquiry;
    if (this.#byId.get(id)?.number !== number) {
      this.delete(id);
      const same = this.#byNumber.get(number) ?? new Set();
      this.#byNumber.set(number, same.add(id));
    }
    this.#byId.set(id, inquiry);
  }
  delete(id: InquiryId): void {
    const number = this.#byId.get(id)?.number;
    if (number === undefined) return;
    this.#byId.delete(id);
    const same = this.#byNumber.get(number);
    same?.delete(id);
    if (same?.size === 0) this.#byNumber.delete(number);
  }
}
