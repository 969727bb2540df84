import type { ProductProcess } from '../support/productProcess.ts';
import type { Gap } from './compare.ts';

/** What the product was told just before it was killed it may not have read, or not yet written. */
const BEFORE_MS = 700;
const AFTER_MS = 500;
const PATIENCE_MS = 60_000;

/** When the product could see the line, as its health page says. */
export class Sight {
  readonly gaps: Gap[] = [];
  readonly #product: ProductProcess;
  #lostAt: number | undefined;

  constructor(product: ProductProcess) {
    this.#product = product;
  }
  lose(): void {
    this.#lostAt ??= Date.now() - BEFORE_MS;
  }
  /** Resolves when the link is up and in step. */
  async regained(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.#sees())) {
      if (Date.now() > until) throw new Error('the link to the exchange did not come back');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (this.#lostAt === undefined) return;
    const last = this.gaps.at(-1);
    // Two that touch are one.
    const from = last && last.to >= this.#lostAt ? (this.gaps.pop()?.from ?? this.#lostAt) : this.#lostAt;
    this.gaps.push({ from, to: Date.now() + AFTER_MS });
    this.#lostAt = undefined;
  }
  async #sees(): Promise<boolean> {
    const response = await fetch(`${this.#product.url}/readyz`).catch(() => undefined);
    if (!response) return false;
    const { faults } = (await response.json()) as { faults: Record<string, string> };
    return !Object.keys(faults).some((part) => part.startsWith('ami.'));
  }
}
