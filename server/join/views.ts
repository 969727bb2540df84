import type { Server } from 'socket.io';
import type { Joined } from '../appSetup.ts';
import { PanelPresenter } from '../calls/panelPresenter.ts';
import { Reminders } from '../callbacks/reminders.ts';
import type { Topic } from '../contract/index.ts';
import { createBoard } from '../supervision/board.ts';
import { Mirrors } from '../supervision/mirrors.ts';
import { wallboardDelta, wallboardView } from '../supervision/wallboard.ts';
import { TOPICS } from '../topics.ts';
import type { Rehearsals } from './rehearsals.ts';
import type { TopicSource } from '../web/sockets.ts';

/** Everything that is pushed. `io` is asked for with each push: sockets come after the views they show. */
export function joinViews({ setup, rooms, exchanges }: Joined, io: () => Server, rehearsals: Rehearsals | undefined) {
  const { config, clock, faults, demo } = setup;
  const { ledger, calls, callbacks, operators, presence, inquiries, notices, world } = rooms;
  const presenter = new PanelPresenter(
    {
      ledger,
      calls,
      clock,
      faults,
      inquiries,
      scripts: world,
      operator: (id) => operators.view(id),
      colleague: (number) => setup.site.directory.byExtension(number)?.fullName,
      queueTitle: (queue) => setup.queueTitles?.[queue] ?? queue,
      links: () => exchanges.links(),
      callbacks: (id) => callbacks.views(id),
      callback: (id) => {
        const state = callbacks.callbackOf(id) && callbacks.get(id);
        return state && callbacks.view(state);
      },
      today: (id) => rooms.today.of(id),
      notices: (id) => notices.of(id),
      listening: (id) => rooms.listening.told(id),
      present: () => presence.all(),
      isPresent: (id) => presence.has(id),
    },
    (operatorId, view) => io().to(`panel:${operatorId}`).emit('panel', view),
  );
  const watchers = (room: string): number =>
    (io().sockets.adapter.rooms.get(room)?.size ?? 0) + (setup.cluster?.watching(room) ?? 0);
  const board = createBoard(
    {
      rooms,
      exchanges,
      clock,
      faults,
      transferLimit: config.transferLimit,
      hasWatchers: () => watchers('board') > 0 || watchers('wallboard') > 0,
    },
    (delta) => {
      io().to('board').emit('boardDelta', delta);
      if (watchers('wallboard') > 0) io().to('wallboard').emit('wallboardDelta', wallboardDelta(delta));
    },
  );
  const mirrors = new Mirrors(presenter, (supervisorId, mirror) =>
    io().to(`mirror:${supervisorId}`).emit('mirror', mirror),
  );
  const reminders = new Reminders(
    {
      now: () => clock.now(),
      nearest: (limit) => callbacks.nearest(limit),
      person: (id) => rooms.users.get(id),
      present: () => presence.all(),
      isAtWork: (id) => operators.isAtWork(id),
      reviewsOf: (id) => notices.of(id).filter(({ code }) => code.startsWith('review.')),
      nameOf: (id) => rooms.names.person(id)?.name ?? '',
    },
    (personId, view) => io().to(`reminders:${personId}`).emit('reminders', view),
  );
  for (const publisher of [presenter, board, mirrors, reminders]) ledger.addPublisher(publisher);
  const topics: Readonly<Partial<Record<Topic, TopicSource>>> = {
    panel: { ...TOPICS.panel, snapshot: (person) => presenter.view(person.id) },
    reminders: { ...TOPICS.reminders, snapshot: (person) => reminders.snapshot(person) },
    board: { ...TOPICS.board, snapshot: () => board.view() },
    mirror: { ...TOPICS.mirror, snapshot: (person) => mirrors.of(person.id) },
    wallboard: { ...TOPICS.wallboard, snapshot: () => wallboardView(board.view()) },
    studio: { ...TOPICS.studio, snapshot: () => rooms.studio.pushes.view() },
    ...(rehearsals
      ? { rehearsal: { ...TOPICS.rehearsal, snapshot: (person) => rehearsals.hall.view(person.id) } }
      : {}),
    ...(demo ? { demo: { ...TOPICS.demo, snapshot: () => demo.view() } } : {}),
  };
  return { presenter, mirrors, topics };
}
