import type { Instant } from '../../machines/vocabulary/index.ts';

export interface Alarm {
  readonly at: Instant;
  /** Breaks ties: alarms of one instant ring in the order in which they were set. */
  readonly order: number;
  /** Place in the heap; -1 outside. Kept by the heap alone. */
  index: number;
}

const isBefore = (a: Alarm, b: Alarm): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap that knows where each alarm lies, so that any of them goes in O(log n). */
export class InstantHeap<Item extends Alarm> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }
  get first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    this.#place(item, this.#items.length);
    this.#rise(item);
  }

  /** An item that is not in the heap does no harm. */
  remove(item: Item): void {
    const { index } = item;
    if (index < 0 || this.#items[index] !== item) return;
    item.index = -1;
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#place(last, index);
    this.#rise(last);
    this.#sink(last);
  }

  /** All items, in no order. */
  *[Symbol.iterator](): IterableIterator<Item> {
    yield* this.#items;
  }

  #place(item: Item, index: number): void {
    this.#items[index] = item;
    item.index = index;
  }

  #rise(item: Item): void {
    while (item.index > 0) {
      const above = this.#items[(item.index - 1) >> 1];
      if (above === undefined || !isBefore(item, above)) return;
      this.#swap(item, above);
    }
  }

  #sink(item: Item): void {
    for (;;) {
      const left = this.#items[2 * item.index + 1];
      const right = this.#items[2 * item.index + 2];
      if (left === undefined) return;
      const below = right !== undefined && isBefore(right, left) ? right : left;
      if (!isBefore(below, item)) return;
      this.#swap(below, item);
    }
  }

  #swap(a: Item, b: Item): void {
    const { index } = a;
    this.#place(a, b.index);
    this.#place(b, index);
  }
}
