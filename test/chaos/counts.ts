import { io } from 'socket.io-client';
import { PROTOCOL_VERSION, type BoardView, type QueueRow } from '../../server/contract/index.ts';
import type { CallReply } from '../../server/web/presenters/call.ts';
import type { ProductProcess } from '../support/productProcess.ts';

type Counts = Pick<QueueRow, 'offered' | 'answered' | 'abandoned'>;
const NONE: Counts = { offered: 0, answered: 0, abandoned: 0 };

/** What the supervisors' board says of each queue today. */
export async function boardOf({ url }: ProductProcess, cookie: string): Promise<readonly QueueRow[]> {
  const socket = io(url, {
    ...{ transports: ['websocket'], extraHeaders: { cookie }, auth: { protocol: PROTOCOL_VERSION }, forceNew: true },
  });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('board', ({ queues }: BoardView) => resolve(queues));
      socket.on('connect_error', reject);
      socket.on('connect', () => void socket.emit('subscribe', 'board', () => undefined));
    });
  } finally {
    socket.disconnect();
  }
}

/** The board's figures, kept by adding over all starts, against the calls on record: each call is counted once. */
export function compareCounts(queues: readonly QueueRow[], records: readonly CallReply[]): string[] {
  const recorded = new Map<string, Counts>();
  for (const { queue, answeredAt } of records) {
    if (queue === null) continue;
    const { offered, answered, abandoned } = recorded.get(queue) ?? NONE;
    const isAnswered = answeredAt !== null;
    recorded.set(queue, {
      offered: offered + 1,
      answered: answered + Number(isAnswered),
      abandoned: abandoned + Number(!isAnswered),
    });
  }
  return queues.flatMap(({ key, offered, answered, abandoned }) => {
    const wanted = JSON.stringify(recorded.get(key) ?? NONE);
    const told = JSON.stringify({ offered, answered, abandoned });
    return wanted === told ? [] : [`queue ${key}: on record ${wanted}, on the board ${told}`];
  });
}
