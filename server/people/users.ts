import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import {
  AppError,
  ROLES,
  as,
  type Clock,
  type DeviceId,
  type Instant,
  type OperatorId,
  type Role,
} from '../../machines/vocabulary/index.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>;

export const userSchema = z.object({
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\d._-]{2,60}$/u, 'letters, digits, dot, dash, 2 to 60'),
  surname: z.string().trim().min(1).max(80),
  firstName: z.string().trim().min(1).max(80),
  patronymic: z.string().trim().max(80),
  position: z.string().trim().max(200),
  unit: z.string().trim().max(200),
  roles: z.array(z.enum(ROLES)).min(1),
  /** Telephones that this person may choose; empty: any of the site's. */
  devices: z.array(z.string()),
  passwordHash: z.string(),
  disabled: z.boolean(),
});
export type User = z.infer<typeof userSchema>;
export interface Person {
  readonly id: OperatorId;
  readonly login: string;
  readonly surname: string;
  readonly firstName: string;
  readonly patronymic: string;
  readonly position: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly devices: readonly DeviceId[];
}
export const fullName = (person: Pick<Person, 'surname' | 'firstName' | 'patronymic'>): string =>
  [person.surname, person.firstName, person.patronymic].filter(Boolean).join(' ');

export const usersSpec: CollectionSpec<User> = {
  name: 'users',
  version: 1,
  columns: {
    login: { type: 'text', of: (user) => user.login },
    disabled: { type: 'boolean', of: (user) => user.disabled },
  },
  indexes: [{ columns: ['login'], unique: true }],
  check: (document) => userSchema.parse(document),
};

/** `scrypt$salt$hash`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, 32)).toString('base64url')}`;
}
async function matches(password: string, stored: string): Promise<boolean> {
  const [, salt = '', hash = ''] = stored.split('$');
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), 32);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
const NOBODY = 'scrypt$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export type NewUser = Omit<z.input<typeof userSchema>, 'passwordHash' | 'disabled'> & { password: string };

/** Everyone who signs in. Held in memory (hundreds), written through to storage. */
export class Users {
  readonly #collection: Collection<User>;
  readonly #byId = new Map<string, Person>();

