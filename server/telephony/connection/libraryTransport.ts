import Manager from 'asterisk-manager';
import type { CheckedAction } from './action.ts';
import { readInto } from './reading.ts';
import type { OpenTransport, Transport } from './transport.ts';
import { headerOf, type WirePacket } from './wire.ts';

/** What one read takes at most, as Node reads by itself. */
const BUFFER_BYTES = 64 * 1024;

/**
 * The library asterisk-manager 0.2.0 connects, logs in and writes; what comes is read by the own decoder, because the
 * library's was most of the cost of an event. Its state outlives a connection, so each connection has a Manager of its
 * own; `keepConnected`, the queue of held actions and its own ActionIDs are not used. Leans on its internals, which is
 * safe only because the version is pinned:
 * - `connect` hands its first argument to `net.createConnection`, which takes an abort signal and, with `onread`, gives
 *   what came to us instead of to the library's own reader. So the library emits nothing but the socket's own events,
 *   and no name of an event from outside can be taken for one of them;
 * - `login` calls the property `action`, so its packet can be replaced: the library would send `Event:` where Asterisk
 *   reads `Events:`, and keep the secret on `options`.
 */
export const openLibraryTransport: OpenTransport = (target, handlers): Transport => {
  const manager = new Manager();
  const controller = new AbortController();
  let loginId = '';
  let reason = 'the exchange closed the connection';
  let closed = false;
  const input = readInto(
    {
      ...handlers,
      onPacket(packet) {
        if (closed) return;
        if (loginId !== '' && headerOf(packet, 'ActionID') === loginId) settleLogin(packet);
        handlers.onPacket(packet);
      },
    },
    (why) => {
      reason = why;
      controller.abort();
    },
  );

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
  const onread = {
    buffer: Buffer.allocUnsafe(BUFFER_BYTES),
    callback(length: number, buffer: Uint8Array): boolean {
      input.read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
      return true;
    },
  };
  manager.connect({ host: target.host, port: target.port, signal: controller.signal, onread }, undefined, () => {
    handlers.onConnect();
  });

  /** Tells the library that it is logged in; otherwise it holds every action back. */
  const settleLogin = (packet: WirePacket): void => {
    const refused = headerOf(packet, 'Response')?.toLowerCase() === 'error';
    manager.emit(loginId, refused ? packet : undefined, packet);
    manager.removeAllListeners(loginId);
    loginId = '';
  };

  const write = (action: CheckedAction, fields: Record<string, unknown>): void => {
    if (manager.isConnected() !== true) return;
    manager.action(fields);
    manager.removeAllListeners(action.id);
  };

  return {
    get greeting() {
      return input.greeting;
    },
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
