import type { Instant, OperatorId, PromiseId } from '../../machines/vocabulary/index.ts';
import type { Notice } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';

const KEPT = 20;

/**
 * Words to one operator: of a supervisor, of a promise that comes due, of a missed call. Newest first, a few at a time;
 * they live with the panel, what they are about is on record elsewhere.
 */
export class Notices {
  readonly #ledger: Ledger;
  readonly #byOperator = new Map<OperatorId, readonly Notice[]>();
  #count = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }
  of(operatorId: OperatorId): readonly Notice[] {
    return this.#byOperator.get(operatorId) ?? [];
  }
  /** One of the same `key` replaces the earlier one. */
  tell(operatorId: OperatorId, at: Instant, notice: Omit<Notice, 'id' | 'at'> & { readonly key?: string }): void {
    const { key, ...rest } = notice;
    this.#count += 1;
    const id = key ?? `n-${at}-${this.#count}`;
    const others = this.of(operatorId).filter((each) => each.id !== id);
    this.#byOperator.set(operatorId, [{ ...rest, id, at }, ...others].slice(0, KEPT));
    this.#ledger.touch(`operator/${operatorId}`);
  }
  dismiss(operatorId: OperatorId, id: string): void {
    this.#keepOnly(operatorId, (each) => each.id !== id);
  }
  /** These are true no more, whoever was told. */
  forget(...ids: readonly string[]): void {
    for (const operatorId of this.#byOperator.keys()) this.#keepOnly(operatorId, ({ id }) => !ids.includes(id));
  }
  /** What was told of this promise is true no more, whoever was told. */
  forgetCallback(promiseId: PromiseId): void {
    for (const operatorId of this.#byOperator.keys())
      this.#keepOnly(operatorId, (each) => each.callback?.promiseId !== promiseId);
  }
  #keepOnly(operatorId: OperatorId, isKept: (notice: Notice) => boolean): void {
    const before = this.of(operatorId);
    const kept = before.filter(isKept);
    if (kept.length === before.length) return;
    this.#byOperator.set(operatorId, kept);
    this.#ledger.touch(`operator/${operatorId}`);
  }
}
