import { Worker } from 'node:worker_threads';
import { storageFault } from '../faults.ts';
import { errorOf } from './errors.ts';
import { CLOSE, type Answer, type FromThread, type Op, type Request, type ThreadOptions } from './protocol.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** From sources (under a test runner) the compiled worker is used: Node 20 cannot run TypeScript in a thread. */
function workerUrl(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts')
    ? new URL('../../../build/server/storage/embedded/worker.js', here)
    : new URL('./worker.js', here);
}

/**
 * The main thread's side of one SQLite thread. Requests of one turn of the event loop go over together. A thread that
 * dies rejects what it had and is started anew by the next request.
 */
export class Thread {
  readonly #options: ThreadOptions;
  #worker: Promise<Worker> | undefined;
  #queue: Request[] = [];
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();
  #closed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Resolves when the database is open. @throws what prevented it. */
  async start(): Promise<void> {
    await this.#running();
  }

  async ask<Value>(op: Op): Promise<Value> {
    if (this.#closed) throw storageFault('storage.unavailable', 'the storage is closed');
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#queue.push({ id, op });
    if (this.#queue.length === 1) queueMicrotask(() => void this.#sendQueue());
    return (await answer) as Value;
  }

  async #sendQueue(): Promise<void> {
    let worker: Worker;
    try {
      worker = await this.#running();
    } catch (error) {
      this.#rejectAll(error as Error);
      return;
    }
    const requests = this.#queue;
    this.#queue = [];
    if (requests.length > 0) worker.postMessage(requests);
  }

  #running(): Promise<Worker> {
    this.#worker ??= this.#spawn().catch((error: unknown) => {
      this.#worker = undefined;
      throw error;
    });
    return this.#worker;
  }

  #spawn(): Promise<Worker> {
    const worker = new Worker(workerUrl(), { workerData: this.#options, name: `storage ${this.#options.role}` });
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if (!('opened' in message)) this.#settle(message);
        else if (message.fault === undefined) resolve(worker);
        else {
          over = true;
          reject(errorOf(message.fault));
        }
      });
      // Told twice, as error and as exit: by then another thread may be at work.
      let over = false;
      const died = (cause: unknown) => {
        if (over) return;
        over = true;
        const error = storageFault('storage.unavailable', 'the storage thread ended', { cause });
        reject(error);
        this.#worker = undefined;
        this.#rejectAll(error);
      };
      worker.on('error', died);
      worker.on('exit', () => died(undefined));
    });
  }

  #settle(answers: readonly Answer[]): void {
    for (const { id, value, fault } of answers) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (fault === undefined) waiting?.resolve(value);
      else waiting?.reject(errorOf(fault));
    }
  }
  #rejectAll(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#queue = [];
    for (const each of waiting) each.reject(error);
  }

  /** Finishes what was asked, then ends the thread. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#worker === undefined) return;
    let worker: Worker;
    try {
      worker = await this.#worker;
    } catch {
      return; // It never opened: whoever asked was told.
    }
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage(CLOSE);
    await exited;
  }
}
