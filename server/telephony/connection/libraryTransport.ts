import Manager from 'asterisk-manager';
import type { CheckedAction } from './action.ts';
import type { OpenTransport, Transport } from './transport.ts';
import type { Header, WirePacket } from './wire.ts';

/**
 * The library asterisk-manager 0.2.0 as a decoder and a socket, and nothing else of it. Its parser state outlives a
 * connection, so each connection has a Manager of its own; `keepConnected`, the queue of held actions and its own
 * ActionIDs are not used. Leans on its internals, which is safe only because the version is pinned:
 * - `connect` hands its first argument to `net.createConnection`, which takes an abort signal;
 * - `login` calls the property `action`, so its packet can be replaced: the library would send `Event:` where Asterisk
 *   reads `Events:`, and keep the secret on `options`;
 * - the library's own listener of `rawevent` re-emits every event under its own name, in the same emitter as `close`,
 *   `error` and `rawevent` itself: an `Event: Close` would end the link, an `Event: Rawevent` spin for ever. It is taken
 *   away; what remains is `rawevent` and the socket's own events.
 */
export const openLibraryTransport: OpenTransport = (target, handlers): Transport => {
  const manager = new Manager();
  const controller = new AbortController();
  let loginId = '';
  let reason = 'the exchange closed the connection';
  let closed = false;

  manager.removeAllListeners('rawevent');
  manager.on('rawevent', (item) => {
    // A throw here would leave the library's parser in the middle of a packet.
    try {
      const packet = flatten(item);
      if (packet.length === 0 || closed) return;
      if (loginId !== '' && idOf(packet) === loginId) settleLogin(item, packet);
      handlers.onPacket(packet);
    } catch (error) {
      handlers.onFault(error);
    }
  });
  manager.on('error', (error) => {
    if (error instanceof Error && error.name !== 'AbortError') reason = error.message;
  });
  manager.on('end', () => {
    controller.abort();
  });
  manager.on('close', () => {
    if (closed) return;
    closed = true;
    handlers.onClose(reason);
  });
  manager.connect({ host: target.host, port: target.port, signal: controller.signal }, undefined, () => {
    handlers.onConnect();
  });

  /** Tells the library that it is logged in; otherwise it holds every action back. */
  const settleLogin = (item: unknown, packet: WirePacket): void => {
    const refused = packet.some(([key, value]) => key === 'response' && value.toLowerCase() === 'error');
    manager.emit(loginId, refused ? item : undefined, item);
    manager.removeAllListeners(loginId);
    loginId = '';
  };

  const write = (action: CheckedAction, fields: Record<string, unknown>): void => {
    if (manager.isConnected() !== true) return;
    manager.action(fields);
    manager.removeAllListeners(action.id);
  };

  return {
    greeting: '',
    challenge(action) {
      write(action, beforeLogin(action));
    },
    login(action) {
      const original = manager.action;
      loginId = action.id;
      manager.action = (_theirs, callback) => {
        manager.action = original;
        return original({ ...action.fields, action: 'login', actionid: action.id }, callback);
      };
      manager.login();
    },
    send(action) {
      write(action, { ...action.fields, action: action.name, actionid: action.id });
    },
    destroy() {
      controller.abort();
    },
  };
};

/** The library holds back whatever is not named `login` at its first look; at the second it writes the true name. */
const beforeLogin = (action: CheckedAction): Record<string, unknown> => {
  let looks = 0;
  return {
    ...action.fields,
    actionid: action.id,
    get action() {
      looks += 1;
      return looks === 1 ? 'login' : action.name;
    },
  };
};

const idOf = (packet: WirePacket): string => packet.find(([key]) => key === 'actionid')?.[1] ?? '';

/** The library's packet as the headers that it was made of; what has no string in it is left out. */
const flatten = (item: unknown): WirePacket => {
  const headers: Header[] = [];
  if (typeof item !== 'object' || item === null) return headers;
  for (const [rawKey, value] of Object.entries(item)) {
    // `Empty:` without the blank arrives as a key with its colon.
    const key = rawKey.endsWith(':') && value === '' ? rawKey.slice(0, -1) : rawKey;
    if (typeof value === 'string') headers.push([key, value]);
    else if (Array.isArray(value)) for (const one of value) pushText(headers, key, one);
    else if (typeof value === 'object' && value !== null) pushVariables(headers, key, value);
  }
  return headers;
};

const pushText = (headers: Header[], key: string, value: unknown): void => {
  if (typeof value === 'string') headers.push([key, value]);
};

/** `Variable: DIALSTATUS` of VarSet and Getvar came as `{DIALSTATUS: ''}`; `toPacket` knows empty variables from names. */
const pushVariables = (headers: Header[], key: string, group: object): void => {
  for (const [name, value] of Object.entries(group)) {
    if (typeof value === 'string') headers.push([key, key === 'variable' && value === '' ? name : `${name}=${value}`]);
  }
};
