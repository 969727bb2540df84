import { storageFault, type FaultCode } from '../faults.ts';
import type { Fault } from './protocol.ts';

/** SQLite's result codes → ours. Extended codes begin with the primary one. */
const CODES: readonly (readonly [prefix: string, code: FaultCode])[] = [
  ['SQLITE_FULL', 'storage.full'],
  ['SQLITE_READONLY', 'storage.readOnly'],
  ['SQLITE_CORRUPT', 'storage.damaged'],
  ['SQLITE_NOTADB', 'storage.damaged'],
  ['SQLITE_CONSTRAINT', 'storage.uniqueTaken'],
  ['SQLITE_TOOBIG', 'storage.badDocument'],
  // The file system's own words, from what is done beside SQLite.
  ['ENOSPC', 'storage.full'],
  ['EDQUOT', 'storage.full'],
  ['EROFS', 'storage.readOnly'],
  ['EACCES', 'storage.readOnly'],
  ['EPERM', 'storage.readOnly'],
];

/** After these the connection is opened anew before it is used again. */
export const needsReopen = (code: string): boolean =>
  /^SQLITE_(IOERR|READONLY|CANTOPEN|NOMEM|CORRUPT|NOTADB|PROTOCOL|MISUSE)/.test(code);

/** The mistake of one request, not of the database: the others of its group go on. */
export const isRequestError = (code: string): boolean => /^SQLITE_(CONSTRAINT|ERROR|TOOBIG|MISMATCH|RANGE)/.test(code);

export const faultOf = (error: unknown): Fault => {
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'SQLITE_ERROR';
  return { code, message };
};

const CODE_OF_OURS = new Set<FaultCode>([
  'storage.locked',
  'storage.readOnly',
  'storage.tooNew',
  'storage.tooOld',
  'storage.damaged',
]);

export function errorOf(fault: Fault): Error {
  const own = [...CODE_OF_OURS].find((code) => code === fault.code);
  const code = own ?? CODES.find(([prefix]) => fault.code.startsWith(prefix))?.[1] ?? 'storage.unavailable';
  return storageFault(code, fault.message, { details: { sqlite: fault.code } });
}
