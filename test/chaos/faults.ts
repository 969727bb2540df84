import type { ProductProcess } from '../support/productProcess.ts';

/** A storage that can be taken away from the product, in several ways. */
export interface StorageFaults {
  /** What may happen to it while the product works. */
  readonly kinds: readonly string[];
  /** With which the product cannot start. */
  readonly atStart: readonly string[];
  breakIt(kind: string, product: ProductProcess): Promise<void>;
  /** Whatever is broken is whole again. The product may be dead. */
  mend(product: ProductProcess): Promise<void>;
  close(): Promise<void>;
}
