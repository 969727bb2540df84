/** Something that happens once and can be waited for, before or after. */
export class Signal<T = void> {
  readonly promise: Promise<T>;
  #resolve: (value: T) => void = () => undefined;
  given = false;

  constructor() {
    this.promise = new Promise<T>((resolve) => {
      this.#resolve = resolve;
    });
  }
  give(value: T): void {
    this.given = true;
    this.#resolve(value);
  }
}
