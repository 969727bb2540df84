import type { ProductProcess } from '../support/productProcess.ts';
import type { Gap } from './compare.ts';

/** What the product was told just before it was killed it may not have read, or not yet written. */
const BEFORE_MS = 700;
const AFTER_MS = 500;
const PATIENCE_MS = 60_000;

const LOOK_EVERY_MS = 200;

/** When the product could see the line and had all of it on the disk, as its health page says. */
export class Sight {
  readonly gaps: Gap[] = [];
  readonly #product: ProductProcess;
  #lostAt: number | undefined;
  /** When the last question was put that it answered with health: on a busy machine it may be seconds behind. */
  #soundAt = Date.now();
  #stopped = false;

  constructor(product: ProductProcess) {
    this.#product = product;
  }
  /** Looks until `stop`. */
  async watch(): Promise<void> {
    while (!this.#stopped) {
      const askedAt = Date.now();
      if (Object.keys((await this.#faults()) ?? { gone: '' }).length === 0) this.#soundAt = askedAt;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
  stop(): void {
    this.#stopped = true;
  }
  lose(): void {
    this.#lostAt ??= Math.min(Date.now(), this.#soundAt) - BEFORE_MS;
  }
  /** Resolves when the link is up and in step. */
  async regained(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.#sees())) {
      if (Date.now() > until)
        throw new Error(`the link to the exchange did not come back: ${JSON.stringify(await this.#faults())}`);
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
    const faults = await this.#faults();
    return faults !== undefined && !Object.keys(faults).some((part) => part === 'start' || part.startsWith('ami.'));
  }
  async #faults(): Promise<Record<string, string> | undefined> {
    const response = await fetch(`${this.#product.url}/readyz`).catch(() => undefined);
    if (!response) return undefined;
    return ((await response.json()) as { faults: Record<string, string> }).faults;
  }
}
