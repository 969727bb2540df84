import type { OperatorId } from '../machines/vocabulary/index.ts';

/** Whose screens are open somewhere: here, or at another instance that told so. */
export class Presence {
  readonly #here = new Set<OperatorId>();
  readonly #elsewhere = new Map<string, ReadonlySet<OperatorId>>();
  readonly #onChange: (operatorId: OperatorId, present: boolean) => void;

  /** `onChange`: the first screen of somebody appeared anywhere, or the last one went. */
  constructor(onChange: (operatorId: OperatorId, present: boolean) => void = () => undefined) {
    this.#onChange = onChange;
  }

  set(operatorId: OperatorId, present: boolean): void {
    this.#change([operatorId], () => {
      if (present) this.#here.add(operatorId);
      else this.#here.delete(operatorId);
    });
  }
  /** Everyone with a screen at another instance. */
  setElsewhere(instance: string, operatorIds: readonly OperatorId[]): void {
    this.#change(new Set([...(this.#elsewhere.get(instance) ?? []), ...operatorIds]), () => {
      if (operatorIds.length > 0) this.#elsewhere.set(instance, new Set(operatorIds));
      else this.#elsewhere.delete(instance);
    });
  }
  #change(whom: Iterable<OperatorId>, change: () => void): void {
    const before = [...whom].map((id) => [id, this.has(id)] as const);
    change();
    for (const [id, was] of before) if (this.has(id) !== was) this.#onChange(id, !was);
  }
  has(operatorId: OperatorId): boolean {
    if (this.#here.has(operatorId)) return true;
    for (const each of this.#elsewhere.values()) if (each.has(operatorId)) return true;
    return false;
  }
  all(): Iterable<OperatorId> {
    if (this.#elsewhere.size === 0) return this.#here;
    return new Set([this.#here, ...this.#elsewhere.values()].flatMap((each) => [...each]));
  }
}
