import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from '../../machines/vocabulary/index.ts';
import type { Log } from '../log.ts';

/** HTTP numbers live here and nowhere else: code or its first part → status. */
const STATUS: Readonly<Record<string, number>> = {
  'session.required': 401,
  'session.refused': 401,
  'session.forbidden': 403,
  'session.tooMany': 429,
  'request.invalid': 400,
  'people.conflict': 409,
  'people.loginTaken': 409,
  'scripts.conflict': 409,
  'storage.badDocument': 422,
};
export const statusOf = (fault: AppError): number =>
  STATUS[fault.code] ??
  (fault.code.endsWith('.unknown') || fault.code.endsWith('.notFound')
    ? 404
    : fault.code.endsWith('.conflict')
      ? 409
      : fault.kind === 'user'
        ? 422
        : 503);

/**
 * RFC 9457. An unknown fault shows a request id and nothing else; the log has the rest under that id. So have the words of
 * a library, which may name addresses of the inside: of such a fault the code is shown.
 */
export const problems =
  (log: Log): ErrorRequestHandler =>
  (fault: unknown, request, response, next) => {
    if (response.headersSent) {
      next(fault);
      return;
    }
    response.type('application/problem+json');
    const requestId = randomUUID();
    if (fault instanceof AppError && fault.kind === 'operational' && fault.cause !== undefined) {
      log.warn({ requestId, path: request.path, err: fault }, 'a request could not be answered');
      response.status(statusOf(fault)).json({ code: fault.code, title: 'not possible at the moment', requestId });
      return;
    }
    if (fault instanceof AppError && fault.kind !== 'unexpected') {
      response.status(statusOf(fault)).json({
        code: fault.code,
        title: fault.message,
        ...(Object.keys(fault.details).length > 0 ? { details: fault.details } : {}),
      });
      return;
    }
    const bad = badRequest(fault);
    if (bad) {
      response.status(bad.status).json({ code: 'request.invalid', title: bad.message });
      return;
    }
    log.error({ requestId, path: request.path, err: fault }, 'a request failed');
    response.status(500).json({ code: 'unexpected', title: 'unexpected fault', requestId });
  };

/** Faults of the body parser: broken JSON, too large. */
function badRequest(fault: unknown): { status: number; message: string } | undefined {
  const status = (fault as { status?: unknown }).status;
  return fault instanceof Error && typeof status === 'number' && status >= 400 && status < 500
    ? { status, message: fault.message }
    : undefined;
}

export const notFound: RequestHandler = (request, response) => {
  response
    .status(404)
    .type('application/problem+json')
    .json({ code: 'request.notFound', title: `nothing is at ${request.path}` });
};
