import type { TrueCall } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import type { LoadedExchange } from '../support/loadedExchange.ts';
import type { ProductProcess } from '../support/productProcess.ts';

/** So much later than the exchange a busy product may be. */
const LATE_MS = 1_500;
/** The most that one page of the live calls holds. */
const MOST_LISTED = 200;

/** What was found while calls were going on. */
export interface Looked {
  calls: number;
  /** Marked: it is not known whether they go on. */
  unconfirmed: number;
  readonly wrong: string[];
}

/** Just after a resync: every call that goes on is shown, and each that is shown is as it is or marked as not confirmed. */
export async function lookAround(
  product: ProductProcess,
  cookie: string,
  { truth }: LoadedExchange,
  looked: Looked,
): Promise<void> {
  const before = Date.now() - LATE_MS;
  const items = await liveCalls(product, cookie);
  if (items.length === MOST_LISTED) return;
  const shown = new Map(items.flatMap((each) => (each.ended ? [] : [[each.callId, each]])));
  for (const call of truth.calls.values()) {
    const one = shown.get(`main/${call.call}`);
    const fault = faultOf(call, one, before);
    if (one) looked.calls += 1;
    if (one?.confirmed === false) looked.unconfirmed += 1;
    else if (fault !== undefined) looked.wrong.push(`after a resync ${call.call} (${call.direction}) ${fault}`);
  }
}

export const liveCalls = async (product: ProductProcess, cookie: string): Promise<readonly CallReply[]> =>
  (await product.get<{ items: CallReply[] }>(`/calls?state=live&limit=${MOST_LISTED}`, cookie)).items;

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
