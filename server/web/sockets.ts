import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { z } from 'zod';
import type { Clock, Milliseconds, Role } from '../../machines/vocabulary/index.ts';
import type { Commands } from '../commands.ts';
import { PROTOCOL_VERSION, type CommandResult, type Topic } from '../contract/index.ts';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import type { Person } from '../people/users.ts';
import { OWN_TOPICS } from '../topics.ts';
import type { Callers, Headers } from './callers.ts';

/** A live view that a page can watch. */
export interface TopicSource {
  readonly roles: readonly Role[];
  /** The socket.io room of this watcher. */
  room(person: Person): string;
  /** The whole view at this moment, pushed at every (re)subscription under the topic's name. */
  snapshot(person: Person): unknown;
}
/** Where the views are made by another instance, which pushes the snapshot itself, in order with what follows. */
export interface RemoteTopic extends Omit<TopicSource, 'snapshot'> {
  ask(person: Person, socketId: string): Promise<void>;
}

const commandSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(60),
  input: z.unknown(),
});
type Ack = (result: CommandResult) => void;

interface SocketData {
  person: Person;
  subscribed: boolean;
  /** What this page watches. */
  topics?: Set<Topic>;
}
export type LiveServer = Server<
  Record<string, never>,
  Record<string, (payload: unknown) => void>,
  Record<string, never>,
  SocketData
>;

export interface SocketSetup {
  readonly commands: Pick<Commands, 'run'>;
  readonly topics: Readonly<Partial<Record<Topic, TopicSource | RemoteTopic>>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly callers: Callers;
  /** A screen of this person appeared, or the last one went. */
  readonly onPresence: (person: Person, present: boolean) => void;
  /** Joins the sockets of several instances. */
  readonly adapter?: ServerOptions['adapter'];
}

/** socket.io: signs in by the cookie, checks every message by its schema, answers every command. */
export function createSockets(http: HttpServer, setup: SocketSetup): LiveServer {
  const io: LiveServer = new Server(http, {
    serveClient: false,
    // Frames of a live view are small; a larger one from a browser is not ours.
    maxHttpBufferSize: 256 * 1024,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    perMessageDeflate: false,
    ...(setup.adapter === undefined ? {} : { adapter: setup.adapter }),
  });
  io.use((socket, next) => {
    admit(socket, setup).then(() => next(), next);
  });
  io.on('connection', (socket) => {
    serve(io, socket, setup);
    lookAgain(socket, setup);
  });
  return io;
}

async function admit(socket: { handshake: Socket['handshake']; data: SocketData }, setup: SocketSetup): Promise<void> {
  const { auth } = socket.handshake;
  const caller = await setup.callers.of(headersOf(socket));
  if (!caller) throw new Error('session.required');
  if (auth.protocol !== PROTOCOL_VERSION) throw new Error('protocol.version');
  socket.data.person = caller.person;
}

const headersOf = ({ handshake: { auth, headers } }: Pick<Socket, 'handshake'>): Headers =>
  typeof auth.token === 'string' ? { authorization: `Bearer ${auth.token}` } : headers;

/** A page stays open for days: whether it may is asked again, and whoever may not comes back as who they are now. */
const LOOK_AGAIN_MS: Milliseconds = 15_000;
function lookAgain(socket: AnySocket, { callers, clock }: SocketSetup): void {
  let cancel = (): void => undefined;
  const later = (): void => {
    cancel = clock.setTimer(clock.now() + LOOK_AGAIN_MS, () => void look());
  };
  const look = async (): Promise<void> => {
    // While the storage is away nothing is known against anybody.
    const may = await callers.mayStay(headersOf(socket), socket.data.person).catch(() => true);
    if (!socket.connected) return;
    if (may) later();
    else socket.disconnect();
  };
  socket.on('disconnect', () => cancel());
  later();
}

type AnySocket = Socket<
  { command: (message: unknown, ack: unknown) => void; subscribe: (topic: unknown, ack: unknown) => void },
  Record<string, (payload: unknown) => void>,
  Record<string, never>,
  SocketData
>;

function serve(io: LiveServer, socket: AnySocket, setup: SocketSetup): void {
  const { person } = socket.data;
  const answer = (ack: unknown, result: CommandResult): void => {
    if (typeof ack === 'function') (ack as Ack)(result);
  };
  socket.on('subscribe', (topic, ack) => {
    const source = typeof topic === 'string' ? setup.topics[topic as Topic] : undefined;
    if (!source || !source.roles.some((role) => person.roles.includes(role))) {
      answer(ack, { ok: false, error: { code: source ? 'command.forbidden' : 'topic.unknown' } });
      return;
    }
    void socket.join(source.room(person));
    if (OWN_TOPICS.includes(topic as Topic) && !socket.data.subscribed) {
      socket.data.subscribed = true;
      setup.onPresence(person, true);
    }
    (socket.data.topics ??= new Set()).add(topic as Topic);
    if ('snapshot' in source)
      setup.faults.contain('view', { topic: topic as string }, () =>
        socket.emit(topic as string, source.snapshot(person)),
      );
    else
      source.ask(person, socket.id).catch((fault: unknown) => {
        setup.log.warn({ err: fault, topic }, 'a view could not be asked for; it comes with the next core');
      });
    answer(ack, { ok: true });
  });
  socket.on('command', (message, ack) => {
    const parsed = commandSchema.safeParse(message);
    if (!parsed.success) {
      answer(ack, { ok: false, error: { code: 'command.badInput' } });
      return;
    }
    const { id, name, input } = parsed.data;
    setup.commands
      .run(name, input, { person, at: setup.clock.now(), commandId: id })
      .then((result) => answer(ack, result))
      .catch((fault: unknown) => setup.log.error({ err: fault, name }, 'a command could not be answered'));
  });
  socket.on('disconnect', () => {
    const isStillHere = OWN_TOPICS.some((topic) => {
      const room = setup.topics[topic]?.room(person);
      return room !== undefined && (io.sockets.adapter.rooms.get(room)?.size ?? 0) > 0;
    });
    if (socket.data.subscribed && !isStillHere) setup.onPresence(person, false);
  });
}
