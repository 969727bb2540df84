import type { Random } from '../../server/telephony/demo/random.ts';
import type { LoadedExchange } from '../support/loadedExchange.ts';
import type { ProductProcess } from '../support/productProcess.ts';
import type { StorageFaults } from './faults.ts';
import { Lots } from './lots.ts';
import type { Sight } from './sight.ts';

/** Between two disturbances of one storm. */
const PAUSE_MS = [50, 400] as const;
/** What happens, so often beside the others: a short run has each of them as well. */
const DISTURBANCES = ['kill', 'kill', 'kill', 'link', 'storage', 'killInFault'] as const;
/** How many kills a storm has. */
const KILLS = [4, 7] as const;
/** How long a fault of the storage lasts. */
const FAULT_MS = [200, 1_500] as const;
/** So soon after it began a start is killed. */
const EARLY_MS = [100, 1_200] as const;

export interface Disturbed {
  readonly product: ProductProcess;
  readonly line: LoadedExchange;
  readonly faults: StorageFaults;
  readonly sight: Sight;
  readonly random: Random;
  /** After each resync. */
  readonly onSight: () => Promise<void>;
  readonly say: (line: string) => void;
}
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills, cut links and faults of the storage, as the seed says. */
export class Disturber {
  readonly done = { kills: 0, links: 0, faults: 0 };
  readonly #its: Disturbed;
  readonly #disturbances: Lots<(typeof DISTURBANCES)[number]>;
  readonly #kinds: Lots<string>;
  readonly #kindsAtStart: Lots<string>;

  constructor(its: Disturbed) {
    const { random, faults } = its;
    this.#its = its;
    this.#disturbances = new Lots(DISTURBANCES, random);
    this.#kinds = new Lots(faults.kinds, random);
    this.#kindsAtStart = new Lots(faults.atStart, random);
  }

  /** Several disturbances at short distances, with `mostKills` kills at most. */
  async storm(mostKills: number): Promise<void> {
    const { random } = this.#its;
    const until = this.done.kills + Math.min(mostKills, random.whole(...KILLS));
    while (this.done.kills < until) {
      await wait(random.between(...PAUSE_MS));
      await this.#disturb(until);
    }
  }
  async #disturb(until: number): Promise<void> {
    const what = this.#disturbances.draw();
    if (what === 'link') return this.#cutLink();
    if (what !== 'kill') await this.#breakStorage(what === 'killInFault');
    if (what === 'storage') return this.#its.faults.mend(this.#its.product);
    return this.#kill(until);
  }

  async #breakStorage(thenKill: boolean): Promise<void> {
    const { faults, sight, random, product } = this.#its;
    this.done.faults += 1;
    // Facts of a broken storage are confirmed to nobody; where its backlog lies may be broken too.
    if (thenKill) sight.lose();
    await faults.breakIt(this.#kinds.draw() ?? '', product);
    await wait(random.between(...FAULT_MS));
  }
  async #kill(until: number): Promise<void> {
    const { product, faults, sight, random, say } = this.#its;
    this.done.kills += 1;
    sight.lose();
    await product.kill('SIGKILL');
    await faults.mend(product);
    if (random.chance(0.15)) await this.#startBroken();
    else if (this.done.kills < until && random.chance(0.5)) await this.#killAtStart();
    await startAgain(product, say);
    await this.#seeAgain();
  }
  /** It may be reading its journal, or ask the exchange, or be ready. */
  async #killAtStart(): Promise<void> {
    const { product, random } = this.#its;
    this.done.kills += 1;
    const started = product.start().catch(() => undefined);
    await wait(random.between(...EARLY_MS));
    await product.kill('SIGKILL');
    await started;
  }
  /** A start while the storage is broken is refused, or waits until it is whole; and costs nothing. */
  async #startBroken(): Promise<void> {
    const { product, faults, random } = this.#its;
    const kind = this.#kindsAtStart.draw();
    if (kind === undefined) return;
    this.done.faults += 1;
    await faults.breakIt(kind, product);
    const started = product.start().then(
      () => true,
      () => false,
    );
    const tooEarly = await Promise.race([started, wait(random.between(...FAULT_MS)).then(() => false)]);
    if (tooEarly) throw new Error(`the product started on a storage that is ${kind}`);
    await faults.mend(product);
    await started;
  }
  async #cutLink(): Promise<void> {
    const { line, sight, random } = this.#its;
    this.done.links += 1;
    sight.lose();
    if (random.chance(0.5)) line.server.cutLinks();
    else {
      await line.server.close();
      await wait(random.between(100, 1_500));
      await line.server.open();
    }
    // Until the cut is noticed the link counts as up.
    do await wait(20);
    while (line.server.sessions === 0);
    await this.#seeAgain();
  }
  async #seeAgain(): Promise<void> {
    await this.#its.sight.regained();
    await this.#its.onSight();
  }
}

/** As a supervisor of processes does: one that cannot start is started again. */
export async function startAgain(product: ProductProcess, say: (line: string) => void): Promise<void> {
  for (let tries = 0; tries < 5 && !product.isRunning; tries += 1)
    await product.start().catch((fault: unknown) => say(`${String(fault)}; it is started again`));
  if (!product.isRunning) throw new Error('the product does not start any more');
}
