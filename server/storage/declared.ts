import { columnTypes } from './encode.ts';
import { storageFault } from './faults.ts';
import type { Collection, CollectionSpec } from './port.ts';

/** Collections that were declared since the start: each once, however often it is asked for. */
export class Declared {
  readonly #known = new Map<string, { layout: string; collection: Promise<unknown> }>();

  once<T>(spec: CollectionSpec<T>, make: () => Promise<Collection<T>>): Promise<Collection<T>> {
    const layout = JSON.stringify([spec.version, columnTypes(spec), spec.indexes]);
    const known = this.#known.get(spec.name);
    if (known !== undefined) {
      if (known.layout === layout) return known.collection as Promise<Collection<T>>;
      return Promise.reject(storageFault('storage.specMismatch', `${spec.name} was declared otherwise before`));
    }
    const collection = make();
    this.#known.set(spec.name, { layout, collection });
    // What failed may be tried again; whoever asked gets the reason.
    collection.catch(() => this.#known.delete(spec.name));
    return collection;
  }
}
