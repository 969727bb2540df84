import type { CommandResult } from '../../../../server/contract/protocol.ts';
import type { Instant } from '../../../../machines/vocabulary/index.ts';

/** A command on its way. The id makes a second sending harmless. */
export interface Sending {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly at: Instant;
}

/**
 * Commands that only make sense now: the client must not be transferred because the network came back. All others
 * (answers, notes, promises) wait for the network and are sent then, even after a reload of the page.
 */
const ONLY_NOW =
  /^(operator\.|hold\.(start|resume|withdraw)|call\.|transfer\.|callback\.call|script\.(open|restart)|supervision\.|demo\.)/;
export const mayWait = (name: string): boolean => !ONLY_NOW.test(name);

/** After this a kept command is old news: the person has long moved on. */
const KEPT_FOR_MS = 15 * 60_000;
const ANSWER_WITHIN_MS = 6_000;

/** What the outbox needs of the socket. */
export interface Wire {
  readonly connected: boolean;
  /** Sends and waits for the acknowledgement; rejects when none came in time. */
  emit(sending: Sending, timeoutMs: number): Promise<CommandResult>;
}
export interface Keeper {
  load(): string | null;
  save(text: string): void;
}

const refusal = (code: string): CommandResult => ({ ok: false, error: { code } });

interface Waiting {
  readonly sending: Sending;
  readonly resolve: (result: CommandResult) => void;
}

export interface Outbox {
  readonly send: (name: string, input: unknown) => Promise<CommandResult>;
  /** The wire is up (again): everything that may wait goes out in its order. */
  readonly flush: () => void;
  /** How many commands have no answer yet. */
  readonly pending: () => number;
}

/** Keeps commands until they are answered. `now` is this computer's clock; `newId` must never repeat. */
export function createOutbox(
  wire: Wire,
  keeper: Keeper,
  now: () => Instant,
  newId: () => string,
  changed: () => void,
): Outbox {
  const waiting = new Map<string, Waiting>();
  for (const sending of parse(keeper.load())) {
    if (now() - sending.at < KEPT_FOR_MS) waiting.set(sending.id, { sending, resolve: () => undefined });
  }

  function keep(): void {
    keeper.save(JSON.stringify([...waiting.values()].map((w) => w.sending).filter((s) => mayWait(s.name))));
    changed();
  }
  function settle(id: string, result: CommandResult): void {
    const entry = waiting.get(id);
    if (!entry) return;
    waiting.delete(id);
    keep();
    entry.resolve(result);
  }
  function go({ sending }: Waiting): void {
    wire.emit(sending, ANSWER_WITHIN_MS).then(
      (result) => settle(sending.id, result),
      () => {
        if (!mayWait(sending.name)) settle(sending.id, refusal('client.noAnswer'));
        else if (wire.connected && waiting.has(sending.id)) go({ sending, resolve: () => undefined });
      },
    );
  }
  return {
    pending: () => waiting.size,
    send(name, input) {
      if (!wire.connected && !mayWait(name)) return Promise.resolve(refusal('client.offline'));
      const sending: Sending = { id: newId(), name, input, at: now() };
      return new Promise((resolve) => {
        const entry = { sending, resolve };
        waiting.set(sending.id, entry);
        keep();
        if (wire.connected) go(entry);
      });
    },
    flush() {
      for (const entry of waiting.values()) go(entry);
    },
  };
}

function parse(text: string | null): readonly Sending[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Sending[]) : [];
  } catch (cause) {
    if (cause instanceof SyntaxError) return [];
    throw cause;
  }
}
