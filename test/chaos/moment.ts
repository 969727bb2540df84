import type { TrueCall } from '../../server/telephony/demo/truth.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import type { LoadedExchange } from '../support/loadedExchange.ts';
import type { ProductProcess } from '../support/productProcess.ts';

/** What is younger may be on its way. */
const LATE_MS = 1_500;
/** A machine that is busy is further behind: what is wrong is looked at again, so often. */
const LOOKS = 20;
const AGAIN_MS = 500;
/** The most that one page of the live calls holds. */
const MOST_LISTED = 200;

/** What was found while calls were going on. */
export interface Looked {
  calls: number;
  /** Marked: it is not known whether they go on. */
  unconfirmed: number;
  /** Looks that had to be repeated, for the product had not read everything yet. */
  late: number;
  readonly wrong: string[];
}

/** Just after a resync: every call that goes on is shown, and each that is shown is as it is or marked as not confirmed. */
export async function lookAround(
  product: ProductProcess,
  cookie: string,
  { truth }: LoadedExchange,
  looked: Looked,
): Promise<void> {
  let wrong: string[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const before = Date.now() - LATE_MS;
    const items = await liveCalls(product, cookie);
    if (items.length === MOST_LISTED) return;
    const shown = new Map(items.flatMap((each) => (each.ended ? [] : [[each.callId, each]])));
    if (look === 0) {
      looked.calls += shown.size;
      looked.unconfirmed += items.filter(({ confirmed }) => !confirmed).length;
    }
    wrong = [...truth.calls.values()].flatMap((call) => {
      const one = shown.get(`main/${call.call}`);
      const fault = one?.confirmed === false ? undefined : faultOf(call, one, before);
      return fault === undefined ? [] : [`after a resync ${call.call} (${call.direction}) ${fault}`];
    });
    if (wrong.length === 0) return;
    looked.late += 1;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  looked.wrong.push(...wrong);
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
