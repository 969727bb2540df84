import { io, type Socket } from 'socket.io-client';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { PROTOCOL_VERSION, type CommandResult, type Topic } from '../../../../server/contract/protocol.ts';
import { BASE } from '../base.ts';
import { createStore, type Store } from '../store.ts';
import { newId } from './newId.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createTopics } from './topics.ts';

/** How this page and the server are joined. `since`: when it became so, by this computer's clock. */
export interface LinkState {
  readonly status: 'connecting' | 'online' | 'offline';
  readonly since: Instant;
}

export interface Connection {
  readonly link: Store<LinkState>;
  /** Commands without an answer yet. */
  readonly unanswered: Store<number>;
  /** Last whole view of each topic; undefined until the server has pushed it. */
  readonly view: <T>(topic: Topic) => Store<T | undefined>;
  /** Asks for a topic until the returned function is called. */
  readonly watch: (topic: Topic) => () => void;
  /** Other pushes, such as changes of a board. */
  readonly on: <T>(event: string, handler: (payload: T) => void) => () => void;
  /** Never rejects: a refusal is a value. */
  readonly send: (name: string, input: unknown) => Promise<CommandResult>;
  readonly close: () => void;
}

const RELOADED = 'protocol.reloaded';
const AGAIN_MS = 1_000;

/**
 * Opens the one connection of this page. `signedOut` is called when the server does not know the session any more.
 */
export function connect(signedOut: () => void): Connection {
  const socket: Socket = io({
    auth: { protocol: PROTOCOL_VERSION },
    path: `${BASE}/socket.io`,
    // What is carried on to a rehearsal are plain requests.
    transports: BASE === '' ? ['websocket', 'polling'] : ['polling'],
  });
  const link = createStore<LinkState>({ status: 'connecting', since: Date.now() });
  const unanswered = createStore(0);
  const outbox = openOutbox(socket, () => unanswered.set(outbox.pending()));
  const topics = createTopics(socket);
  const again = (): void => void setTimeout(() => socket.connect(), AGAIN_MS);

  socket.on('connect', () => {
    sessionStorage.removeItem(RELOADED);
    link.set({ status: 'online', since: Date.now() });
    topics.askAgain();
    outbox.flush();
  });
  socket.on('disconnect', (reason) => {
    link.set({ status: 'offline', since: Date.now() });
    // A server that goes down says goodbye, after which socket.io would not come back by itself.
    if (reason === 'io server disconnect') again();
  });
  socket.on('connect_error', (error) => {
    if (link.get().status === 'online') link.set({ status: 'offline', since: Date.now() });
    if (error.message === 'protocol.version') reloadOnce();
    else if (/^session\.|^auth\.|unauthori[sz]ed/i.test(error.message)) signedOut();
    // A refusal by the server ends socket.io's own retries too; a network fault does not.
    else if (!socket.active) again();
  });
  return {
    ...{ link, unanswered, view: topics.view, watch: topics.watch, send: outbox.send },
    on(event, handler) {
      socket.on(event, handler);
      return () => socket.off(event, handler);
    },
    close: () => socket.disconnect(),
  };
}

/** Commands on this socket; those that may wait are kept in the tab's storage. */
const openOutbox = (socket: Socket, changed: () => void): Outbox =>
  createOutbox(
    {
      get connected() {
        return socket.connected;
      },
      emit: ({ id, name, input }, timeoutMs) =>
        socket.timeout(timeoutMs).emitWithAck('command', { id, name, input }) as Promise<CommandResult>,
    },
    {
      load: () => sessionStorage.getItem(`${BASE}outbox`),
      save: (text) => sessionStorage.setItem(`${BASE}outbox`, text),
    },
    () => Date.now(),
    newId,
    changed,
  );

/** The server speaks a newer protocol: its page is newer too. Once only, or a broken release would spin. */
function reloadOnce(): void {
  if (sessionStorage.getItem(RELOADED) !== null) return;
  sessionStorage.setItem(RELOADED, '1');
  location.reload();
}
