import type { Script } from '../types.ts';
import type { Finding } from './finding.ts';

/** Everything that can be said of these scripts together: errors keep them from being published, warnings advise. */
export function check(scripts: readonly Script[]): Finding[] {
  return scripts.length === 0 ? [] : [];
}
