import { Worker } from 'node:worker_threads';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { FindingView } from '../contract/index.ts';
import type { Beside } from './findings.ts';
import type { Segments } from './source/segments.ts';

export interface CheckRequest {
  readonly id: number;
  readonly segments: Segments;
  /** Only when it changed since the last request. */
  readonly beside?: Beside;
}
export type CheckAnswer =
  | { readonly id: number; readonly findings: readonly FindingView[] }
  | { readonly id: number; readonly fault: string };

/** From sources (under a test runner) the compiled worker is used: Node 20 cannot run TypeScript in a thread. */
function workerUrl(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts')
    ? new URL('../../build/server/studio/checkWorker.js', here)
    : new URL('./checkWorker.js', here);
}

interface Waiting {
  readonly resolve: (findings: readonly FindingView[]) => void;
  readonly reject: (fault: Error) => void;
}

/** The main thread's side of the checker. Starts at the first check; a thread that dies is started anew by the next. */
export class CheckThread {
  #worker: Worker | undefined;
  #sent: Beside | undefined;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();

  /** `beside` is told to the thread when it is another object than the last. */
  check(segments: Segments, beside: Beside): Promise<readonly FindingView[]> {
    const worker = (this.#worker ??= this.#spawn());
    const id = this.#nextId++;
    const request: CheckRequest = { id, segments, ...(this.#sent === beside ? {} : { beside }) };
    this.#sent = beside;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(request);
    });
  }
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #spawn(): Worker {
    const worker = new Worker(workerUrl(), { name: 'checker' });
    // The process may end while the thread is idle.
    worker.unref();
    this.#sent = undefined;
    worker.on('message', (answer: CheckAnswer) => this.#settle(answer));
    const gone = (fault: unknown): void => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.values())
        reject(new AppError('studio.checker', 'the checker stopped; try again', { cause: fault }));
      this.#waiting.clear();
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    return worker;
  }
  #settle(answer: CheckAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('findings' in answer) waiting?.resolve(answer.findings);
    else waiting?.reject(new AppError('studio.checker', answer.fault, { kind: 'unexpected' }));
  }
}
