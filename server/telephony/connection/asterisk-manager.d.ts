/** What `libraryTransport.ts` uses of asterisk-manager 0.2.0, which ships no types. Nothing else may import it. */
declare module 'asterisk-manager' {
  import type { NetConnectOpts } from 'node:net';

  /** Prototype and shape of the values depend on what the peer wrote: copy, never pass on. */
  type Packet = Record<string, unknown>;
  type ActionCallback = (error: Packet | undefined, answer: Packet) => void;

  interface Manager {
    on(event: string, listener: (argument?: unknown) => void): void;
    removeAllListeners(event: string): void;
    listeners(event: string): readonly unknown[];
    emit(event: string, ...values: readonly unknown[]): boolean;
    /** The first argument goes to `net.createConnection` as it is. */
    connect(target: NetConnectOpts & { signal: AbortSignal }, host: undefined, callback: () => void): void;
    login(callback?: (error?: unknown) => void): void;
    /** A property like any other; `login` calls it. */
    action: (action: Record<string, unknown>, callback?: ActionCallback) => string;
    isConnected(): boolean | undefined;
    readonly options: Record<string, unknown>;
  }

  /** A factory: returns a plain object, `this` is of no use. */
  const Manager: new (port?: undefined) => Manager;
  export default Manager;
}
