import type { Script } from '../../machines/script/index.ts';
import type { Milliseconds } from '../../machines/vocabulary/index.ts';
import type { CommandResult, DemoView, PanelView } from '../contract/index.ts';
import type { Person } from '../people/users.ts';
import type { SeedDocument } from '../studio/documents/seed.ts';
import type { RehearsalClock } from './rehearsalClock.ts';

/** A small product of its own with a demonstration exchange, for one person. */
export interface Sandbox {
  /** Its web server listens here, on loopback. */
  readonly port: number;
  /** Bearer token of the trainee as its operator. */
  readonly token: string;
  /** The telephone at which the trainee sits. */
  readonly device: string;
  readonly clock: RehearsalClock;
  /** A key of the demonstration's telephones. */
  key(name: string, input: object): Promise<CommandResult>;
  demo(): DemoView;
  panel(): PanelView;
  /** Screens are told the time again, though nothing else changed. */
  tellTime(): void;
  /** `changed` is called when the panel or the demonstration has changed. */
  watch(changed: () => void): void;
  close(): Promise<void>;
}
export interface SandboxWish {
  readonly rehearsalId: string;
  readonly person: Person;
  readonly scripts: readonly Script[];
  /** Knowledge, contact points, lists and calendar as they are in use. */
  readonly documents: readonly SeedDocument[];
  /** Its time begins so much ahead of ours. */
  readonly aheadMs: Milliseconds;
}
export type OpenSandbox = (wish: SandboxWish) => Promise<Sandbox>;
