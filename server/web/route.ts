import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { AppError, type Role } from '../../machines/vocabulary/index.ts';
import type { Person } from '../people/users.ts';

/** Who asks: a person by cookie, or another system by a bearer token that acts for a person. */
export interface Caller {
  readonly person: Person;
  readonly token: string;
}

/**
 * One address of `/api/v1`. The schemas check what comes, type the handler and make the OpenAPI document.
 * `roles` empty: any signed-in person; absent: nobody needs to be signed in.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In OpenAPI form: `/calls/{callId}`. */
  readonly path: string;
  readonly summary: string;
  readonly roles?: readonly Role[];
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** What is answered, for the document; `null` when the handler writes the response itself. */
  readonly reply: z.ZodType | null;
  handle(request: {
    params: z.output<Params>;
    query: z.output<Query>;
    body: z.output<Body>;
    caller: Caller;
    raw: Request;
    response: Response;
  }): unknown;
}
export const route = <Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  definition: Route<Params, Query, Body>,
): Route => definition;

export type FindCaller = (request: Request) => Promise<Caller | undefined>;

/** Mounts the routes; unknown faults go on to the error handler. */
export function mount(router: Router, routes: readonly Route[], findCaller: FindCaller): void {
  for (const each of routes) {
    router[each.method](each.path.replaceAll(/\{(\w+)\}/g, ':$1'), handlerOf(each, findCaller));
  }
}

function handlerOf(definition: Route, findCaller: FindCaller): RequestHandler {
  return (raw, response, next) => {
    answer(definition, findCaller, raw, response).catch(next);
  };
}

async function answer(definition: Route, findCaller: FindCaller, raw: Request, response: Response): Promise<void> {
  const caller = definition.roles === undefined ? undefined : await allowed(definition.roles, await findCaller(raw));
  const value = await definition.handle({
    params: checked(definition.params, raw.params, 'path'),
    query: checked(definition.query, raw.query, 'query'),
    body: checked(definition.body, raw.body, 'body'),
    caller: caller as Caller,
    raw,
    response,
  });
  if (response.headersSent || definition.reply === null) return;
  if (value === undefined) response.status(204).end();
  else response.json(value);
}

export const signInFirst = (): AppError => new AppError('session.required', 'sign in first', { kind: 'user' });

async function allowed(roles: readonly Role[], caller: Caller | undefined): Promise<Caller> {
  if (!caller) throw signInFirst();
  if (roles.length > 0 && !roles.some((role) => caller.person.roles.includes(role)))
    throw new AppError('session.forbidden', 'this needs another role', { kind: 'user' });
  return caller;
}

function checked(schema: z.ZodType | undefined, value: unknown, where: string): never {
  if (!schema) return undefined as never;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data as never;
  throw new AppError('request.invalid', z.prettifyError(parsed.error), { kind: 'user', details: { where } });
}
