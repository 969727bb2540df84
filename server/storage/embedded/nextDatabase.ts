import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE } from './protocol.ts';

/** Below the data folder: where a restored database waits. */
export const NEXT = join('restore', 'next');

/** A database lies in the folder, whole and compared, that is to take the place of the present one. */
export const waitsForChangeOver = (folder: string): boolean => existsSync(join(folder, NEXT, DATABASE_FILE));
