import type { Clock } from '../../machines/vocabulary/index.ts';
import type { BoardDelta } from '../contract/index.ts';
import type { Faults } from '../faults.ts';
import type { Rooms } from '../rooms.ts';
import type { Exchanges } from '../telephony/exchanges.ts';
import { BoardPresenter } from './boardPresenter.ts';

/** The board over the rooms of the product. */
export function createBoard(
  setup: {
    readonly rooms: Rooms;
    readonly exchanges: Exchanges;
    readonly clock: Clock;
    readonly faults: Faults;
    readonly transferLimit: number;
    hasWatchers(): boolean;
  },
  send: (delta: BoardDelta) => void,
): BoardPresenter {
  const { rooms, exchanges, clock, faults, transferLimit } = setup;
  const { operators, watch, listening, queueBoard, alerts, settings, today } = rooms;
  return new BoardPresenter(
    {
      ledger: rooms.ledger,
      clock,
      faults,
      calls: rooms.calls,
      operators,
      callbacks: rooms.callbacks,
      inquiries: rooms.inquiries,
      scripts: rooms.world,
      queues: queueBoard,
      isToday: (call) => today.has(call),
      occupancyOf: (ids) => rooms.reports.workTimes.occupancyToday(ids),
      transferLimit,
      now: () => clock.now(),
      thresholdsOf: (queue) => settings.of(queue),
      pauseLimitsOf: rooms.pauseLimitsOf,
      helpOf: (id) => watch.helpOf(id),
      listeningTo: (id) => listening.to(id),
      queuesOf: (id) => queueBoard.queuesOf(operators.deviceOf(id)),
      todayOf: (id) => today.sums(id),
      links: () => exchanges.links(),
      settings: () => settings.value,
      listeningRules: () => rooms.listeningRules.rules,
      alerts: () => alerts.all(),
      alert: (key) => alerts.get(key),
      operatorTrouble: (id) => watch.troubleOf(id),
      allOperators: () =>
        rooms.users
          .all()
          .filter((person) => person.roles.includes('operator'))
          .map((person) => person.id),
      hasWatchers: () => setup.hasWatchers(),
    },
    send,
  );
}
