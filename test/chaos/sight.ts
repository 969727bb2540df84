import type { ProductProcess } from '../support/productProcess.ts';
import type { Gap } from './compare.ts';

/** A fact may be held back for the one that follows it, and its batch waits for the disk. */
const BEFORE_MS = 700;
const AFTER_MS = 500;
const PATIENCE_MS = 60_000;

const LOOK_EVERY_MS = 200;

/** When the product could see the line and had all of it on the disk, as its health page and its metrics say. */
export class Sight {
  readonly gaps: Gap[] = [];
  /** Faults of the product that it counted itself. */
  readonly faults = new Set<string>();
  readonly #product: ProductProcess;
  #lostAt: number | undefined;
  /** Until then it had read and written all, as it said last: on a busy machine that may be seconds ago. */
  #soundAt = Date.now();
  #stopped = false;

  constructor(product: ProductProcess) {
    this.#product = product;
  }
  /** Looks until `stop`. */
  async watch(): Promise<void> {
    while (!this.#stopped) {
      const [until, faults] = await Promise.all([this.#writtenUntil(), this.#faults()]);
      if (until !== undefined && Object.keys(faults ?? { gone: '' }).length === 0) this.#soundAt = until;
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
  async #writtenUntil(): Promise<number | undefined> {
    const askedAt = Date.now();
    const text = await fetch(`${this.#product.url}/metrics`)
      .then((response) => response.text())
      .catch(() => '');
    for (const [, place = ''] of text.matchAll(/^faults_total\{place="(\w+)"\} [1-9]/gm))
      this.faults.add(`a fault of the product while at: ${place} (its log tells)`);
    const seconds = (name: string): number => Number(new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(text)?.[1]);
    const behindMs = seconds('journal_behind_seconds') * 1_000;
    const readUntil = seconds('ami_read_until_seconds\\{exchange="main"\\}') * 1_000;
    return Number.isNaN(behindMs + readUntil) ? undefined : Math.min(askedAt - behindMs, readUntil);
  }
  async #faults(): Promise<Record<string, string> | undefined> {
    const response = await fetch(`${this.#product.url}/readyz`).catch(() => undefined);
    if (!response) return undefined;
    return ((await response.json()) as { faults: Record<string, string> }).faults;
  }
}
