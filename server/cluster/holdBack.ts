import type { Clock } from '../../machines/vocabulary/index.ts';
import type { Storage } from '../storage/port.ts';
import { LEASE_ID, leasesSpec } from './lease.ts';

/**
 * Keeps a restored database without a core until that of the present one has let go of the exchanges. The lease that the
 * backup brought may be free, or bear the id of whoever comes first; this one is nobody's, so it must be seen unchanged
 * for its time. Its epoch is above both, so that a core of before that hears of the new one knows its turn is over.
 */
export async function holdBack(restored: Storage, present: Storage, clock: Clock): Promise<void> {
  const leases = await restored.collection(leasesSpec);
  const known = await Promise.all([leases.get(LEASE_ID), (await present.collection(leasesSpec)).get(LEASE_ID)]);
  const epoch = Math.max(...known.map((lease) => lease?.document.epoch ?? 0)) + 1;
  const title = 'the restore of a backup';
  await leases.put(LEASE_ID, { holder: 'restore', title, epoch, renewedAt: clock.now(), released: false });
}
