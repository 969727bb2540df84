import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { CheckedAction } from './action.ts';
import { readInto } from './reading.ts';
import type { OpenTransport, Transport, TransportTarget } from './transport.ts';
import { formatPacket } from './wire.ts';

/** AMI over TLS (`tlsenable` in manager.conf). The certificate is always checked. */
export interface AmiTls {
  /** Certificates to trust, PEM: the exchange's own when it is self-signed. Default: those of Node. */
  readonly ca?: string;
  /** The name in the certificate, where it is not the host's. */
  readonly servername?: string;
}

/**
 * The own inside: a plain or TLS socket with the own decoder. Linear on packets of any size, and bounded: a peer that
 * sends lines or packets beyond measure is cut off.
 */
export const openNetTransport =
  (tls?: AmiTls): OpenTransport =>
  (target, handlers): Transport => {
    const socket = openSocket(target, tls);
    let reason = 'the exchange closed the connection';
    let closed = false;
    const input = readInto(handlers, (why) => {
      reason = why;
      socket.destroy();
    });

    socket.setNoDelay(true);
    socket.setKeepAlive(true);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => handlers.onConnect());
    socket.on('data', (chunk) => input.read(chunk));
    socket.on('error', (error) => (reason = error.message));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      if (closed) return;
      closed = true;
      handlers.onClose(reason);
    });

    const send = (action: CheckedAction): void => {
      if (socket.writable) socket.write(formatPacket({ Action: action.name, ActionID: action.id, ...action.fields }));
    };

    return {
      get greeting() {
        return input.greeting;
      },
      challenge: send,
      login: send,
      send,
      destroy: () => socket.destroy(),
    };
  };

const openSocket = (target: TransportTarget, tls: AmiTls | undefined): Socket => {
  const { host, port } = target;
  return tls === undefined ? connectTcp({ host, port }) : connectTls({ host, port, ...tls });
};
