import { parentPort } from 'node:worker_threads';
import type { CheckAnswer, CheckRequest } from './checkThread.ts';
import { findingsOf, type Beside } from './findings.ts';

/** The checker's own thread: a large script takes seconds, and live calls wait for nobody. */
let beside: Beside = { scripts: [], contactPoints: {} };

parentPort?.on('message', (request: CheckRequest) => {
  if (request.beside) beside = request.beside;
  const answer: CheckAnswer = answerTo(request);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(answer);
});

function answerTo({ id, segments }: CheckRequest): CheckAnswer {
  try {
    return { id, findings: findingsOf(segments, beside) };
  } catch (fault) {
    return { id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}
