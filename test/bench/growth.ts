import type { HostState } from './product.ts';

type Watched = 'heapUsed' | 'timers' | 'handles' | 'listeners' | 'live';
/** How much more than before is no growth yet: collections and calls come and go. */
const ALLOWED: Readonly<Record<Watched, number>> = {
  heapUsed: 1.25,
  timers: 1.5,
  handles: 1.2,
  listeners: 1.2,
  live: 1.5,
};

/** What even at its least in the last part was clearly above its most in the part before. A trend, not a limit of time. */
export function growths(
  before: readonly Pick<HostState, Watched>[],
  last: readonly Pick<HostState, Watched>[],
): readonly string[] {
  return (Object.keys(ALLOWED) as Watched[]).filter((name) => {
    const most = Math.max(...before.map((one) => one[name]));
    const least = Math.min(...last.map((one) => one[name]));
    return least > most * ALLOWED[name] + 2;
  });
}
