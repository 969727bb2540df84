import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { AppError, type Milliseconds } from '../../machines/vocabulary/index.ts';
import type { Bus } from './bus.ts';

/** A request as it travels between instances; bodies are base64. */
export interface ForwardedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface ForwardedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

const ASKED = ['cookie', 'authorization', 'content-type', 'accept', 'accept-language', 'if-none-match', 'if-match'];
const ANSWERED = ['content-type', 'cache-control', 'content-disposition', 'etag', 'location', 'retry-after'];
/** Pages carry the policies of the server that made them. */
const POLICIES = ['content-security-policy', 'x-frame-options', 'x-content-type-options', 'referrer-policy'];
/** Longer than a takeover lasts. */
const WITHIN_MS: Milliseconds = 10_000;
/** Live views of a rehearsal come by long polling: an answer may take as long as nothing happens. */
export const POLLING_WITHIN_MS: Milliseconds = 60_000;
const LARGEST = '8mb';
/** What the core answers for: its interface, and the rehearsals that run at it. */
const CARRIED = /^\/(api\/v1|rehearsal)\//;

/**
 * Hands requests to the core. What only reads is asked again of the next core when the first one goes
 * silent; anything else is handed over once and answered with `cluster.noCore` when nothing came back.
 */
export function forwardTo(bus: Bus, withinMs = WITHIN_MS): RequestHandler {
  const router = Router();
  router.use(express.raw({ type: () => true, limit: LARGEST }));
  router.use((request, response, next) => {
    const repeatable = request.method === 'GET' || request.method === 'HEAD';
    bus
      .ask({ op: 'http', input: requestOf(request) }, withinMs, repeatable ? 2 : 1)
      .then((answer) => give(response, answer as ForwardedResponse))
      .catch(next);
  });
  return router;
}

function requestOf(request: Request): ForwardedRequest {
  const headers: Record<string, string> = { 'x-forwarded-for': request.ip ?? '' };
  for (const name of ASKED) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const body = Buffer.isBuffer(request.body) ? request.body.toString('base64') : '';
  return { method: request.method, url: request.originalUrl, headers, body };
}
function give(response: Response, { status, headers, body }: ForwardedResponse): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === '') response.end();
  else response.send(Buffer.from(body, 'base64'));
}

/** Carries a forwarded request out at the web server of this very instance. */
export async function atHome(origin: string, input: unknown): Promise<ForwardedResponse> {
  const { method, url, headers, body } = input as ForwardedRequest;
  if (!CARRIED.test(url)) throw new AppError('cluster.badRequest', `not an address to carry: ${method}`);
  const response = await fetch(`${origin}${url}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === '' ? {} : { body: Buffer.from(body, 'base64') }),
  });
  const answered: Record<string, string | string[]> = {};
  for (const name of [...ANSWERED, ...POLICIES]) {
    const value = response.headers.get(name);
    if (value !== null) answered[name] = value;
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) answered['set-cookie'] = cookies;
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: answered, body: bytes.toString('base64') };
}
