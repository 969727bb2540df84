import { z } from 'zod';
import type { Operators } from '../../people/operators.ts';
import { AppError, as, DAY, ROLES, type Instant, type OperatorId } from '../../../machines/vocabulary/index.ts';
import { fullName, hashPassword, userSchema, type Person, type Sessions, type Users } from '../../people/users.ts';
import { route, type Caller, type Route } from '../route.ts';

const operatorReply = z.object({
  operatorId: z.string(),
  name: z.string(),
  unit: z.string(),
  device: z.string().nullable(),
  state: z.enum(['offline', 'ready', 'paused', 'ringing', 'onCall', 'wrapUp']),
  since: z.number().int(),
  pauseReason: z.string().nullable(),
});

const personReply = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  surname: z.string(),
  firstName: z.string(),
  patronymic: z.string(),
  position: z.string(),
  unit: z.string(),
  roles: z.array(z.enum(ROLES)),
  devices: z.array(z.string()),
});
const personBody = userSchema.omit({ passwordHash: true, disabled: true });
const password = z.string().min(8).max(200);

export interface PeopleRoutesSetup {
  readonly operators: Operators;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly now: () => Instant;
  /** Who did it, what, to whom. */
  readonly note: (caller: Caller, what: string, whom: string) => void;
}

export function peopleRoutes(setup: PeopleRoutesSetup): Route[] {
  return [
    ...adminRoutes(setup),
    route({
      method: 'get',
      path: '/operators',
      summary: 'Everyone who takes calls, with the state of readiness now',
      roles: ['operator', 'supervisor', 'trainer', 'admin'],
      reply: z.array(operatorReply),
      handle: () =>
        setup.users
          .all()
          .filter((person) => person.roles.includes('operator'))
          .map((person) => {
            const view = setup.operators.view(person.id);
            return {
              operatorId: person.id,
              name: fullName(person),
              unit: person.unit,
              device: view?.device ?? null,
              state: view?.state ?? 'offline',
              since: view?.since ?? 0,
              pauseReason: view?.pauseReason ?? null,
            };
          }),
    }),
  ];
}

const present = (person: Person): z.input<typeof personReply> => ({
  ...person,
  name: fullName(person),
  roles: [...person.roles],
  devices: [...person.devices],
});

/** People and tokens, for administrators; each change leaves a row of audit. */
function adminRoutes({ operators, users, sessions, now, note }: PeopleRoutesSetup): Route[] {
  const ADMIN = ['admin'] as const;
  const one = z.object({ id: z.string().max(100) });
  return [
    route({
      method: 'get',
      path: '/people',
      summary: 'Everyone who may sign in',
      roles: ADMIN,
      reply: z.array(personReply),
      handle: () => users.all().map(present),
    }),
    route({
      method: 'post',
      path: '/people',
      summary: 'Adds a person',
      roles: ADMIN,
      body: personBody.extend({ password }),
      reply: personReply,
      handle: async ({ body, caller }) => {
        const person = await users.add(body);
        note(caller, 'person.added', person.id);
        return present(person);
      },
    }),
    route({
      method: 'put',
      path: '/people/{id}',
      summary: 'Changes a person; the login stays',
      roles: ADMIN,
      params: one,
      body: personBody.omit({ login: true }).extend({ password: password.optional() }),
      reply: personReply,
      handle: async ({ params, body, caller }) => {
        const { password: fresh, ...rest } = body;
        const passwordHash = fresh === undefined ? undefined : await hashPassword(fresh);
        const person = await users.change(params.id, (user) => ({
          ...user,
          ...rest,
          ...(passwordHash ? { passwordHash } : {}),
        }));
        // Whoever knew the old one signs in no longer.
        if (fresh !== undefined) await sessions.endSignInsOf(params.id, caller.token);
        note(caller, fresh === undefined ? 'person.changed' : 'person.passwordChanged', person.id);
        return present(person);
      },
    }),
    route({
      method: 'delete',
      path: '/people/{id}',
      summary: 'Ends the right to sign in and the shift; the record stays',
      roles: ADMIN,
      params: one,
      reply: z.looseObject({}),
      handle: async ({ params, caller }) => {
        // While it is known whose telephone it is: the queues must not ring it any more.
        operators.endShift(as<OperatorId>(params.id), now());
        await users.change(params.id, (user) => ({ ...user, disabled: true }));
        note(caller, 'person.disabled', params.id);
      },
    }),
    ...tokenRoutes({ users, sessions, note }),
  ];
}

const tokenReply = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['api', 'device']),
  expiresAt: z.number().int(),
});

function tokenRoutes({ users, sessions, note }: Omit<PeopleRoutesSetup, 'operators' | 'now'>): Route[] {
  const roles = ['admin'] as const;
  const one = z.object({ id: z.string().max(100) });
  return [
    route({
      method: 'get',
      path: '/people/{id}/tokens',
      summary: 'Tokens that act for this person and are still good',
      roles,
      params: one,
      reply: z.array(tokenReply),
      handle: async ({ params }) => [...(await sessions.tokensOf(params.id))],
    }),
    route({
      method: 'post',
      path: '/people/{id}/tokens',
      summary: 'A token that acts for this person: of another system or of a wallboard; told once',
      roles,
      params: one,
      body: z.object({
        title: z.string().trim().min(1).max(100),
        kind: z.enum(['api', 'device']),
        days: z.number().int().min(1).max(3_650),
      }),
      reply: z.object({ token: z.string() }),
      handle: async ({ params, body, caller }) => {
        if (!users.get(params.id)) throw new AppError('people.unknown', 'nobody has this id', { kind: 'user' });
        const token = await sessions.create({ kind: body.kind, userId: params.id, title: body.title }, body.days * DAY);
        note(caller, 'token.made', params.id);
        return { token };
      },
    }),
    route({
      method: 'delete',
      path: '/people/{id}/tokens/{tokenId}',
      summary: 'Ends a token at once',
      roles,
      params: one.extend({ tokenId: z.string().max(100) }),
      reply: z.looseObject({}),
      handle: async ({ params, caller }) => {
        await sessions.endToken(params.id, params.tokenId);
        note(caller, 'token.ended', params.id);
      },
    }),
  ];
}
