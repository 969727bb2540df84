import { AppError, type Clock, type Milliseconds, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { App } from '../app.ts';
import type { CommandResult, Topic } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { Person } from '../people/users.ts';
import type { Bus, Question } from './bus.ts';
import { atHome } from './forward.ts';

export interface ForwardedCommand {
  readonly personId: string;
  readonly commandId: string;
  readonly name: string;
  readonly input: unknown;
}
export interface AskedSnapshot {
  readonly personId: string;
  readonly topic: Topic;
  readonly socketId: string;
}
/** What a front tells of itself, each second and at every change. */
export interface FrontReport {
  /** Whose panels are open there. */
  readonly present: readonly OperatorId[];
  /** Sockets by room, of the rooms that are shared. */
  readonly watching: Readonly<Record<string, number>>;
}

/** A front that told nothing for so long is gone. */
export const REPORT_TTL_MS: Milliseconds = 4_000;

/** What the core knows of the fronts. Built before the app, which asks it. */
export class Fronts {
  readonly #clock: Clock;
  readonly #reports = new Map<string, { readonly report: FrontReport; forget: () => void }>();
  #onReport: (instance: string, report: FrontReport) => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }
  take(instance: string, report: FrontReport): void {
    this.#reports.get(instance)?.forget();
    const forget = this.#clock.setTimer(this.#clock.now() + REPORT_TTL_MS, () => {
      this.#reports.delete(instance);
      this.#onReport(instance, { present: [], watching: {} });
    });
    this.#reports.set(instance, { report, forget });
    this.#onReport(instance, report);
  }
  onReport(told: (instance: string, report: FrontReport) => void): void {
    this.#onReport = told;
    for (const [instance, { report }] of this.#reports) told(instance, report);
  }
  watching(room: string): number {
    let sum = 0;
    for (const { report } of this.#reports.values()) sum += report.watching[room] ?? 0;
    return sum;
  }
  close(): void {
    for (const { forget } of this.#reports.values()) forget();
    this.#reports.clear();
  }
}

export interface CoreSetup {
  readonly app: App;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** Where this instance's own web server listens. */
  readonly origin: string;
  readonly isPaused: () => boolean;
}

/** Answers what the fronts ask: commands, views, requests. Says nothing while it may not be the core. */
export async function serveFronts(setup: CoreSetup): Promise<void> {
  const { app, bus } = setup;
  const personOf = async (id: string): Promise<Person> => {
    if (!app.rooms.users.get(id)) await app.rooms.users.reload();
    const person = app.rooms.users.get(id);
    if (!person) throw new AppError('people.unknown', 'nobody has this id', { kind: 'user' });
    return person;
  };
  const command = async (asked: ForwardedCommand): Promise<CommandResult> => {
    const { personId, commandId, name, input } = asked;
    return app.commands.run(name, input, { person: await personOf(personId), at: setup.clock.now(), commandId });
  };
  /** Pushed like everything else, so that it arrives in order with the changes before and after it. */
  const snapshot = async ({ personId, topic, socketId }: AskedSnapshot): Promise<boolean> => {
    const source = app.topics[topic];
    if (!source) return false;
    app.io.to(socketId).emit(topic, source.snapshot(await personOf(personId)));
    return true;
  };
  const answer = ({ op, input }: Question): Promise<unknown> => {
    switch (op) {
      case 'command':
        return command(input as ForwardedCommand);
      case 'snapshot':
        return snapshot(input as AskedSnapshot);
      case 'http':
        return atHome(setup.origin, input);
    }
  };
  await bus.serve(async (question) => {
    if (setup.isPaused()) throw new AppError('cluster.silent', 'perhaps not the core any more');
    const value = await answer(question);
    if (setup.isPaused()) throw new AppError('cluster.silent', 'perhaps not the core any more');
    return value;
  });
}
