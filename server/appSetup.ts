import type { ServerOptions } from 'socket.io';
import type { Clock } from '../machines/vocabulary/index.ts';
import type { BusinessCalendar } from './calendar/businessCalendar.ts';
import type { Command } from './commands.ts';
import type { Config } from './config/config.ts';
import type { DemoSignIn } from './contract/rest.ts';
import type { Faults } from './faults.ts';
import type { DurableLog } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import type { OpenSandbox } from './rehearsal/sandbox.ts';
import type { Rooms } from './rooms.ts';
import type { RoomsLife } from './roomsLife.ts';
import type { Site } from './site.ts';
import type { Storage } from './storage/port.ts';
import type { SeedDocument } from './studio/documents/seed.ts';
import type { Exchange } from './telephony/exchange.ts';
import type { Exchanges } from './telephony/exchanges.ts';
import type { Admit } from './web/door.ts';

/** Everything that `createApp` is given: the outside world behind interfaces. */
export interface AppSetup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly storage: Storage;
  readonly journal: DurableLog;
  readonly exchanges: readonly Exchange[];
  readonly site: Site;
  readonly calendar: BusinessCalendar;
  /** What another product has written down, to begin with; absent: the library folder. */
  readonly documents?: readonly SeedDocument[];
  readonly clientDir: string;
  readonly version: string;
  /** Whose port the pages are reached at; absent: one of their own, as configured. */
  readonly admit?: Admit;
  /** Only with the demonstration exchange. */
  readonly queueTitles?: Readonly<Record<string, string>>;
  readonly demo?: {
    readonly signIns: readonly DemoSignIn[];
    readonly commands: Readonly<Record<string, Command>>;
    view(): unknown;
    watch(push: (view: unknown) => void): () => void;
  };
  /** Opens a small product of its own for one person; absent in such a product. */
  readonly openRehearsal?: OpenSandbox;
  /** The other instances, when there are several. */
  readonly cluster?: {
    readonly epoch: number;
    readonly adapter: ServerOptions['adapter'];
    /** How many sockets of other instances are in a room. */
    watching(room: string): number;
    /** This process may not be the core any more: it must neither do nor confirm anything. */
    isPaused(): boolean;
    /** Recovered and about to be reached. */
    beforeListen(): Promise<void>;
  };
}

/** What the parts of the composition share. */
export interface Joined {
  readonly setup: AppSetup;
  readonly rooms: Rooms;
  readonly life: RoomsLife;
  readonly exchanges: Exchanges;
}
