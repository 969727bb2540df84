import type { Clock, Instant, Milliseconds } from '../../../machines/vocabulary/index.ts';
import type { Devices } from './devices.ts';
import type { Emit } from './events.ts';
import type { Happening } from './happenings.ts';
import type { Channel } from './model.ts';
import type { Site } from './site.ts';
import type { Switchboard } from './switchboard.ts';

/** What all parts of the demo exchange share. */
export interface Core {
  readonly site: Site;
  readonly clock: Clock;
  readonly board: Switchboard;
  readonly devices: Devices;
  readonly emit: Emit;
  /** Global variables of the dialplan (`Setvar` without a channel), such as `EVENT_TOKEN`. */
  readonly globals: Map<string, string>;
  /** Timers that a restart of the exchange forgets. */
  readonly after: (delayMs: Milliseconds, run: () => void) => () => void;
  /** Tells what truly happened in the conversation to which this channel belongs. */
  readonly happened: (channel: Channel, happening: Happening) => void;
}

/** Whole seconds between two instants as Asterisk counts them: by the seconds of the clock, not by what elapsed. */
export const secondsBetween = (from: Instant, to: Instant): number => Math.floor(to / 1000) - Math.floor(from / 1000);

/** The client was handed to this telephone. Where that had put the asking one on hold, now it is the client who waits. */
export function handedTo({ happened }: Core, client: Channel, target: Channel): void {
  happened(client, { type: 'answered', device: target.device });
  if (target.holding) happened(client, { type: 'held', device: target.device });
}
