import type { Clock, Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Storage } from '../storage/port.ts';
import { LEASE_TTL_MS, leasesSpec, type LeaseDocument } from './lease.ts';

const LOOK_EVERY_MS: Milliseconds = 100;

/** Where the server is that works with this storage now; `undefined` when nobody renews the lease. */
export async function servedBy({ raw }: Pick<Storage, 'raw'>, clock: Clock): Promise<string | undefined> {
  // Only looked at: to declare the collection would make it, and a storage that is restored into must be empty.
  if (!(await raw.catalogue()).some(({ name }) => name === leasesSpec.name)) return undefined;
  const look = async () => (await raw.read(leasesSpec.name, undefined, 1))[0];
  const first = await look();
  if (!first) return undefined;
  const { title, released } = JSON.parse(first.text) as LeaseDocument;
  if (released) return undefined;
  for (const until = clock.now() + LEASE_TTL_MS; clock.now() < until;) {
    await new Promise<void>((resolve) => void clock.setTimer(clock.now() + LOOK_EVERY_MS, resolve));
    if ((await look())?.revision !== first.revision) return title;
  }
  return undefined;
}
