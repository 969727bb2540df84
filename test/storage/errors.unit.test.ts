import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { AppError } from '../../machines/vocabulary/index.ts';
import { errorOf as embeddedErrorOf, faultOf } from '../../server/storage/embedded/errors.ts';
import { isPassing, storageFault, toldOf } from '../../server/storage/faults.ts';
import { errorOf as mongoErrorOf } from '../../server/storage/mongo/errors.ts';

const sqlite: readonly [code: string, ours: string][] = [
  ['SQLITE_FULL', 'storage.full'],
  ['SQLITE_READONLY_DBMOVED', 'storage.readOnly'],
  ['SQLITE_IOERR_FSYNC', 'storage.unavailable'],
  ['SQLITE_CANTOPEN', 'storage.unavailable'],
  ['SQLITE_BUSY', 'storage.unavailable'],
  ['SQLITE_CORRUPT_INDEX', 'storage.damaged'],
  ['SQLITE_NOTADB', 'storage.damaged'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'storage.uniqueTaken'],
  ['SQLITE_TOOBIG', 'storage.badDocument'],
  ['ENOSPC', 'storage.full'],
  ['EROFS', 'storage.readOnly'],
  ['storage.locked', 'storage.locked'],
  ['storage.tooNew', 'storage.tooNew'],
  ['anything else', 'storage.unavailable'],
];
test.for(sqlite)('[STORE-22] SQLite: %s is %s', ([code, ours]) => {
  const fault = faultOf(Object.assign(new Error('why'), { code }));
  expect(embeddedErrorOf(fault)).toMatchObject({ name: 'AppError', code: ours, message: 'why' });
});

const { MongoNetworkError, MongoServerError, MongoServerSelectionError, MongoInvalidArgumentError } = mongoose.mongo;
const server = (code: number) => new MongoServerError({ message: 'why', code });
const mongo: readonly [name: string, error: unknown, ours: string][] = [
  ['out of disk space', server(14_031), 'storage.full'],
  ['over the quota', server(8_000), 'storage.full'],
  ['may not write', server(13), 'storage.readOnly'],
  ['document too large', server(10_334), 'storage.badDocument'],
  ['duplicate key', server(11_000), 'storage.uniqueTaken'],
  ['not the primary', server(10_107), 'storage.unavailable'],
  ['stepping down', server(189), 'storage.unavailable'],
  ['link broken', new MongoNetworkError('why'), 'storage.unavailable'],
  ['nobody there', new MongoServerSelectionError('why', {} as never), 'storage.unavailable'],
  ['the driver refuses', new MongoInvalidArgumentError('why'), 'storage.badDocument'],
  ['the schema refuses', new mongoose.Error.ValidationError(), 'storage.badDocument'],
  ['mongoose: nobody there', new mongoose.Error.MongooseServerSelectionError('why'), 'storage.unavailable'],
  ['no error at all', 'why', 'storage.unavailable'],
];
test.for(mongo)('[STORE-22] MongoDB: %s', ([, error, ours]) => {
  expect(mongoErrorOf(error)).toMatchObject({ name: 'AppError', code: ours });
});

test('[STORE-22] our own errors pass as they are, and only faults that pass by themselves are called passing', () => {
  const own = storageFault('storage.tooNew', 'why');
  expect(mongoErrorOf(own)).toBe(own);
  expect(own).toBeInstanceOf(AppError);
  expect(
    ['storage.unavailable', 'storage.full', 'storage.readOnly'].map((code) => new AppError(code, '')).every(isPassing),
  ).toBe(true);
  expect(isPassing(own)).toBe(false);
  expect(isPassing(new Error('storage.full'))).toBe(false);
});

test('[WEB-17] who asks for readiness hears our words, never those of an engine', () => {
  const why = 'not authorized on contact_centre to execute command { insert: "journal" }';
  const refused = mongoErrorOf(new MongoServerError({ message: why, code: 13 }));
  expect(toldOf(refused)).toContain('read-only');
  expect(toldOf(mongoErrorOf(new MongoNetworkError(why)))).toContain('away');
  expect(toldOf(new Error(why))).toContain('away');
});