  private constructor(collection: Collection<User>) {
    this.#collection = collection;
  }
  static async open(storage: Storage): Promise<Users> {
    const users = new Users(await storage.collection(usersSpec));
    await users.reload();
    return users;
  }
  async reload(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.#collection.find({ limit: 500, ...(cursor === undefined ? {} : { cursor }) });
      for (const { id, document } of page.items) this.#remember(id, document);
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** As stored now. */
  async refresh(id: string): Promise<void> {
    const stored = await this.#collection.get(id);
    if (stored) this.#remember(id, stored.document);
    else this.#byId.delete(id);
  }

  get size(): number {
    return this.#byId.size;
  }
  all(): Person[] {
    return [...this.#byId.values()];
  }
  get(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  /** Throws `people.loginTaken`, `people.weakPassword` or a schema fault. */
  async add(input: NewUser): Promise<Person> {
    const { password, ...rest } = input;
    if (password.length < 8)
      throw new AppError('people.weakPassword', 'a password has at least 8 characters', { kind: 'user' });
    const user = userSchema.parse({ ...rest, passwordHash: await hashPassword(password), disabled: false });
    const id = `u-${user.login}`;
    if ((await this.#collection.insert(id, user)) === 'exists')
      throw new AppError('people.loginTaken', `the login ${user.login} is taken`, { kind: 'user' });
    return this.#remember(id, user);
  }

  /** Throws `people.unknown` or `people.conflict`. */
  async change(id: string, change: (user: User) => User): Promise<Person> {
    const stored = await this.#collection.get(id);
    if (!stored) throw new AppError('people.unknown', `nobody has the id ${id}`, { kind: 'user' });
    const next = userSchema.parse(change(stored.document));
    if ((await this.#collection.replace(id, next, stored.revision)) === 'conflict')
      throw new AppError('people.conflict', 'somebody else changed this person just now', { kind: 'user' });
    return this.#remember(id, next);
  }

  /** Takes the same time whether or not the login exists. As stored now: the admin command adds people beside a server. */
  async signIn(login: string, password: string): Promise<Person | undefined> {
    const found = await this.#collection.find({ where: { login: login.trim().toLowerCase() }, limit: 1 });
    const user = found.items[0];
    const right = await matches(password, user?.document.passwordHash ?? NOBODY);
    return right && user && !user.document.disabled ? this.#remember(user.id, user.document) : undefined;
  }

  #remember(id: string, user: User): Person {
    const { login, surname, firstName, patronymic, position, unit, roles, disabled } = user;
    const devices = user.devices.map((device) => as<DeviceId>(device));
    const names = { login, surname, firstName, patronymic };
    const person: Person = { id: as<OperatorId>(id), ...names, position, unit, roles, devices };
    if (disabled) this.#byId.delete(id);
    else this.#byId.set(id, person);
    return person;
  }
}

const sessionSchema = z.object({
  userId: z.string(),
  expiresAt: z.number(),
  kind: z.enum(['session', 'api', 'device']),
  title: z.string(),
});
type SessionDocument = z.infer<typeof sessionSchema>;
const sessionsSpec: CollectionSpec<SessionDocument> = {
  name: 'sessions',
  version: 1,
  columns: {
    userId: { type: 'text', of: (session) => session.userId },
    expiresAt: { type: 'instant', of: (session) => session.expiresAt },
    kind: { type: 'text', of: (session) => session.kind },
  },
  indexes: [{ columns: ['expiresAt'] }, { columns: ['kind'] }],
  check: (document) => sessionSchema.parse(document),
};
export type SessionKind = SessionDocument['kind'];
export interface Bearer {
  readonly kind: SessionKind;
  readonly userId: string;
  readonly title: string;
}

export interface KnownToken {
  readonly id: string;
  readonly kind: 'api' | 'device';
  readonly title: string;
  readonly expiresAt: Instant;
}

const digest = async (token: string): Promise<string> => {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(token).digest('base64url');
};

const isToken = (text: string): boolean => text.length >= 16 && text.length <= 200;

/** Sign-ins of people, bearer tokens of other systems, device tokens of wallboards. Only a token's hash is stored. */
export class Sessions {
  readonly #collection: Collection<SessionDocument>;
  readonly #clock: Clock;
  /** Those seen lately, so that a request costs no look-up. */
  readonly #cache = new Map<string, SessionDocument>();

  private constructor(collection: Collection<SessionDocument>, clock: Clock) {
    this.#collection = collection;
    this.#clock = clock;
  }
  static async open(storage: Storage, clock: Clock): Promise<Sessions> {
    return new Sessions(await storage.collection(sessionsSpec), clock);
  }
  /** The token, told once. */
  async create(bearer: Bearer, ttlMs: number): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    const document = { ...bearer, expiresAt: this.#clock.now() + ttlMs };
    const id = await digest(token);
    await this.#collection.put(id, document);
    this.#cache.set(id, document);
    return token;
  }
  async find(token: string): Promise<Bearer | undefined> {
    const document = await this.#known(token);
    return document && document.expiresAt >= this.#clock.now() ? document : undefined;
  }
  /** Whether it was not ended, though its time may be over. */
  async knows(token: string): Promise<boolean> {
    return (await this.#known(token)) !== undefined;
  }
  /** As stored now: another process may have ended it. */
  async refresh(token: string): Promise<Bearer | undefined> {
    if (!isToken(token)) return undefined;
    const id = await digest(token);
    const document = (await this.#collection.get(id))?.document;
    if (document) this.#remember(id, document);
    else this.#cache.delete(id);
    return document;
  }
  async #known(token: string): Promise<SessionDocument | undefined> {
    if (!isToken(token)) return undefined;
    const id = await digest(token);
    const document = this.#cache.get(id) ?? (await this.#collection.get(id))?.document;
    if (document) this.#remember(id, document);
    return document;
  }
  #remember(id: string, document: SessionDocument): void {
    if (this.#cache.size > 5_000) this.#cache.clear();
    this.#cache.set(id, document);
  }
  async end(token: string): Promise<void> {
    await this.#end([await digest(token)]);
  }
  async #end(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#cache.delete(id);
    await this.#collection.deleteAll(ids);
  }
  /** Ends every sign-in of this person but the one of `exceptToken`; tokens of other systems stay. */
  async endSignInsOf(userId: string, exceptToken: string): Promise<void> {
    const kept = await digest(exceptToken);
    const { items } = await this.#collection.find({ where: { userId, kind: 'session' }, limit: 500 });
    await this.#end(items.flatMap(({ id }) => (id === kept ? [] : [id])));
  }
  /** Tokens that act for this person and are still good, by `id`: none of them can be told again. */
  async tokensOf(userId: string): Promise<readonly KnownToken[]> {
    const where = { userId, expiresAt: { gte: this.#clock.now() } };
    const { items } = await this.#collection.find({ where, limit: 500 });
    return items.flatMap(({ id, document: { kind, title, expiresAt } }) =>
      kind === 'session' ? [] : [{ id, kind, title, expiresAt }],
    );
  }
  /** Throws `people.noToken`. */
  async endToken(userId: string, id: string): Promise<void> {
    if (!(await this.tokensOf(userId)).some((token) => token.id === id))
      throw new AppError('people.noToken', 'this person has no such token', { kind: 'user' });
    await this.#end([id]);
  }
  /** Forgets those whose time was over before `before`. */
  async sweep(before: Instant): Promise<void> {
    for (;;) {
      const { items } = await this.#collection.find({ where: { expiresAt: { gte: 0, lt: before } }, limit: 500 });
      if (items.length === 0) return;
      await this.#end(items.map(({ id }) => id));
    }
  }
}
