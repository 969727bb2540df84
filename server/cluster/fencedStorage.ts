import { AppError } from '../../machines/vocabulary/index.ts';
import { storageFault } from '../storage/faults.ts';
import type { Collection, Journal, Storage } from '../storage/port.ts';

export interface Fence {
  /** Somebody else is the core now. */
  readonly lost: boolean;
  /** We may write: nothing says that somebody else is the core. */
  readonly valid: boolean;
  /** Resolves when that is known: after a pause of the process, with the next renewal of the lease. */
  settled(): Promise<void>;
}

/**
 * The storage as the core writes to it. The journal itself refuses an old core (`Journal.fence`); writes of documents
 * wait here as long as this process cannot be sure to be the core, for instance after it was stopped for a
 * while. `onFenced` is called when the journal has refused us.
 */
export function fencedStorage(storage: Storage, fence: Fence, onFenced: () => void): Storage {
  const journal: Journal = {
    append: (entries, origin) =>
      storage.journal.append(entries, origin).catch((fault: unknown) => {
        if (fault instanceof AppError && fault.code === 'storage.fenced') onFenced();
        throw fault;
      }),
    readAfter: (after, limit) => storage.journal.readAfter(after, limit),
    readStream: (stream) => storage.journal.readStream(stream),
    lastSeq: () => storage.journal.lastSeq(),
    eraseStreams: (streams) => guarded(fence, () => storage.journal.eraseStreams(streams)),
  };
  return {
    engine: storage.engine,
    raw: storage.raw,
    journal,
    collection: async (spec) => fencedCollection(await storage.collection(spec), fence),
    ping: () => storage.ping(),
    replaced: () => storage.replaced(),
    backup: (target, onProgress) => storage.backup(target, onProgress),
    close: () => storage.close(),
  };
}

const fencedCollection = <T>(inner: Collection<T>, fence: Fence): Collection<T> => ({
  get: (id) => inner.get(id),
  find: (query) => inner.find(query),
  count: (where) => inner.count(where),
  aggregate: (aggregation) => inner.aggregate(aggregation),
  insert: (id, document) => guarded(fence, () => inner.insert(id, document)),
  replace: (id, document, revision) => guarded(fence, () => inner.replace(id, document, revision)),
  put: (id, document) => guarded(fence, () => inner.put(id, document)),
  putAll: (documents) => guarded(fence, () => inner.putAll(documents)),
  delete: (id) => guarded(fence, () => inner.delete(id)),
  deleteAll: (ids) => guarded(fence, () => inner.deleteAll(ids)),
  deleteWhere: (where, limit) => guarded(fence, () => inner.deleteWhere(where, limit)),
});

async function guarded<Value>(fence: Fence, write: () => Promise<Value>): Promise<Value> {
  await fence.settled();
  if (fence.lost) throw storageFault('storage.fenced', 'another instance is the core now');
  if (!fence.valid) throw storageFault('storage.unavailable', 'it is not sure that this instance is still the core');
  return write();
}
