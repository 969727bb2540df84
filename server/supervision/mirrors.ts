import type { OperatorId } from '../../machines/vocabulary/index.ts';
import type { PanelPresenter } from '../calls/panelPresenter.ts';
import type { MirrorView } from '../contract/index.ts';
import type { Publisher } from '../ledger/ledger.ts';

/** What an operator sees, live and read-only, for the supervisors who look. */
export class Mirrors implements Publisher {
  readonly #presenter: PanelPresenter;
  readonly #send: (supervisorId: string, mirror: MirrorView) => void;
  readonly #watched = new Map<string, OperatorId>();

  constructor(presenter: PanelPresenter, send: (supervisorId: string, mirror: MirrorView) => void) {
    this.#presenter = presenter;
    this.#send = send;
  }
  watch(supervisorId: string, operatorId: OperatorId | null): void {
    if (operatorId === null) this.#watched.delete(supervisorId);
    else {
      this.#watched.set(supervisorId, operatorId);
      this.#send(supervisorId, { operatorId, view: this.#presenter.view(operatorId) ?? null });
    }
  }
  of(supervisorId: string): MirrorView | null {
    const operatorId = this.#watched.get(supervisorId);
    return operatorId ? { operatorId, view: this.#presenter.view(operatorId) ?? null } : null;
  }
  prepare(touched: ReadonlySet<string>): (() => void) | undefined {
    const sends: (() => void)[] = [];
    for (const [supervisorId, operatorId] of this.#watched) {
      if (!touched.has(`operator/${operatorId}`)) continue;
      const view = this.#presenter.view(operatorId) ?? null;
      sends.push(() => this.#send(supervisorId, { operatorId, view }));
    }
    return sends.length === 0 ? undefined : () => sends.forEach((send) => send());
  }
}
