import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asteriskRoot } from './asterisk/asteriskRoot.ts';

/**
 * Real parts that some tests talk to. Where one is missing its tests are named on standard error and not run;
 * with `REQUIRE_ALL=1` (as in CI) a missing part is a failed test instead. `WITHOUT=chromium,redis` leaves parts out.
 */
const without = process.env['WITHOUT']?.split(',') ?? [];
const firstExisting = (...paths: (string | undefined)[]): string | undefined =>
  paths.find((path) => path !== undefined && existsSync(path));

export const peers = {
  /** Root of a system with Asterisk and, on the host, sipp. */
  asterisk: {
    name: 'Asterisk (set ASTERISK_ROOT to a system root with Asterisk 18 to 22; needs sipp)',
    value: firstExisting('/usr/bin/sipp') && asteriskRoot(),
  },
  mongodb: { name: 'MongoDB (set MONGODB_URI)', value: process.env.MONGODB_URI },
  redis: {
    name: 'Redis (install redis-server)',
    value: firstExisting(process.env.REDIS_SERVER, '/usr/bin/redis-server', '/usr/local/bin/redis-server'),
  },
  chromium: {
    name: 'Chromium (install chromium or set CHROMIUM)',
    value: firstExisting(
      process.env.CHROMIUM,
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
    ),
  },
} satisfies Record<string, { name: string; value: string | undefined }>;
export type Peer = keyof typeof peers;

/** A suite that needs real parts; its body gets their values in the order of `needed`. */
export function describeWith(needed: readonly Peer[], title: string, body: (...values: string[]) => void): void {
  const missing = needed.filter((each) => !peers[each].value || without.includes(each));
  if (missing.length === 0) {
    describe(title, () => body(...needed.map((each) => peers[each].value as string)));
    return;
  }
  const reason = missing.map((each) => peers[each].name).join('; ');
  if (process.env.REQUIRE_ALL) {
    describe(title, () => {
      it('finds the parts that it needs', () => expect.fail(`missing: ${reason}`));
    });
    return;
  }
  process.stderr.write(`not run: ${title}: needs ${reason}\n`);
  describe(title, () => {
    it(`not run here: needs ${reason}`, (context) => context.skip());
  });
}
