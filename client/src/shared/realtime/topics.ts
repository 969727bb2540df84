import type { Instant } from '../../../../machines/vocabulary/index.ts';
import { panelAfter, type PanelPush, type PanelView } from '../../../../server/contract/panel.ts';
import type { Topic } from '../../../../server/contract/protocol.ts';
import { createStore, type Store } from '../store.ts';
import { serverClock } from '../time/serverClock.ts';
import type { Connection } from './connection.ts';

/** What the topics need of a socket. */
export interface Told {
  readonly connected: boolean;
  on(topic: Topic, handler: (view: Timed | null) => void): unknown;
  emit(event: 'subscribe', topic: Topic, done: () => void): unknown;
}
/** Null: nothing is there to be seen, such as the panel of somebody who has gone. */
interface Timed {
  readonly serverNow?: Instant;
}
interface Topics extends Pick<Connection, 'view' | 'watch'> {
  /** After a new connection: the server forgot what this page watches. */
  readonly askAgain: () => void;
}

/** Whole views by topic, and who on this page watches them. */
export function createTopics(socket: Told): Topics {
  const views = new Map<Topic, Store<unknown>>();
  const watched = new Map<Topic, number>();
  const subscribe = (topic: Topic): void => void socket.emit('subscribe', topic, () => undefined);
  const store = (topic: Topic): Store<unknown> => {
    const known = views.get(topic);
    if (known) return known;
    const made = createStore<unknown>(undefined);
    views.set(topic, made);
    socket.on(topic, (view) => {
      if (view?.serverNow !== undefined) serverClock.learn(view.serverNow);
      made.set(topic === 'panel' ? panelAfter(made.get() as PanelView | undefined, view as PanelPush) : view);
    });
    return made;
  };
  return {
    view: <T>(topic: Topic) => store(topic) as Store<T | undefined>,
    askAgain: () => {
      for (const topic of watched.keys()) subscribe(topic);
    },
    watch(topic) {
      store(topic);
      const count = watched.get(topic) ?? 0;
      watched.set(topic, count + 1);
      if (count === 0 && socket.connected) subscribe(topic);
      return () => {
        const left = (watched.get(topic) ?? 1) - 1;
        if (left > 0) watched.set(topic, left);
        else watched.delete(topic);
      };
    },
  };
}
