import type { Instant } from '../../machines/vocabulary/index.ts';

interface Place {
  readonly id: string;
  readonly at: Instant;
}
const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);

/** Ids in the order of their instants. Putting and removing find the place by halving; nothing is ever sorted anew. */
export class SortedIndex {
  readonly #places: Place[] = [];
  readonly #instants = new Map<string, Instant>();

  get size(): number {
    return this.#places.length;
  }
  put(id: string, at: Instant): void {
    if (this.#instants.get(id) === at) return;
    this.remove(id);
    const place = { id, at };
    this.#places.splice(this.#indexOf(place), 0, place);
    this.#instants.set(id, at);
  }
  remove(id: string): void {
    const at = this.#instants.get(id);
    if (at === undefined) return;
    this.#places.splice(this.#indexOf({ id, at }), 1);
    this.#instants.delete(id);
  }
  /** Earliest first. */
  first(limit: number): readonly Place[] {
    return this.#places.slice(0, limit);
  }

  /** Where the place is or would be. */
  #indexOf(place: Place): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#places[middle]!, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The earliest of several ordered lists. */
export const earliestOf = (lists: readonly (readonly Place[])[], limit: number): readonly string[] =>
  lists
    .flat()
    .sort((a, b) => (isBefore(a, b) ? -1 : 1))
    .slice(0, limit)
    .map(({ id }) => id);
