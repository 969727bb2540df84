import type { Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { Core } from './core.ts';
import type { Channel } from './model.ts';
import type { Talking } from './talking.ts';

/** Places of the dialplan where something is played or awaited; the party may hang up meanwhile. */
export class Pauses {
  readonly #core: Core;
  readonly #talking: Talking;

  constructor(core: Core, talking: Talking) {
    this.#core = core;
    this.#talking = talking;
  }

  pause(channel: Channel, forMs: Milliseconds, then: () => void): void {
    if (forMs === 0) {
      then();
      return;
    }
    const cancel = this.#core.after(forMs, () => {
      channel.program = undefined;
      then();
    });
    channel.program = {
      partyLeft: () => {
        cancel();
        channel.program = undefined;
        channel.endedBy ??= channel.isClient ? 'client' : 'operator';
        this.#core.board.requestHangup(channel, 16);
        this.#talking.finish(channel);
      },
    };
  }
}
