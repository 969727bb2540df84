import { rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { AppError, as, type DeviceId } from '../../machines/vocabulary/index.ts';
import type { DeviceOption, SessionView } from '../contract/rest.ts';
import { fullName, type Person, type Sessions, type Users } from '../people/users.ts';
import { sessionReply } from './presenters/replies.ts';
import { route, signInFirst, type Caller, type Route } from './route.ts';

export interface SessionSetup {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly ttlMs: number;
  readonly secure: boolean;
  readonly devicesOf: (person: Person) => readonly DeviceOption[];
  readonly deviceInUse: (person: Person) => DeviceId | undefined;
}
export const COOKIE = 'session';
/** A television is switched on for years; its token's own term ends it. */
const DEVICE_COOKIE_MS = 365 * 24 * 3_600_000;

export function tokenOf(headers: {
  cookie?: string | undefined;
  authorization?: string | undefined;
}): string | undefined {
  const bearer = /^Bearer ([\w.~+/=-]+)$/.exec(headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === COOKIE && value) return value;
  }
  return undefined;
}

export async function callerOf(
  setup: Pick<SessionSetup, 'users' | 'sessions'>,
  headers: { cookie?: string | undefined; authorization?: string | undefined },
): Promise<Caller | undefined> {
  const token = tokenOf(headers);
  const bearer = token === undefined ? undefined : await setup.sessions.find(token);
  const person = bearer && setup.users.get(bearer.userId);
  return person && token !== undefined ? { person, token } : undefined;
}

/** Ten wrong passwords from one address in a minute, then a pause. */
export const signInLimit = (): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: 10,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => {
      next(new AppError('session.tooMany', 'too many attempts; wait a minute', { kind: 'user' }));
    },
  });

const credentials = z.object({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) });

export function sessionRoutes(setup: SessionSetup): Route[] {
  const view = (person: Person): SessionView => {
    const device = setup.deviceInUse(person);
    return {
      user: {
        id: person.id,
        name: fullName(person),
        roles: person.roles,
        unit: person.unit,
        ...(device === undefined ? {} : { device: as<DeviceId>(device) }),
      },
      devices: setup.devicesOf(person),
    };
  };
  return [
    route({
      method: 'post',
      path: '/session',
      summary: 'Sign in; sets the session cookie',
      body: credentials,
      reply: sessionReply,
      handle: async ({ body, response }) => {
        const person = await setup.users.signIn(body.login, body.password);
        if (!person) throw new AppError('session.refused', 'wrong login or password', { kind: 'user' });
        const token = await setup.sessions.create({ kind: 'session', userId: person.id, title: '' }, setup.ttlMs);
        setCookie(response, token, setup);
        return view(person);
      },
    }),
    route({
      method: 'post',
      path: '/session/token',
      summary: 'A device signs in with the token made for it; sets the session cookie',
      body: z.object({ token: z.string().min(16).max(200) }),
      reply: sessionReply,
      handle: async ({ body, response }) => {
        const bearer = await setup.sessions.find(body.token);
        const person = bearer?.kind === 'device' ? setup.users.get(bearer.userId) : undefined;
        if (!person) throw new AppError('session.refused', 'this token is unknown or over', { kind: 'user' });
        setCookie(response, body.token, { ...setup, ttlMs: DEVICE_COOKIE_MS });
        return view(person);
      },
    }),
    route({
      method: 'get',
      path: '/session',
      summary: 'Who is signed in; without a session an empty answer',
      reply: sessionReply,
      handle: async ({ raw }) => {
        const caller = await callerOf(setup, raw.headers);
        if (caller) return view(caller.person);
        // A page asks this to learn whether to show the sign-in: nobody there is no fault. A system's token must be known.
        if (raw.headers.authorization !== undefined) throw signInFirst();
        return undefined;
      },
    }),
    route({
      method: 'delete',
      path: '/session',
      summary: 'Sign out',
      reply: z.looseObject({}),
      handle: async ({ raw, response }: { raw: Request; response: Response }) => {
        const token = tokenOf(raw.headers);
        if (token) await setup.sessions.end(token);
        response.clearCookie(COOKIE, { path: '/' });
      },
    }),
  ];
}

function setCookie(response: Response, token: string, setup: SessionSetup): void {
  response.cookie(COOKIE, token, {
    httpOnly: true,
    sameSite: 'strict',
    secure: setup.secure,
    maxAge: setup.ttlMs,
    path: '/',
  });
}
