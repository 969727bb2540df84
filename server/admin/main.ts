import { Command, InvalidArgumentError, Option } from 'commander';
import { ZodError } from 'zod';
import { ROLES, type Role } from '../../machines/vocabulary/index.ts';
import { systemClock } from '../clock.ts';
import { readConfig, type Config } from '../config/config.ts';
import { openStorage } from '../openStorage.ts';
import { Sessions, Users, fullName, hashPassword } from '../people/users.ts';
import type { Storage } from '../storage/port.ts';
import { addLibraryCommands } from './libraryCommands.ts';
import { addStorageCommands } from './storageCommands.ts';

/** `npm run admin -- …`: people, tokens and storage without the screen. Works while the server is stopped or, on MongoDB, while it runs. */

const DAY_MS = 86_400_000;

export function configured(): Config {
  const outcome = readConfig(process.env);
  if (outcome.ok) return outcome.config;
  for (const fault of outcome.faults) console.error(fault);
  process.exit(1);
}

async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await openStorage(configured(), systemClock);
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

interface NewUserOptions {
  readonly surname: string;
  readonly firstName: string;
  readonly patronymic: string;
  readonly position: string;
  readonly unit: string;
  readonly role: Role[];
  readonly device: string[];
  readonly password: string;
}
const collect = (value: string, before: string[]): string[] => [...before, value];

function addUserCommands(program: Command): void {
  const users = program.command('users').description('people who sign in');
  users
    .command('add <login>')
    .description('adds a person; the password is taken from --password or from PASSWORD in the environment')
    .requiredOption('--surname <text>')
    .requiredOption('--first-name <text>')
    .option('--patronymic <text>', '', '')
    .option('--position <text>', '', '')
    .option('--unit <text>', '', '')
    .option('--role <role>', `one of ${ROLES.join(', ')}; repeat for several`, collect, [])
    .option(
      '--device <device>',
      'telephone such as PJSIP/101, of a second exchange main2:PJSIP/101; repeat for several; none: any',
      collect,
      [],
    )
    .option('--password <password>', '', process.env.PASSWORD ?? '')
    .action((login: string, options: NewUserOptions) =>
      withStorage(async (storage) => {
        const { role, device, ...rest } = options;
        const person = await (await Users.open(storage)).add({ login, ...rest, roles: role, devices: device });
        console.log(`added ${person.login}: ${fullName(person)} (${person.roles.join(', ')})`);
      }),
    );
  users
    .command('list')
    .description('everyone who may sign in')
    .action(() =>
      withStorage(async (storage) => {
        for (const person of (await Users.open(storage)).all())
          console.log(
            `${person.login}\t${fullName(person)}\t${person.roles.join(',')}\t${person.devices.join(',') || 'any'}`,
          );
      }),
    );
  users
    .command('password <login>')
    .description('sets a new password (--password or PASSWORD)')
    .option('--password <password>', '', process.env.PASSWORD ?? '')
    .action((login: string, { password }: { password: string }) =>
      withStorage(async (storage) => {
        if (password.length < 8) throw new Error('a password has at least 8 characters');
        const passwordHash = await hashPassword(password);
        await (await Users.open(storage)).change(`u-${login}`, (user) => ({ ...user, passwordHash }));
        console.log(`the password of ${login} is changed`);
      }),
    );
  users
    .command('disable <login>')
    .description('ends the right to sign in; the record stays, open pages close within half a minute')
    .action((login: string) =>
      withStorage(async (storage) => {
        await (await Users.open(storage)).change(`u-${login}`, (user) => ({ ...user, disabled: true }));
        console.log(`${login} may no longer sign in`);
      }),
    );
  users
    .command('devices <login> [devices...]')
    .description('the telephones that a person may choose; none: any')
    .action((login: string, devices: string[]) =>
      withStorage(async (storage) => {
        await (await Users.open(storage)).change(`u-${login}`, (user) => ({ ...user, devices }));
        console.log(`${login}: ${devices.join(', ') || 'any telephone'}`);
      }),
    );
}

function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('bearer tokens of other systems and of wallboards');
  tokens
    .command('add <login> <title>')
    .description('a token that acts for this person; it is shown once')
    .option('--days <days>', 'how long it lasts, 1 to 3650', wholeDays, 365)
    .addOption(
      new Option('--kind <kind>', 'api (other systems) or device (wallboard)')
        .choices(['api', 'device'])
        .default('api'),
    )
    .action((login: string, title: string, { days, kind }: { days: number; kind: 'api' | 'device' }) =>
      withTokens(login, async (sessions, userId) =>
        console.log(await sessions.create({ kind, userId, title }, days * DAY_MS)),
      ),
    );
  tokens
    .command('list <login>')
    .description('those that act for this person and are still good')
    .action((login: string) =>
      withTokens(login, async (sessions, userId) => {
        for (const { id, kind, title, expiresAt } of await sessions.tokensOf(userId))
          console.log(`${id}\t${kind}\t${new Date(expiresAt).toISOString()}\t${title}`);
      }),
    );
  tokens
    .command('end <login> <id>')
    // An id may begin with a dash.
    .allowUnknownOption()
    .description(
      'ends a token by its id in the list; a server that runs (on MongoDB) lets nobody in with it from its next request on',
    )
    .action((login: string, id: string) =>
      withTokens(login, async (sessions, userId) => {
        await sessions.endToken(userId, id);
        console.log('the token is ended');
      }),
    );
}

const withTokens = (login: string, work: (sessions: Sessions, userId: string) => Promise<void>): Promise<void> =>
  withStorage(async (storage) => {
    const person = (await Users.open(storage)).get(`u-${login}`);
    if (!person) throw new Error(`nobody has the login ${login}`);
    await work(await Sessions.open(storage, systemClock), person.id);
  });

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3_650) throw new InvalidArgumentError('a whole number, 1 to 3650');
  return days;
}

/** What a person did wrong, a line for each fault. */
function inWords(fault: unknown): string {
  if (fault instanceof ZodError)
    return fault.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
  return fault instanceof Error ? fault.message : String(fault);
}

const program = new Command('admin').description('people, tokens and storage of the telephone regulation');
addUserCommands(program);
addTokenCommands(program);
addLibraryCommands(program, configured);
addStorageCommands(program, configured);
try {
  await program.parseAsync();
} catch (fault) {
  console.error(inWords(fault));
  process.exitCode = 1;
}
