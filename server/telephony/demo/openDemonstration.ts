import { AppError, type Clock } from '../../../machines/vocabulary/index.ts';
import type { Config } from '../../config/config.ts';
import type { DemoSignIn } from '../../contract/rest.ts';
import type { Log } from '../../log.ts';
import type { Users } from '../../people/users.ts';
import type { DemoControl } from './control.ts';
import { fasterClock } from './fasterClock.ts';
import type { DemoLibrary, DemoPerson } from './people.ts';
import { startDemo } from './startDemo.ts';

/** The password of everybody in the demonstration; it works nowhere else. */
const PASSWORD = 'demo-demo';

export interface OpenDemonstration {
  readonly port: number;
  readonly account: Pick<Config, 'amiUsername' | 'amiSecret'>;
  readonly control: DemoControl;
  readonly signIns: readonly DemoSignIn[];
  readonly queueTitles: Readonly<Record<string, string>>;
  /** The telephone of the first operator, and a queue that rings there. */
  readonly seat: { readonly device: string; readonly queue: string };
  addPeople(users: Users): Promise<void>;
  close(): Promise<void>;
}

/** Starts the demonstration exchange on a free port of loopback, with people who can sign in. */
export async function openDemonstration(
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<OpenDemonstration> {
  const demo = await startDemo({
    libraryDir: config.libraryDir,
    clock: config.demoSpeed === 1 ? clock : fasterClock(clock, config.demoSpeed),
    wallClock: clock,
    speed: config.demoSpeed,
    log,
  });
  const { people, queueTitles } = demo.library;
  return {
    port: demo.port,
    account: { amiUsername: demo.username, amiSecret: demo.secret },
    control: demo.control,
    signIns: people.map(({ login, name, roles }) => ({ login, password: PASSWORD, name, roles })),
    queueTitles,
    seat: seatOf(demo.library),
    addPeople: async (users) => {
      await Promise.all(people.map((person) => addPerson(users, person)));
    },
    close: () => demo.close(),
  };
}

function seatOf({ people, site }: DemoLibrary): OpenDemonstration['seat'] {
  const device = people.find(({ roles, device: own }) => roles.includes('operator') && own !== undefined)?.device ?? '';
  const queue = site.queues.find(({ members }) => members.some((member) => member.device === device));
  return { device, queue: queue?.name ?? '' };
}

async function addPerson(users: Users, person: DemoPerson): Promise<void> {
  if (users.get(`u-${person.login}`)) return;
  const [surname = '', firstName = '', patronymic = ''] = person.name.split(' ');
  try {
    await users.add({
      login: person.login,
      surname,
      firstName,
      patronymic,
      position: person.position,
      unit: person.unit,
      roles: [...person.roles],
      devices: person.device === undefined ? [] : [person.device],
      password: PASSWORD,
    });
  } catch (fault) {
    // Somebody was dismissed here on trial, and stays so.
    if (!(fault instanceof AppError) || fault.code !== 'people.loginTaken') throw fault;
  }
}
