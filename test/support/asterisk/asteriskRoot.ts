import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder in which a real Asterisk is installed (a chroot), from `ASTERISK_ROOT`; undefined when there is none, and
 * then the system tests say so and do not run.
 */
export const asteriskRoot = (): string | undefined => {
  const root = process.env['ASTERISK_ROOT'];
  return root !== undefined && existsSync(join(root, 'usr/sbin/asterisk')) ? root : undefined;
};
