import type { Random } from '../../server/telephony/demo/random.ts';

/** Draws without putting back, then all over again: every item comes in each round, in an order of its own. */
export class Lots<Item> {
  readonly #items: readonly Item[];
  readonly #random: Random;
  #left: Item[] = [];

  constructor(items: readonly Item[], random: Random) {
    this.#items = items;
    this.#random = random;
  }
  /** Undefined when there are none. */
  draw(): Item | undefined {
    if (this.#left.length === 0) this.#left = [...this.#items];
    const [drawn] = this.#left.splice(Math.floor(this.#random.next() * this.#left.length), 1);
    return drawn;
  }
}
