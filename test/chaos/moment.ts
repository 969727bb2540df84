import type { TrueCall } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import type { LoadedExchange } from '../support/loadedExchange.ts';
import { isAway, type ProductProcess } from '../support/productProcess.ts';

/** A fact may be held back so long for the one that follows it. */
const SETTLED_MS = 100;
/** On a busy machine the product reads later what the exchange has sent; so far behind is a fault of its own. */
const MOST_BEHIND_MS = 10_000;
const AGAIN_MS = 100;

/** What was found while calls were going on. */
export interface Looked {
  calls: number;
  /** Marked: it is not known whether they go on. */
  unconfirmed: number;
  /** The farthest that the product was behind the exchange. */
  behindMs: number;
  readonly wrong: string[];
}

/**
 * Just after a resync: every call that goes on is shown, and each that is shown is as it is or marked as not confirmed.
 * The product says until when it has read; what happened before that it must show.
 */
export async function lookAround(
  product: ProductProcess,
  cookie: string,
  { truth }: LoadedExchange,
  looked: Looked,
): Promise<void> {
  const begun = Date.now();
  const before = begun - SETTLED_MS;
  const behindMs = await readUntil(product, begun);
  looked.behindMs = Math.max(looked.behindMs, behindMs);
  if (behindMs >= MOST_BEHIND_MS) looked.wrong.push(`after a resync the product is ${behindMs} ms behind the exchange`);
  if (behindMs >= MOST_BEHIND_MS) return;
  const items = await liveCalls(product, cookie);
  const shown = new Map(items.flatMap((each) => (each.ended ? [] : [[each.callId, each]])));
  looked.calls += shown.size;
  looked.unconfirmed += items.filter(({ confirmed }) => !confirmed).length;
  for (const call of truth.calls.values()) {
    const one = shown.get(`main/${call.call}`);
    const fault = one?.confirmed === false ? undefined : faultOf(call, one, before);
    if (fault !== undefined) looked.wrong.push(`after a resync ${call.call} (${call.direction}) ${fault}`);
  }
}

/** Waits until the product has read all that the exchange sent before `at`. Returns how long that took. */
async function readUntil(product: ProductProcess, at: number): Promise<number> {
  const begun = Date.now();
  for (;;) {
    const text = await (await fetch(`${product.url}/metrics`)).text();
    const seconds = Number(/^ami_read_until_seconds\{exchange="main"\} ([\d.e+]+)$/m.exec(text)?.[1] ?? 0);
    const tookMs = Date.now() - begun;
    if (seconds * 1_000 >= at || tookMs >= MOST_BEHIND_MS) return tookMs;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** All of them, page by page. A storage that is slow may refuse a look, as it does a person's, who looks again. */
export async function liveCalls(product: ProductProcess, cookie: string): Promise<readonly CallReply[]> {
  const all: CallReply[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const query: string = `/calls?state=live&limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await product
      .get<{ items: CallReply[]; next?: string }>(query, cookie)
      .catch((fault: unknown): undefined => {
        if (!isAway(fault)) throw fault;
      });
    if (page === undefined) continue;
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}

/** What is not as it was at `before` and still is. */
export function faultOf(call: TrueCall, shown: CallReply | undefined, before: number): string | undefined {
  if (call.ended) return shown && call.ended.at < before ? 'is over and goes on on the screen' : undefined;
  if (call.startedAt >= before) return undefined;
  if (!shown) return 'goes on and is not shown';
  const moves = [...call.answers, ...call.transfers, ...call.refusals, ...call.parkings];
  const last = call.answers.at(-1);
  // Only what has come to rest can be compared with what was read a moment ago.
  if (!last || moves.some(({ at }) => at > last.at || at >= before)) return undefined;
  const talking = shown.operators.some((each) => each.device === last.device && each.answeredAt && !each.leftAt);
  return talking ? undefined : `is with ${last.device}, who is not shown in it`;
}
