import { randomUUID } from 'node:crypto';
import type { Script } from '../../machines/script/index.ts';
import { AppError, HOUR, MINUTE, type Clock, type Instant } from '../../machines/vocabulary/index.ts';
import type { BusinessCalendar } from '../calendar/businessCalendar.ts';
import type { CommandResult, RehearsalCommands, RehearsalView } from '../contract/index.ts';
import type { Log } from '../log.ts';
import { fullName, type Person } from '../people/users.ts';
import type { SeedDocument } from '../studio/documents/seed.ts';
import { Recorder } from './recorder.ts';
import type { RehearsalRecords } from './records.ts';
import type { OpenSandbox, Sandbox } from './sandbox.ts';

export interface HallSetup {
  readonly clock: Clock;
  readonly log: Log;
  readonly calendar: BusinessCalendar;
  readonly open: OpenSandbox;
  readonly records: RehearsalRecords;
  /** Scripts as published, one of them in the version wanted; its title. */
  scripts(wish: Pick<Running, 'scriptId' | 'version'>): Promise<{ scripts: readonly Script[]; title: string }>;
  documents(): readonly SeedDocument[];
  push(personId: string, view: RehearsalView): void;
}
interface Running {
  readonly rehearsalId: string;
  readonly person: Person;
  readonly scriptId: string | null;
  readonly version: number | 'draft' | null;
  readonly title: string;
  readonly startedAt: Instant;
  readonly sandbox: Sandbox;
  readonly recorder: Recorder;
  cancelEnd: () => void;
}
/** Each is a product with a store and threads of its own. */
const MOST_AT_ONCE = 6;
const LONGEST_MS = 2 * HOUR;

const refuse = (code: string, message: string): AppError => new AppError(code, message, { kind: 'user' });

/** Rehearsals that go on: one a person, each in a sandbox of its own. */
export class RehearsalHall {
  readonly #setup: HallSetup;
  readonly #running = new Map<string, Running>();
  /** Being opened: a second press must not open a second one. */
  readonly #opening = new Set<string>();

  constructor(setup: HallSetup) {
    this.#setup = setup;
  }

  view(personId: string): RehearsalView {
    const serverNow = this.#setup.clock.now();
    const running = this.#running.get(personId);
    if (!running) return { serverNow };
    const { rehearsalId, scriptId, title, version, sandbox, recorder } = running;
    const now = sandbox.clock.now();
    return {
      serverNow,
      rehearsal: {
        ...{ rehearsalId, scriptId, title, version, now },
        speed: sandbox.clock.speed as RehearsalCommands['rehearsal.speed']['speed'],
        isWorkingTime: this.#setup.calendar.isWorkingTime(now),
        device: sandbox.device,
        demo: sandbox.demo(),
        moments: recorder.frames.length,
      },
    };
  }
  /** Where the pages of this rehearsal are served; only its own person may look. */
  addressOf(rehearsalId: string, personId: string): Pick<Sandbox, 'port' | 'token'> | undefined {
    const running = this.#running.get(personId);
    return running?.rehearsalId === rehearsalId ? running.sandbox : undefined;
  }

  async start(person: Person, wish: RehearsalCommands['rehearsal.start']): Promise<{ rehearsalId: string }> {
    if (this.#opening.has(person.id)) throw refuse('rehearsal.opening', 'it is being opened');
    await this.stop(person.id);
    if (this.#running.size + this.#opening.size >= MOST_AT_ONCE) throw refuse('rehearsal.full', 'too many go on');
    this.#opening.add(person.id);
    try {
      return await this.#open(person, wish);
    } finally {
      this.#opening.delete(person.id);
    }
  }
  async #open(person: Person, wish: RehearsalCommands['rehearsal.start']): Promise<{ rehearsalId: string }> {
    const { clock, calendar } = this.#setup;
    const rehearsalId = randomUUID();
    const chosen = { scriptId: wish.scriptId ?? null, version: wish.scriptId ? (wish.version ?? 'draft') : null };
    const { scripts, title } = await this.#setup.scripts(chosen);
    const now = clock.now();
    const aheadMs = calendar.isWorkingTime(now) ? 0 : calendar.nextWorkingTime(now) + MINUTE - now;
    const documents = this.#setup.documents();
    const sandbox = await this.#setup.open({ rehearsalId, person, scripts, documents, aheadMs });
    const recorder = new Recorder();
    const cancelEnd = clock.setTimer(clock.now() + LONGEST_MS, () => void this.stop(person.id));
    const startedAt = clock.now();
    this.#running.set(person.id, { rehearsalId, person, ...chosen, title, startedAt, sandbox, recorder, cancelEnd });
    sandbox.watch(() => {
      recorder.take(sandbox.panel());
      this.#push(person.id);
    });
    recorder.take(sandbox.panel());
    this.#push(person.id);
    return { rehearsalId };
  }
  async key(personId: string, { name, input }: RehearsalCommands['rehearsal.key']): Promise<CommandResult> {
    return this.#of(personId).sandbox.key(name, input);
  }
  speed(personId: string, speed: number): void {
    this.#of(personId).sandbox.clock.setSpeed(speed);
    this.#push(personId);
  }
  /** Forward only: a promise that was made cannot come undone. */
  time(personId: string, to: 'working' | 'closed'): void {
    const { clock } = this.#of(personId).sandbox;
    const { calendar } = this.#setup;
    const now = clock.now();
    if (calendar.isWorkingTime(now) === (to === 'working')) return;
    const then = to === 'working' ? calendar.nextWorkingTime(now) + MINUTE : calendar.endOfWorkingDay(now) + HOUR;
    clock.forward(then - now);
    this.#push(personId);
  }
  async stop(personId: string): Promise<{ rehearsalId: string } | undefined> {
    const running = this.#running.get(personId);
    if (!running) return undefined;
    this.#running.delete(personId);
    running.cancelEnd();
    const { rehearsalId, person, scriptId, version, title, startedAt, recorder, sandbox } = running;
    recorder.take(sandbox.panel());
    const { frames } = recorder;
    const endedAt = this.#setup.clock.now();
    await this.#setup.records.keep(
      {
        ...{ rehearsalId, scriptId, version, title, startedAt, endedAt },
        personId: person.id,
        personName: fullName(person),
        moments: frames.length,
      },
      frames,
    );
    await sandbox.close().catch((fault: unknown) => {
      this.#setup.log.error({ err: fault, rehearsalId }, 'a rehearsal could not be closed cleanly');
    });
    this.#push(personId);
    return { rehearsalId };
  }
  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((personId) => this.stop(personId)));
  }

  #of(personId: string): Running {
    const running = this.#running.get(personId);
    if (!running) throw refuse('rehearsal.over', 'no rehearsal goes on');
    return running;
  }
  #push(personId: string): void {
    this.#setup.push(personId, this.view(personId));
  }
}
