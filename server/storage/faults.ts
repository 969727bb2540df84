import { AppError } from '../../machines/vocabulary/index.ts';

/** Faults that pass by themselves: whoever waits may try again. */
const PASSING = new Set(['storage.unavailable', 'storage.full', 'storage.readOnly']);

export type FaultCode =
  | 'storage.unavailable'
  | 'storage.full'
  | 'storage.readOnly'
  | 'storage.badAddress'
  | 'storage.damaged'
  | 'storage.tooNew'
  | 'storage.tooOld'
  | 'storage.locked'
  | 'storage.fenced'
  | 'storage.badDocument'
  | 'storage.badQuery'
  | 'storage.specMismatch'
  | 'storage.uniqueTaken'
  | 'storage.badMigration'
  | 'storage.badBackup'
  | 'storage.badSource'
  | 'storage.copyMismatch'
  | 'storage.copyUnfinished'
  | 'storage.targetNotEmpty'
  | 'storage.backlogFull';

const MISTAKES: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'storage.badDocument',
  'storage.badQuery',
  'storage.specMismatch',
  'storage.uniqueTaken',
]);

type Details = Record<string, string | number | boolean>;

/** An `AppError` of this room; a caller's mistake is `unexpected`, everything else `operational`. */
export function storageFault(
  code: FaultCode,
  message: string,
  more: { cause?: unknown; details?: Details } = {},
): AppError {
  return new AppError(code, message, { ...more, kind: MISTAKES.has(code) ? 'unexpected' : 'operational' });
}

/** The storage is away for now and may come back. */
export const isPassing = (error: unknown): error is AppError => error instanceof AppError && PASSING.has(error.code);

/** Waiting cannot mend it: what was asked for is wrong, or our own code. */
export const isMistake = (error: unknown): boolean => !(error instanceof AppError) || error.kind === 'unexpected';

/** For whoever watches the server: in words of ours, since an engine's own may quote a query or an address. */
const TOLD: Readonly<Partial<Record<string, string>>> = {
  'storage.readOnly': 'the storage cannot be written: it is read-only, or this account or process may not write to it',
  'storage.full': 'the storage is full: make room on its disk',
  'storage.badAddress': 'the storage refuses this account: check the name and password in MONGODB_URI',
  'storage.damaged': 'the storage is damaged: restore a backup',
  'storage.tooNew': 'the data was written by a newer server: start that one',
  'storage.fenced': 'another instance has taken over',
};
export const toldOf = (fault: unknown): string =>
  (fault instanceof AppError && TOLD[fault.code]) || 'the storage is away: it does not answer';
