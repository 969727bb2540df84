import { execFile } from 'node:child_process';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A storage that can be taken away from the running product. */
export interface StorageFault {
  /** What the product is given instead of the real address. */
  readonly environment: { readonly MONGODB_URI: string; readonly REDIS_URL: string };
  breakIt(pid: number): Promise<void>;
  mend(pid: number): Promise<void>;
  close(): Promise<void>;
}

/** A disk that takes no more: no file of the product may grow over 256 kB while it lasts. */
export const fullDisk = (): StorageFault => ({
  // Whatever the run itself was given.
  environment: { MONGODB_URI: '', REDIS_URL: '' },
  breakIt: (pid) => limit(pid, '262144'),
  // A process that was killed takes its limit along.
  mend: (pid) => (pid === 0 ? Promise.resolve() : limit(pid, 'unlimited')),
  close: () => Promise.resolve(),
});
const limit = async (pid: number, bytes: string): Promise<void> => {
  await run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
};

/** A wire to MongoDB that can be cut. */
export async function cutWire(uri: string): Promise<StorageFault> {
  const real = new URL(uri);
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((from) => {
    if (cut) {
      from.destroy();
      return;
    }
    const to = connect(Number(real.port || 27_017), real.hostname);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const shown = new URL(uri);
  shown.hostname = '127.0.0.1';
  shown.port = String((server.address() as AddressInfo).port);
  const drop = (): void => {
    for (const each of sockets) each.destroy();
  };
  return {
    environment: { MONGODB_URI: shown.href, REDIS_URL: '' },
    breakIt: () => {
      cut = true;
      drop();
      return Promise.resolve();
    },
    mend: () => {
      cut = false;
      return Promise.resolve();
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
