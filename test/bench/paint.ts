import type { Page } from 'playwright-core';
import { percentile, type Figure } from './kit.ts';

/** Milliseconds since the epoch, finer than `Date.now()`; the same clock in this process and in the browser. */
export const wall = (): number => performance.timeOrigin + performance.now();

/** Longer than this nobody waits; 0 is answered then. */
const LATE_MS = 1_000;

/** The instant at which a frame was painted with this text in the first element of this selector; 0 when it never was. */
export const paintedWith = (page: Page, selector: string, text: string, patienceMs = LATE_MS): Promise<number> =>
  page.evaluate(
    ([where, wanted, lateMs]) =>
      new Promise<number>((resolve) => {
        const isThere = (): boolean => document.querySelector(where)?.textContent?.includes(wanted) ?? false;
        const late = setTimeout(() => resolve(0), lateMs);
        const look = (): void => {
          if (!isThere()) return;
          clearTimeout(late);
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.timeOrigin + performance.now()));
            port1.start();
            port2.postMessage(0);
          });
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        look();
      }),
    [selector, text, patienceMs] as const,
  );

export interface Chosen {
  readonly paintedMs: number;
  /** The server's word that the choice is in the journal. */
  readonly confirmedMs: number;
}

/** Lets `choosing` see the server's confirmations. Before the page is opened. */
export const watchSocket = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        // `43`: an acknowledgement of socket.io.
        this.addEventListener('message', ({ data }) => {
          if (typeof data === 'string' && data.startsWith('43')) window.dispatchEvent(new Event('bench-confirmed'));
        });
      }
    };
  });

/** From the next key to the next frame with another text in `main`, and to the server's confirmation. */
export const choosing = (page: Page): Promise<Chosen | undefined> =>
  page.evaluate(
    (lateMs) =>
      new Promise<Chosen | undefined>((resolve) => {
        const words = (): string => document.querySelector('main')?.textContent?.replaceAll(/\d\d:\d\d/g, '') ?? '';
        const before = words();
        const at = { key: 0, painted: 0, confirmed: 0 };
        const ended = new AbortController();
        const finish = (): void => {
          if (at.painted === 0 || at.confirmed === 0) return;
          clearTimeout(late);
          resolve({ paintedMs: at.painted - at.key, confirmedMs: at.confirmed - at.key });
        };
        const observer = new MutationObserver(() => {
          if (at.key === 0 || words() === before) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => {
              at.painted = performance.now();
              finish();
            });
            port1.start();
            port2.postMessage(0);
          });
        });
        const late = setTimeout(() => {
          observer.disconnect();
          ended.abort();
          resolve(undefined);
        }, lateMs);
        const listening = { capture: true, once: true, signal: ended.signal };
        window.addEventListener('keydown', () => void (at.key = performance.now()), listening);
        const confirmed = (): void => {
          at.confirmed = performance.now();
          finish();
        };
        window.addEventListener('bench-confirmed', confirmed, listening);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      }),
    LATE_MS,
  );

/** p50, p95 and p99 as rows. Figures of nothing would read as "at once", so half of what was tried must have come. */
export function percentiles(what: string, values: readonly number[], tried: number, beside?: string): Figure[] {
  if (values.length < tried * 0.5) throw new Error(`${what}: only ${values.length} of ${tried} were painted`);
  return [0.5, 0.95, 0.99].map((share) => ({
    what: `${what}, p${share * 100} of ${values.length}`,
    value: Math.round(percentile(values, share)),
    unit: 'ms',
    ...(beside === undefined || share !== 0.99 ? {} : { beside }),
  }));
}
