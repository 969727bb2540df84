import { createContext, useContext, useEffect } from 'react';
import type { Topic } from '../../../../server/contract/protocol.ts';
import { useStore } from '../store.ts';
import type { Connection } from './connection.ts';

export const ConnectionContext = createContext<Connection | undefined>(undefined);

/** The page's connection. Only below a signed-in shell. */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('no connection above this component');
  return connection;
}

/** Watches a topic while the component is on screen; undefined until the first push. */
export function useTopic<T>(topic: Topic): T | undefined {
  const connection = useConnection();
  useEffect(() => connection.watch(topic), [connection, topic]);
  return useStore(connection.view<T>(topic));
}
