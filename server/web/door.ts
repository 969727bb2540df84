import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerWhileStarting, type AwaitedPart } from './waitingRoom.ts';

/** Where a web server is put that does not listen itself; resolves with the port at which it is reached. */
export type Admit = (inside: Server) => Promise<number>;

/**
 * The port of this process, open from its first moment to its last. Who knocks is answered by whoever is inside by
 * then: first the waiting room, then a front or the core; one takes over from the other without a moment between.
 */
export class Door {
  readonly #server = createServer();
  #inside: Server | undefined;
  #awaited: AwaitedPart | undefined;

  private constructor() {
    this.#server.on('request', (request, response) => {
      if (this.#inside) this.#inside.emit('request', request, response);
      else answerWhileStarting(request, response, this.#awaited);
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (this.#inside) this.#inside.emit('upgrade', request, socket, head);
      // Who is gone before the answer must not end the process.
      else
        socket.on('error', () => socket.destroy()).end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    });
  }
  /** Rejects when the port is taken. */
  static async open({ port, host }: { readonly port: number; readonly host: string }): Promise<Door> {
    const door = new Door();
    await listen(door.#server, port, host);
    return door;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  /** From now on everyone is led to this one. */
  readonly admit: Admit = (inside) => {
    this.#inside = inside;
    return Promise.resolve(this.port);
  };
  /** Nobody is inside, and this is what the start waits for, if anything. */
  wait(awaited?: AwaitedPart): void {
    this.#inside = undefined;
    this.#awaited = awaited;
  }
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** A web server with a port of its own. */
export const listenAt =
  ({ port, host }: { readonly port: number; readonly host: string }): Admit =>
  async (server) => {
    await listen(server, port, host);
    return (server.address() as AddressInfo).port;
  };

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
