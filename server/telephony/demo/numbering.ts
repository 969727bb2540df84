import { isCityNumber, type Site } from './site.ts';

/** The numbers of `site/numbers.conf`: what each context of the dialplan knows. */
export class Numbering {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Where a call from the city goes, by the number that the client dialled. */
  inbound(number: string): { readonly queue?: string; readonly telephone?: string } | undefined {
    const queue = this.#site.queues.find((each) => each.did === number);
    if (queue !== undefined) return { queue: queue.name };
    const base = this.#site.organizationNumber.slice(0, -3);
    const telephone = this.#site.telephones.find((each) => number === base + each.number);
    return telephone && { telephone: telephone.number };
  }

  knows(context: string, number: string): boolean {
    const { telephones, queues, parkExtension } = this.#site;
    if (context === 'from-trunk') return this.inbound(number) !== undefined;
    if (context === 'transfer-gate' && number === parkExtension) return true;
    if (isCityNumber(number)) return true;
    if (context === 'to-city') return false;
    return telephones.some((each) => each.number === number) || queues.some((each) => each.extension === number);
  }
}
