import type { Instant } from '../../machines/vocabulary/index.ts';
import { PRESENCE_MS, type Present } from '../contract/index.ts';

interface Tab extends Present {
  readonly until: Instant;
}

/** Who has which script open, and on which step. Lives in memory alone: a tab that falls silent is gone. */
export class StudioPresence {
  readonly #scripts = new Map<string, Map<string, Tab>>();

  /** True when what the others see changed. */
  here(scriptId: string, tab: Present, at: Instant): boolean {
    let tabs = this.#scripts.get(scriptId);
    if (!tabs) this.#scripts.set(scriptId, (tabs = new Map()));
    const key = `${tab.personId}/${tab.tabId}`;
    const before = tabs.get(key);
    tabs.set(key, { ...tab, until: at + PRESENCE_MS });
    return before?.stepId !== tab.stepId || before.name !== tab.name;
  }
  gone(scriptId: string, personId: string, tabId: string): boolean {
    return this.#scripts.get(scriptId)?.delete(`${personId}/${tabId}`) ?? false;
  }
  /** Lets go of tabs that were not heard of; the instant at which to look again. */
  expire(scriptId: string, at: Instant): { readonly changed: boolean; readonly next: Instant | undefined } {
    const tabs = this.#scripts.get(scriptId) ?? new Map<string, Tab>();
    const late = [...tabs].filter(([, tab]) => tab.until <= at);
    for (const [key] of late) tabs.delete(key);
    const next = [...tabs.values()].reduce<Instant | undefined>(
      (first, { until }) => Math.min(first ?? until, until),
      undefined,
    );
    return { changed: late.length > 0, next };
  }
  of(scriptId: string): Present[] {
    return [...(this.#scripts.get(scriptId)?.values() ?? [])].map(({ personId, name, tabId, stepId }) => ({
      personId,
      name,
      tabId,
      stepId,
    }));
  }
  /** Somebody has it open: its changes are pushed. */
  isOpen(scriptId: string): boolean {
    return (this.#scripts.get(scriptId)?.size ?? 0) > 0;
  }
}
