import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import {
  panelAfter,
  PROTOCOL_VERSION,
  type CommandResult,
  type PanelPush,
  type PanelView,
} from '../../server/contract/index.ts';

const run = promisify(execFile);
const PASSWORD = 'test-password';

/** Nobody is there, or it is starting, or its storage is away: whoever asked asks again. */
export const isAway = (fault: unknown): boolean =>
  fault instanceof TypeError || (fault instanceof Error && fault.message.includes(': 503 '));

/** The product as its own process, as people run it: so that it can be killed. Runs what `npm run build` made. */
export class ProductProcess {
  readonly #environment: NodeJS.ProcessEnv;
  readonly folder: string;
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(folder: string, environment: Record<string, string>) {
    this.folder = folder;
    this.#environment = {
      ...process.env,
      // Where the suite finds its peers is not where a product belongs that did not ask for one.
      ...{ MONGODB_URI: '', REDIS_URL: '', AMI_HOST: '' },
      ...{ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' },
      ...environment,
    };
  }
  static async create(environment: Record<string, string>): Promise<ProductProcess> {
    return new ProductProcess(await mkdtemp(join(tmpdir(), 'product-')), environment);
  }
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** `npm run admin -- users add …`, while the product is stopped. */
  async addUser(login: string, name: string, role: string, device?: string): Promise<void> {
    const [surname = '', firstName = '', patronymic = ''] = name.split(' ');
    const named = ['--surname', surname, '--first-name', firstName, '--patronymic', patronymic];
    const rest = ['--role', role, '--unit', 'Горячая линия', ...(device ? ['--device', device] : [])];
    await this.admin('users', 'add', login, ...named, ...rest);
  }
  /** `npm run admin -- …`. Rejects with what it said when it failed. */
  async admin(...words: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
    return run(process.execPath, ['build/server/admin/main.js', ...words], { env: { ...this.#environment, PASSWORD } });
  }

  /** Resolves when the product says that it is ready; how long that took. */
  async start(): Promise<number> {
    const begun = performance.now();
    const child = spawn(process.execPath, ['-e', "import('./build/server/process.js').then((m) => m.main())"], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      const ready = /^Ready: http:\/\/[^:]+:(\d+)/.exec(line);
      if (ready) {
        this.#port = Number(ready[1]);
        child.stdout.resume();
        return performance.now() - begun;
      }
    }
    throw new Error('the product ended before it was ready');
  }
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  /** `SIGSTOP` and `SIGCONT`: a process that is paused and does not know it. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }
  /** Resolves with the exit code when the process has ended by itself. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child && this.isRunning) await once(child, 'exit');
    return child?.exitCode ?? null;
  }
  async remove(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  async signIn(login: string, password = PASSWORD): Promise<string> {
    const response = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (!response.ok) throw new Error(`sign-in of ${login}: ${response.status}`);
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }
  async get<T>(path: string, cookie: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, { headers: { cookie } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  async open(login: string, password = PASSWORD): Promise<PanelClient> {
    return PanelClient.open(this.url, await this.signIn(login, password));
  }
}

/** A panel without a screen. */
export class PanelClient {
  readonly socket: Socket;
  view: PanelView | undefined;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('panel', (push: PanelPush) => {
      this.view = panelAfter(this.view, push);
      for (const look of this.#waiting) look();
    });
  }
  static async open(url: string, cookie: string): Promise<PanelClient> {
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      auth: { protocol: PROTOCOL_VERSION },
      forceNew: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 500,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const client = new PanelClient(socket);
    await socket.emitWithAck('subscribe', 'panel');
    // As the page does: after a reconnection, to the same server or another one, everything is asked for anew.
    socket.on('connect', () => socket.emit('subscribe', 'panel', () => undefined));
    // A refusal ends socket.io's own tries; the page goes on trying, for instance while the storage is away.
    socket.on('connect_error', () => {
      if (!socket.active) setTimeout(() => socket.connect(), 500);
    });
    return client;
  }
  /** Sent again under the same id until it is answered, as the page's outbox does. */
  async command(name: string, input: unknown, id = this.newId(), mostTries = 12): Promise<CommandResult> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const result = await this.socket
        .timeout(5_000)
        .emitWithAck('command', { id, name, input })
        .catch(() => undefined);
      if (result !== undefined) return result as CommandResult;
    }
    throw new Error(`${name} was never answered`);
  }
  newId(): string {
    return randomUUID();
  }
  /** Resolves at the first view that fits, present or pushed. */
  until(fits: (view: PanelView) => boolean): Promise<PanelView> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(look);
        reject(
          new Error(
            `the panel of ${this.view?.operator.name} never showed it; it shows ${JSON.stringify(this.view?.calls.map(({ callId, phase, transfers, hold, inquiry }) => ({ callId, phase, transfers, hold, inquiry })))}`,
          ),
        );
      }, 15_000);
      const look = (): void => {
        if (!this.view || !fits(this.view)) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(this.view);
      };
      this.#waiting.add(look);
      look();
    });
  }
  close(): void {
    this.socket.removeAllListeners('connect_error');
    this.socket.disconnect();
  }
}
