import type { Instant } from '../../../machines/vocabulary/index.ts';
import { elapsed } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';

/** Time that has passed since an instant, counting. */
export function Since({ at }: { readonly at: Instant }) {
  return <span className="figures">{useTimed((now) => elapsed(now - at))}</span>;
}
