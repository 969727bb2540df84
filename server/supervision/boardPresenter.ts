import type { Clock, DeviceId, Instant, Milliseconds, OperatorId } from '../../machines/vocabulary/index.ts';
import type {
  AlertRow,
  BoardDelta,
  BoardSettings,
  BoardView,
  LinkView,
  ListeningRules,
  OperatorRow,
  QueueRow,
  RiskRow,
  RowsDelta,
} from '../contract/index.ts';
import type { Faults } from '../faults.ts';
import type { Ledger, Publisher } from '../ledger/ledger.ts';
import type { QueueBoard } from './queueBoard.ts';
import { callbackRisk, callRisks, operatorRow, pauseRisk, type RowSources } from './rows.ts';

/**
 * Pushes are at least so far apart; what changes meanwhile goes out together: an eye does not see the difference, a
 * browser does. The first change after a quiet while goes at once.
 */
const TOGETHER_MS: Milliseconds = 32;
/** After a restart all supervisors come at once: what was drawn for one of them serves the next, if nothing changed. */
const SAME_MS: Milliseconds = 1_000;
/** A quiet board says so often that it is alive: the page shows how old its figures are. */
const ALIVE_MS: Milliseconds = 2_000;

export interface BoardSources extends RowSources {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly queues: QueueBoard;
  /** Today, 0 to 1; absent when none of them was there. */
  occupancyOf(operatorIds: readonly OperatorId[]): number | undefined;
  isToday(call: { readonly startedAt: Instant }): boolean;
  links(): readonly LinkView[];
  settings(): BoardSettings;
  listeningRules(): ListeningRules;
  alerts(): readonly AlertRow[];
  alert(key: string): AlertRow | undefined;
  /** Trouble of an operator that is not a call's: missed calls, lost telephone, help, too long in a state. */
  operatorTrouble(operatorId: OperatorId): readonly RiskRow[];
  allOperators(): Iterable<OperatorId>;
  hasWatchers(): boolean;
}

/**
 * Draws the supervisors' board. Rows are made only for what was touched, taken at the moment of the batch; several
 * batches close to each other go out as one delta, the same bytes to every watcher.
 */
