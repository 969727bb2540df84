import type { Instant } from '../../machines/vocabulary/index.ts';
import type { AlertRow } from '../contract/index.ts';
import type { Ledger, Room } from '../ledger/ledger.ts';
import type { JournalEntry } from '../storage/port.ts';

type AlertEntry =
  | { readonly kind: 'raised'; readonly body: AlertRow }
  | { readonly kind: 'acknowledged'; readonly body: { readonly by: string; readonly done: string } };

/** The board keeps so many; the journal has all. */
const KEPT = 300;

/** Alerts and who answered them: raised once per cause and level, acknowledged with what was done. */
export class AlertsRoom implements Room {
  readonly prefix = 'alert';
  readonly #ledger: Ledger;
  readonly #alerts = new Map<string, AlertRow>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }
  get(key: string): AlertRow | undefined {
    return this.#alerts.get(key);
  }
  all(): readonly AlertRow[] {
    return [...this.#alerts.values()];
  }
  /** Nothing happens when this cause was raised at this level before. */
  raise(alert: Omit<AlertRow, 'at'>, at: Instant): void {
    if (this.#alerts.has(alert.key)) return;
    this.#ledger.record(`alert/${alert.key}`, 'raised', at, { ...alert, at });
  }
  acknowledge(key: string, by: string, done: string, at: Instant): boolean {
    const alert = this.#alerts.get(key);
    if (!alert || alert.acknowledged) return false;
    this.#ledger.record(`alert/${key}`, 'acknowledged', at, { by, done });
    return true;
  }

  apply(entry: JournalEntry): void {
    const key = entry.stream.slice(this.prefix.length + 1);
    const typed = { kind: entry.kind, body: entry.body } as AlertEntry;
    const before = this.#alerts.get(key);
    if (typed.kind === 'raised') this.#alerts.set(key, typed.body);
    else if (before) this.#alerts.set(key, { ...before, acknowledged: { at: entry.at, ...typed.body } });
    this.#ledger.touch(entry.stream);
    this.#forgetOldest();
  }
  #forgetOldest(): void {
    if (this.#alerts.size <= KEPT) return;
    const oldest = [...this.#alerts.values()].find((alert) => alert.acknowledged) ?? this.#alerts.values().next().value;
    if (!oldest) return;
    this.#alerts.delete(oldest.key);
    this.#ledger.markDirty(`alert/${oldest.key}`);
    this.#ledger.touch(`alert/${oldest.key}`);
  }
  snapshot(id: string): AlertRow | undefined {
    return this.#alerts.get(id);
  }
  restore(id: string, state: unknown): void {
    this.#alerts.set(id, state as AlertRow);
  }
}
