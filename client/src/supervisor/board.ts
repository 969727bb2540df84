import { useEffect, useMemo } from 'react';
import type {
  AlertRow,
  BoardDelta,
  BoardSettings,
  BoardView,
  ListeningRules,
  OperatorRow,
  QueueRow,
  RiskRow,
  RowsDelta,
} from '../../../server/contract/board.ts';
import type { LinkView } from '../../../server/contract/panel.ts';
import type { Topic } from '../../../server/contract/protocol.ts';
import { useConnection } from '../shared/realtime/context.ts';
import { createStore, type Store } from '../shared/store.ts';
import { serverClock } from '../shared/time/serverClock.ts';

/** The board as the page keeps it: rows by key, so that a change of one draws one. */
export interface Board {
  readonly risks: ReadonlyMap<string, RiskRow>;
  readonly operators: ReadonlyMap<string, OperatorRow>;
  readonly queues: ReadonlyMap<string, QueueRow>;
  readonly alerts: ReadonlyMap<string, AlertRow>;
  readonly links: readonly LinkView[];
  readonly storage: 'ok' | 'memory';
  readonly settings: BoardSettings;
  readonly listening: ListeningRules;
  /** When the server last said anything: the age of every figure. */
  readonly heardAt: number;
}

const byKey = <Row extends { readonly key: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.key, row]));

export const boardOf = (view: BoardView): Board => ({
  risks: byKey(view.risks),
  operators: byKey(view.operators),
  queues: byKey(view.queues),
  alerts: byKey(view.alerts),
  links: view.links,
  storage: view.storage,
  settings: view.settings,
  listening: view.listening,
  heardAt: view.serverNow,
});

function merged<Row extends { readonly key: string }>(
  rows: ReadonlyMap<string, Row>,
  delta: RowsDelta<Row> | undefined,
): ReadonlyMap<string, Row> {
  if (!delta || (delta.put.length === 0 && delta.gone.length === 0)) return rows;
  const next = new Map(rows);
  for (const key of delta.gone) next.delete(key);
  for (const row of delta.put) next.set(row.key, row);
  return next;
}

export const withDelta = (board: Board, delta: BoardDelta): Board => ({
  risks: merged(board.risks, delta.risks),
  operators: merged(board.operators, delta.operators),
  queues: merged(board.queues, delta.queues),
  alerts: merged(board.alerts, delta.alerts),
  links: delta.links ?? board.links,
  storage: delta.storage ?? board.storage,
  settings: delta.settings ?? board.settings,
  listening: delta.listening ?? board.listening,
  heardAt: delta.serverNow,
});

/** Watches the board while the component is on screen. Undefined until the first snapshot. */
export function useBoardStore(topic: Extract<Topic, 'board' | 'wallboard'>): Store<Board | undefined> {
  const connection = useConnection();
  const store = useMemo(() => createStore<Board | undefined>(undefined), []);
  useEffect(() => {
    const view = connection.view<BoardView>(topic);
    const take = (): void => {
      const whole = view.get();
      if (whole) store.set(boardOf(whole));
    };
    const stops = [
      connection.watch(topic),
      view.subscribe(take),
      connection.on<BoardDelta>(`${topic}Delta`, (delta) => {
        serverClock.learn(delta.serverNow);
        const before = store.get();
        if (before) store.set(withDelta(before, delta));
      }),
    ];
    take();
    return () => stops.forEach((stop) => stop());
  }, [connection, store, topic]);
  return store;
}

/** Nearest breach first. */
export const risksInOrder = (board: Board): readonly RiskRow[] =>
  [...board.risks.values()].sort((a, b) => a.breachAt - b.breachAt || a.since - b.since);

/** A promise whose owner is away, or no longer among the operators. */
export function isLeft({ operators }: Board, { kind, operatorId }: RiskRow): boolean {
  if (kind !== 'callback' || operatorId === undefined) return false;
  const owner = operators.get(operatorId);
  return owner === undefined || owner.away === true;
}

/** Promises of one operator to call back, the nearest first. */
export const callbacksOf = (board: Board, operatorId: string): readonly RiskRow[] =>
  risksInOrder(board).filter((risk) => risk.kind === 'callback' && risk.operatorId === operatorId);

const STATE_ORDER: Readonly<Record<OperatorRow['state'], number>> = {
  onCall: 0,
  ringing: 1,
  wrapUp: 2,
  ready: 3,
  paused: 4,
  offline: 5,
};
export interface OperatorFilter {
  readonly unit: string | null;
  readonly queue: string | null;
  readonly state: string | null;
  readonly text: string;
}
export const NO_FILTER: OperatorFilter = { unit: null, queue: null, state: null, text: '' };

/** Who asks for help, then who keeps a client waiting without a term. */
const needsHand = ({ help, call }: OperatorRow): number => (help ? 2 : call?.hold?.state === 'unpromised' ? 1 : 0);

/** Those who need a hand first, then by state, longest first. */
export function operatorsInOrder(board: Board, filter: OperatorFilter): readonly OperatorRow[] {
  const text = filter.text.trim().toLowerCase();
  return [...board.operators.values()]
    .filter(
      (row) =>
        (!filter.unit || row.unit === filter.unit) &&
        (!filter.queue || row.queues.includes(filter.queue)) &&
        (!filter.state || row.state === filter.state) &&
        (!text || row.name.toLowerCase().includes(text) || (row.device ?? '').toLowerCase().includes(text)),
    )
    .sort(
      (a, b) =>
        needsHand(b) - needsHand(a) ||
        STATE_ORDER[a.state] - STATE_ORDER[b.state] ||
        a.since - b.since ||
        (a.key < b.key ? -1 : 1),
    );
}

/** Alerts without an answer that are about one thing: the caller who waited long, then too long. */
export interface AlertGroup {
  readonly key: string;
  readonly alerts: readonly AlertRow[];
  /** The worst of them. */
  readonly alert: AlertRow;
  /** What it was about is no more: the caller was answered, the hold has ended. */
  readonly over: boolean;
}
/** What goes on before what is over, breaches before warnings, newest first. */
export function openAlerts(board: Board): readonly AlertGroup[] {
  const groups = new Map<string, AlertRow[]>();
  for (const alert of board.alerts.values()) {
    if (alert.acknowledged) continue;
    const key = alert.riskKey ?? alert.key;
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups]
    .flatMap(([key, alerts]): AlertGroup[] => {
      const alert = alerts.find(({ level }) => level === 'breach') ?? alerts.at(-1);
      return alert
        ? [{ key, alerts, alert, over: alert.riskKey !== undefined && !board.risks.has(alert.riskKey) }]
        : [];
    })
    .sort(
      (a, b) =>
        Number(a.over) - Number(b.over) ||
        Number(b.alert.level === 'breach') - Number(a.alert.level === 'breach') ||
        b.alert.at - a.alert.at,
    );
}
/** Latest answer first. */
export const answeredAlerts = (board: Board): readonly AlertRow[] =>
  [...board.alerts.values()]
    .filter(({ acknowledged }) => acknowledged)
    .sort((a, b) => (b.acknowledged?.at ?? 0) - (a.acknowledged?.at ?? 0));
