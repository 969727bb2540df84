import type { Instant } from '../../machines/vocabulary/index.ts';
import type { PanelView } from '../contract/index.ts';

export interface Frame {
  readonly at: Instant;
  readonly view: PanelView;
}
/** An hour of a lively rehearsal; what comes after is not kept. */
const MOST_FRAMES = 400;

/** Keeps the panel at each moment at which something on it changed that a person would see. */
export class Recorder {
  readonly frames: Frame[] = [];
  #last = '';

  take(view: PanelView): void {
    const seen = JSON.stringify([
      view.operator.state,
      view.calls.map(({ phase, script, hold }) => [phase, script?.step.stepId, script?.step.fields, hold?.state]),
      view.callbacks.map(({ promiseId, state }) => [promiseId, state]),
      view.notices.map(({ id }) => id),
    ]);
    if (seen === this.#last || this.frames.length >= MOST_FRAMES) return;
    this.#last = seen;
    this.frames.push({ at: view.serverNow, view });
  }
}
