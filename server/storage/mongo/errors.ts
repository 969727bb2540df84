import mongoose from 'mongoose';
import { AppError } from '../../../machines/vocabulary/index.ts';
import { type FaultCode, storageFault } from '../faults.ts';

/** Server codes (MongoDB 7 and 8, `error_codes.yml`) that are not simply "away for now". */
const CODES: Readonly<Record<number, FaultCode>> = {
  13: 'storage.readOnly', // Unauthorized: the account may not write
  18: 'storage.badAddress', // AuthenticationFailed: no such account, or another password
  20: 'storage.readOnly', // IllegalOperation, as a read-only server answers
  8000: 'storage.full', // AtlasError: over the quota
  10334: 'storage.badDocument', // BSONObjectTooLarge
  11000: 'storage.uniqueTaken', // DuplicateKey
  12501: 'storage.full', // QuotaExceeded
  14031: 'storage.full', // OutOfDiskSpace
};

const { MongoError, MongoInvalidArgumentError, MongoServerError } = mongoose.mongo;

const TRIES = 3;

export const isDuplicate = (error: unknown): boolean => error instanceof MongoError && error.code === 11000;

/** What the engine, mongoose or the driver threw, as one of ours. */
export function errorOf(error: unknown): Error {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return storageFault(codeOf(error), message, { cause: error });
}
function codeOf(error: unknown): FaultCode {
  if (error instanceof mongoose.Error) {
    return error instanceof mongoose.Error.MongooseServerSelectionError ? 'storage.unavailable' : 'storage.badDocument';
  }
  if (error instanceof MongoInvalidArgumentError || error instanceof RangeError) return 'storage.badDocument';
  if (error instanceof MongoError && typeof error.code === 'number') return CODES[error.code] ?? 'storage.unavailable';
  return 'storage.unavailable';
}

/** Runs one operation of the engine and translates what it throws. */
export async function translated<Value>(run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    throw errorOf(error);
  }
}

/**
 * For what several servers declare at the same time: one whose collection or index another made or dropped meanwhile looks
 * again. `run` must come to the same however often it is begun.
 */
export async function besideOthers<Value>(run: () => Promise<Value>): Promise<Value> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await run();
    } catch (error) {
      if (left === 1 || !(error instanceof MongoServerError) || isDuplicate(error)) throw error;
    }
  }
}
