import type { OperatorId } from '../machines/vocabulary/index.ts';

/** Whose panels are open somewhere. */
export class Presence {
  readonly #present = new Set<OperatorId>();

  set(operatorId: OperatorId, present: boolean): void {
    if (present) this.#present.add(operatorId);
    else this.#present.delete(operatorId);
  }
  has(operatorId: OperatorId): boolean {
    return this.#present.has(operatorId);
  }
  all(): Iterable<OperatorId> {
    return this.#present;
  }
}