export class BoardPresenter implements Publisher {
  readonly #sources: BoardSources;
  readonly #send: (delta: BoardDelta) => void;
  /** Risk rows shown, by what they are of, so that those that went are told. */
  readonly #shownRisks = new Map<string, readonly string[]>();
  #put = {
    risks: new Map<string, RiskRow | null>(),
    operators: new Map<string, OperatorRow | null>(),
    queues: new Map<string, QueueRow | null>(),
    alerts: new Map<string, AlertRow | null>(),
  };
  #whole: {
    links?: readonly LinkView[];
    storage?: 'ok' | 'memory';
    settings?: BoardSettings;
    listening?: ListeningRules;
  } = {};
  #timer: (() => void) | undefined;
  #flushedAt: Instant = Number.NEGATIVE_INFINITY;
  #alive = false;
  #view: BoardView | undefined;

  constructor(sources: BoardSources, send: (delta: BoardDelta) => void) {
    this.#sources = sources;
    this.#send = send;
  }

  prepare(touched: ReadonlySet<string>): (() => void) | undefined {
    this.#view = undefined;
    if (!this.#sources.hasWatchers()) return undefined;
    const changes: (() => void)[] = [];
    for (const key of touched) changes.push(...(this.#row(key, () => this.#changesOf(key)) ?? []));
    if (changes.length === 0) return undefined;
    return () => {
      for (const change of changes) change();
      this.#later();
    };
  }

  /** A row that cannot be drawn is left as it was; the board goes on. */
  #row<Made>(of: string, draw: () => Made): Made | undefined {
    return this.#sources.faults.contain('view', { of }, draw);
  }

  /** Rows are made now, merged when durable into the delta of then: others may have left meanwhile. */
  #changesOf(key: string): (() => void)[] {
    const [kind, id] = split(key);
    switch (kind) {
      case 'operator': {
        const row = operatorRow(this.#sources, id as OperatorId) ?? null;
        return [() => this.#put.operators.set(id, row), this.#riskChange(key, this.#operatorRisks(id as OperatorId))];
      }
      case 'call': {
        const live = this.#sources.calls.get(id);
        return [this.#riskChange(key, live ? callRisks(this.#sources, live) : [])];
      }
      case 'callback': {
        const risk = callbackRisk(this.#sources, id);
        return [this.#riskChange(key, risk ? [risk] : [])];
      }
      case 'queue': {
        const row = this.#queueRow(id);
        return [() => this.#put.queues.set(id, row)];
      }
      case 'alert': {
        const row = this.#sources.alert(id) ?? null;
        return [() => this.#put.alerts.set(id, row)];
      }
      case 'link':
        return [() => (this.#whole = { ...this.#whole, links: this.#sources.links() })];
      case 'storage':
        return [() => (this.#whole = { ...this.#whole, storage: this.#sources.ledger.storage })];
      case 'boardSettings':
        return [() => (this.#whole = { ...this.#whole, settings: this.#sources.settings() })];
      case 'listeningRules':
        return [() => (this.#whole = { ...this.#whole, listening: this.#sources.listeningRules() })];
      default:
        return [];
    }
  }
  #operatorRisks(operatorId: OperatorId): readonly RiskRow[] {
    return [...this.#sources.operatorTrouble(operatorId), pauseRisk(this.#sources, operatorId) ?? []].flat();
  }
  #riskChange(of: string, risks: readonly RiskRow[]): () => void {
    return () => {
      const before = this.#shownRisks.get(of) ?? [];
      const keys = risks.map((risk) => risk.key);
      for (const key of before) if (!keys.includes(key)) this.#put.risks.set(key, null);
      for (const risk of risks) this.#put.risks.set(risk.key, risk);
      if (keys.length > 0) this.#shownRisks.set(of, keys);
      else this.#shownRisks.delete(of);
    };
  }
  #queueRow(queue: string): QueueRow {
    const { queues, operators } = this.#sources;
    const ids = [...queues.membersOf(queue)].flatMap((device) => operators.operatorAt(device as DeviceId) ?? []);
    return queues.row(queue, this.#sources.settings(), {
      states: ids.flatMap((id) => operators.view(id)?.state ?? []),
      occupancy: this.#sources.occupancyOf(ids),
      isToday: (call) => this.#sources.isToday(call),
    });
  }

  #later(): void {
    const { clock } = this.#sources;
    this.#timer ??= clock.setTimer(Math.max(clock.now(), this.#flushedAt + TOGETHER_MS), () => this.flush());
  }
  flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#flushedAt = this.#sources.clock.now();
    const { risks, operators, queues, alerts } = this.#put;
    const delta: BoardDelta = {
      serverNow: this.#sources.clock.now(),
      ...this.#whole,
      ...(risks.size > 0 ? { risks: deltaOf(risks) } : {}),
      ...(operators.size > 0 ? { operators: deltaOf(operators) } : {}),
      ...(queues.size > 0 ? { queues: deltaOf(queues) } : {}),
      ...(alerts.size > 0 ? { alerts: deltaOf(alerts) } : {}),
    };
    this.#put = { risks: new Map(), operators: new Map(), queues: new Map(), alerts: new Map() };
    this.#whole = {};
    this.#send(delta);
  }

  /** While somebody watches. */
  #stayAlive(): void {
    const { clock } = this.#sources;
    if (this.#alive) return;
    this.#alive = true;
    clock.setTimer(clock.now() + ALIVE_MS, () => {
      this.#alive = false;
      if (!this.#sources.hasWatchers()) return;
      if (!this.#timer) this.#send({ serverNow: clock.now() });
      this.#stayAlive();
    });
  }

  /** Everything, for a page that comes or comes back. */
  view(): BoardView {
    const serverNow = this.#sources.clock.now();
    this.#stayAlive();
    if (!this.#view || serverNow - this.#view.serverNow > SAME_MS) this.#view = this.#drawn();
    return { ...this.#view, serverNow };
  }
  #drawn(): BoardView {
    const sources = this.#sources;
    const risks = new Map<string, readonly RiskRow[]>();
    const add = (of: string, rows: () => readonly RiskRow[]): void => void risks.set(of, this.#row(of, rows) ?? []);
    for (const live of sources.calls.all()) add(`call/${live.callId}`, () => callRisks(sources, live));
    for (const { context } of sources.callbacks.nearest(500))
      add(`callback/${context.promiseId}`, () => [callbackRisk(sources, context.promiseId) ?? []].flat());
    for (const operatorId of sources.allOperators())
      add(`operator/${operatorId}`, () => this.#operatorRisks(operatorId));
    for (const [of, rows] of risks)
      if (rows.length > 0)
        this.#shownRisks.set(
          of,
          rows.map((row) => row.key),
        );
    return {
      serverNow: sources.clock.now(),
      links: sources.links(),
      storage: sources.ledger.storage,
      risks: [...risks.values()].flat(),
      operators: [...sources.allOperators()].flatMap(
        (id) => this.#row(`operator/${id}`, () => operatorRow(sources, id)) ?? [],
      ),
      queues: [...sources.queues.queues()].map((queue) => this.#queueRow(queue)),
      alerts: sources.alerts(),
      settings: sources.settings(),
      listening: sources.listeningRules(),
    };
  }
}

const split = (key: string): [string, string] => {
  const at = key.indexOf('/');
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
};
const deltaOf = <Row>(rows: ReadonlyMap<string, Row | null>): RowsDelta<Row> => ({
  put: [...rows.values()].flatMap((row) => row ?? []),
  gone: [...rows].flatMap(([key, row]) => (row === null ? [key] : [])),
});
